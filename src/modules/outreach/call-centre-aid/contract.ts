import * as z from 'zod';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant } from '../../../kit/instant.ts';
import { questions } from './rules.ts';

const answer = z.enum(['yes', 'no', 'unsure']);
const answers = z.strictObject({ manySmall: answer, weakContacts: answer, broadOverview: answer, littleExperience: answer });
const params = z.strictObject({ campaign: idOf('campaign') });
const aid = z.object({
  answers: answers.nullable(),
  /** What the answers speak for; null before they are given. */
  suggestion: z
    .object({ fits: z.enum(['call_centre', 'consultants', 'either']), speaksFor: z.array(z.enum(questions)), speaksAgainst: z.array(z.enum(questions)), open: z.array(z.enum(questions)) })
    .nullable(),
  answeredBy: z.string().nullable(),
  answeredAt: instant.nullable(),
  /** What the register and the centre's own story say beside the questions. */
  facts: z.object({
    /** Active companies that the centre knows, and those below 50 employees among them. */
    companies: z.number().int(),
    small: z.number().int(),
    /** Of the small ones: how many the centre has called, met or visited through Vejnet. */
    spokenWith: z.number().int(),
  }),
  version: z.number().int(),
  can: z.object({ answer: z.boolean() }),
});
export type Aid = z.output<typeof aid>;
const id = '01990000-0000-7000-8000-000000000301';
const given = { manySmall: 'yes', weakContacts: 'yes', broadOverview: 'yes', littleExperience: 'unsure' } as const;
const example = {
  answers: given,
  suggestion: { fits: 'call_centre', speaksFor: ['manySmall', 'weakContacts', 'broadOverview'], speaksAgainst: [], open: ['littleExperience'] },
  answeredBy: 'Camilla Storm',
  answeredAt: '2026-11-17T08:00:00.000Z',
  facts: { companies: 2140, small: 1990, spokenWith: 112 },
  version: 1,
  can: { answer: true },
};

export const readCallCentreAid = endpoint({
  name: 'readCallCentreAid',
  method: 'GET',
  path: '/api/campaigns/{campaign}/call-centre-aid',
  summary: 'Four questions about a call centre, what was answered, and what that speaks for',
  access: ['coordinator'],
  params,
  status: 200,
  output: aid,
  example: { params: { campaign: id }, output: example },
});

export const answerCallCentreAid = endpoint({
  name: 'answerCallCentreAid',
  method: 'PUT',
  path: '/api/campaigns/{campaign}/call-centre-aid',
  summary: 'Answer the four questions; the routes of the campaign stay as they are',
  description: 'Row 2.07. A suggestion with its reasons, never a decision. The answers stay with the campaign and can be changed until it is over.',
  access: ['coordinator'],
  params,
  body: answers,
  edits: true,
  status: 200,
  output: aid,
  errors: { campaign_state: 409 },
  example: { params: { campaign: id }, body: given, output: example },
});
