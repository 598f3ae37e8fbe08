import * as z from 'zod';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant } from '../../../kit/instant.ts';

const token = z.string().regex(/^[\w-]{43}$/);
const limits = [{ count: 60, seconds: 60, by: 'address' }] as const;

/** Rows of the table partnership versus buyer and seller (row 4.10, AC13; Møller Pedersen, Philipsen and Gleerup 2007). Their poles stand in words.ts, in this order. */
export const relationRows = 17;
/** 1: like buyer and seller · 5: like partners. */
export const relationScale = [1, 2, 3, 4, 5] as const;
export const relationSides = ['centre', 'company'] as const;

const score = z.int().min(1).max(5).nullable();
/** A row that is not placed is null; at least one is placed. */
const scores = z
  .array(score)
  .length(relationRows)
  .refine((all) => all.some((each) => each !== null), { params: { code: 'required' } });

const view = z.object({
  side: z.enum(relationSides),
  at: instant,
  scores: z.array(score),
  /** How many of the 17 rows are placed. */
  placed: z.int(),
  /** Who of the centre placed it; null for the company, of which nobody is kept, and for who has left. */
  by: z.string().nullable(),
});
export type RelationView = z.output<typeof view>;
const shown = z.object({ views: z.array(view), can: z.object({ place: z.boolean() }) });
const own = z.object({ partnership: idOf('partnership'), zone: z.string(), views: z.array(view.omit({ by: true })) });
export type OwnRelation = z.output<typeof own>;

const exampleScores = [4, 4, 5, 4, 3, 4, 3, 2, 4, 3, null, 3, 4, 3, 2, 3, null];
const exampleView = { side: 'centre', at: '2026-11-17T09:00:00.000Z', scores: exampleScores, placed: 15, by: 'Anna Holm' };
const { by: _by, ...exampleOwnView } = exampleView;
const exampleOwn = [{ partnership: '01990000-0000-7000-8000-000000000981', zone: 'Europe/Copenhagen', views: [exampleOwnView] }];
const params = z.strictObject({ partnership: idOf('partnership') });
const sample = { partnership: '01990000-0000-7000-8000-000000000981' };
const exampleToken = 'mZ8xB0vE5rQ2kT7yH1nC4wJ6sL9aD3fGmZ8xB0vE5rQ';

export const readRelation = endpoint({
  name: 'readRelation',
  method: 'GET',
  path: '/api/partnerships/{partnership}/relation',
  summary: 'How a company and the centre each see their relation, the newest first; 200 at most',
  description: 'Row 4.10. Seen by whoever sees the partnership; elsewhere 404.',
  access: ['consultant', 'manager', 'coordinator'],
  params,
  status: 200,
  output: shown,
  example: { params: sample, output: { views: [exampleView], can: { place: true } } },
});

export const placeRelation = endpoint({
  name: 'placeRelation',
  method: 'POST',
  path: '/api/partnerships/{partnership}/relation',
  summary: 'Place the relation for the centre, row by row',
  description: 'Row 4.10. Rows may be left out and count as not placed. What was placed before stays as history.',
  access: ['consultant', 'coordinator'],
  params,
  body: z.strictObject({ scores }),
  status: 201,
  output: shown,
  example: { params: sample, body: { scores: exampleScores }, output: { views: [exampleView], can: { place: true } } },
});

export const readOwnRelation = endpoint({
  name: 'readOwnRelation',
  method: 'POST',
  path: '/api/company-page/relation',
  summary: 'How both sides see the relation, on the company’s own page',
  access: 'anyone',
  body: z.strictObject({ token }),
  limits,
  status: 200,
  output: z.array(own),
  errors: { page_gone: 410 },
  example: { body: { token: exampleToken }, output: exampleOwn },
});

export const placeOwnRelation = endpoint({
  name: 'placeOwnRelation',
  method: 'POST',
  path: '/api/company-page/relation/place',
  summary: 'A company places the relation itself',
  description: 'Row 4.10. Nobody at the company is kept with it.',
  access: 'anyone',
  body: z.strictObject({ token, partnership: idOf('partnership'), scores }),
  limits,
  status: 200,
  output: z.array(own),
  errors: { page_gone: 410, partnership_unknown: 404 },
  example: { body: { token: exampleToken, ...sample, scores: exampleScores }, output: exampleOwn },
});
