import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';

const readers = ['consultant', 'manager', 'coordinator'] as const;
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
export const rotaKinds = ['union', 'job_centre', 'other'] as const;

const facts = {
  name: z.string().trim().min(1).max(100),
  kind: z.enum(rotaKinds),
  place: z.string().trim().max(300),
  /** 1 Monday to 5 Friday. */
  weekday: z.int().min(1).max(5),
  starts: time,
  ends: time,
  from: calendarDay,
  /** The last day; null: until further notice. */
  to: calendarDay.nullable(),
  /** Who takes turns. */
  people: z
    .array(idOf('person'))
    .min(1)
    .max(60)
    .refine((all) => new Set(all).size === all.length, { params: { code: 'twice' } }),
};
const body = z
  .strictObject(facts)
  .refine(({ starts, ends }) => starts < ends, { path: ['ends'], params: { code: 'format' } })
  .refine(({ from, to }) => to === null || from <= to, { path: ['to'], params: { code: 'format' } });

const rota = z.object({
  id: idOf('rota'),
  name: facts.name,
  kind: facts.kind,
  place: facts.place,
  weekday: z.number().int(),
  starts: time,
  ends: time,
  from: calendarDay,
  to: calendarDay.nullable(),
  people: z.array(z.object({ id: idOf('person'), name: z.string(), school: z.string().nullable() })),
  /** From today on, eight weeks ahead. */
  turns: z.array(
    z.object({
      day: calendarDay,
      person: z.object({ id: idOf('person'), name: z.string() }).nullable(),
      mine: z.boolean(),
      can: z.object({ give: z.boolean(), take: z.boolean() }),
      version: z.number().int(),
    }),
  ),
  version: z.number().int(),
  can: z.object({ edit: z.boolean() }),
});
export type Rota = z.output<typeof rota>;

const ids = { rota: '01990000-0000-7000-8000-000000000501', person: '01990000-0000-7000-8000-000000000001' };
const exampleBody = { name: '3F Limvig', kind: 'union', place: 'Havnegade 2, Limvig', weekday: 4, starts: '09:00', ends: '12:00', from: '2026-11-19', to: null, people: [ids.person] };
const example = {
  ...exampleBody,
  id: ids.rota,
  people: [{ id: ids.person, name: 'Anna Holm', school: 'Fjordegnens Erhvervsskole' }],
  turns: [{ day: '2026-11-19', person: { id: ids.person, name: 'Anna Holm' }, mine: false, can: { give: true, take: false }, version: 1 }],
  version: 1,
  can: { edit: true },
};
const params = z.strictObject({ rota: idOf('rota') });

export const listRotas = endpoint({
  name: 'listRotas',
  method: 'GET',
  path: '/api/rotas',
  summary: 'The places where consultants take turns, and whose turn it is for eight weeks',
  description: 'Row 2.11. Everybody who works for a school of the centre sees whose day it is; how many days somebody has had is shown to nobody.',
  access: readers,
  status: 200,
  output: z.array(rota),
  example: { output: [example] },
});

export const addRota = endpoint({
  name: 'addRota',
  method: 'POST',
  path: '/api/rotas',
  summary: 'A weekly day at a union branch, a job centre or the like',
  description: 'Row 2.11. Turns are given at once, eight weeks ahead and then week by week: to whoever has waited longest and can, never on a public holiday.',
  access: ['coordinator'],
  body,
  status: 201,
  output: rota,
  errors: { rota_name_taken: 409, not_a_consultant: 422 },
  example: { body: exampleBody, output: example },
});

export const writeRota = endpoint({
  name: 'writeRota',
  method: 'PUT',
  path: '/api/rotas/{rota}',
  summary: 'Change a place, its day and who takes turns',
  description: 'Turns from tomorrow on that no longer fit are given anew; the others stand.',
  access: ['coordinator'],
  params,
  body,
  edits: true,
  status: 200,
  output: rota,
  errors: { rota_name_taken: 409, not_a_consultant: 422 },
  example: { params: { rota: ids.rota }, body: exampleBody, output: example },
});

export const closeRota = endpoint({
  name: 'closeRota',
  method: 'DELETE',
  path: '/api/rotas/{rota}',
  summary: 'Take no more turns at a place',
  access: ['coordinator'],
  params,
  status: 204,
  output: z.null(),
  example: { params: { rota: ids.rota } },
});

export const giveTurn = endpoint({
  name: 'giveTurn',
  method: 'PUT',
  path: '/api/rotas/{rota}/turns/{day}',
  summary: 'Give a day to a colleague, or take one that nobody has',
  description: 'Row 2.11. Whoever has the turn gives it; anybody of the rota takes an empty one; the coordinator does both. The colleague gets a mail with a calendar file.',
  access: ['consultant', 'coordinator'],
  params: z.strictObject({ rota: idOf('rota'), day: calendarDay }),
  body: z.strictObject({ person: idOf('person') }),
  edits: true,
  status: 200,
  output: rota,
  errors: { turn_not_yours: 403, turn_hindered: 409, not_in_rota: 422 },
  example: { params: { rota: ids.rota, day: '2026-11-19' }, body: { person: ids.person }, output: example },
});
