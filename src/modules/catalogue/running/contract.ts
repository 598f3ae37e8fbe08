import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instantAnywhere } from '../../../kit/instant.ts';
import { classStates } from '../classes/contract.ts';

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const session = z.object({
  no: z.number().int(),
  day: calendarDay,
  starts: time,
  ends: time,
  begun: z.boolean(),
  /** How many were there; null: nobody said. */
  present: z.number().int().nullable(),
});
const move = z.object({
  at: instantAnywhere,
  was: z.object({ day: calendarDay, starts: time, ends: time }),
  became: z.object({ day: calendarDay, starts: time, ends: time }),
  because: z.string(),
});
const brief = z.object({
  title: z.string(),
  school: z.string(),
  place: z.string(),
  goal: z.string(),
  starts: calendarDay,
  ends: calendarDay,
  state: z.enum(classStates),
  sessions: z.array(session),
  /** Companies with a seat, how many come, and what they said about breaks and needs; nobody’s name, nothing about health. */
  groups: z.array(z.object({ company: z.string(), heads: z.number().int(), needs: z.string() })),
  /** Participants that another system knows. */
  elsewhere: z.number().int(),
  moves: z.array(move),
  version: z.number().int(),
  can: z.object({ mark: z.boolean(), move: z.boolean() }),
});
export type Brief = z.output<typeof brief>;

const id = '01990000-0000-7000-8000-000000000911';
const times = { day: '2026-12-07', starts: '08:00', ends: '15:24' };
const example = {
  title: 'Gaffeltruck certifikatkursus B',
  school: 'Fjordegnens Erhvervsskole',
  place: 'Værkstedet, Fjordvej 1, 7620 Limvig',
  goal: 'Du kører truck og stabler efter reglerne.',
  starts: '2026-12-07',
  ends: '2026-12-15',
  state: 'confirmed',
  sessions: [{ no: 1, ...times, begun: true, present: 9 }],
  groups: [{ company: 'Bjergager Smede & Montage', heads: 2, needs: 'Begynder først kl. 9 om mandagen' }],
  elsewhere: 7,
  moves: [{ at: '2026-12-01T09:00:00.000Z', was: { ...times, day: '2026-12-06' }, became: times, because: 'Stor ordre i uge 49' }],
  version: 4,
  can: { mark: true, move: true },
};
const inClass = z.strictObject({ class: idOf('class') });
const ofSession = z.strictObject({ class: idOf('class'), no: z.coerce.number().int().min(1).max(200) });

export const readTeacherBrief = endpoint({
  name: 'readTeacherBrief',
  method: 'GET',
  path: '/api/classes/{class}/brief',
  summary: 'What the teacher should know before a class, and how it goes',
  description: 'Rows 4.17, 5.27 and 5.29. For the class’s school and the coordinator. Numbers and what companies said about breaks; no names and nothing sensitive.',
  access: ['consultant', 'manager', 'coordinator'],
  params: inClass,
  status: 200,
  output: brief,
  errors: { class_not_yours: 403 },
  example: { params: { class: id }, output: example },
});

export const markSession = endpoint({
  name: 'markSession',
  method: 'PUT',
  path: '/api/classes/{class}/sessions/{no}/attendance',
  summary: 'Say how many were at a session',
  description: 'Row 5.27. The class’s school or the coordinator, once the session has begun. The last one who says it is right.',
  access: ['consultant', 'manager', 'coordinator'],
  params: ofSession,
  body: z.strictObject({ present: z.int().min(0).max(500) }),
  status: 200,
  output: brief,
  errors: { class_not_yours: 403, session_not_begun: 409 },
  example: { params: { class: id, no: 1 }, body: { present: 9 }, output: example },
});

export const moveSession = endpoint({
  name: 'moveSession',
  method: 'PUT',
  path: '/api/classes/{class}/sessions/{no}',
  summary: 'Move a session to another time, with the reason',
  description: 'Row 5.29. The class’s manager or the coordinator. The old time and the reason are kept, the class’s days follow its sessions, and companies with a seat hear of it.',
  access: ['manager', 'coordinator'],
  params: ofSession,
  body: z
    .strictObject({ day: calendarDay, starts: time, ends: time, because: z.string().trim().min(1).max(300) })
    .refine(({ starts, ends }) => starts < ends, { path: ['ends'], params: { code: 'ends_before' } }),
  edits: true,
  status: 200,
  output: brief,
  errors: { class_not_yours: 403, session_begun: 409, sessions_overlap: 422 },
  example: { params: { class: id, no: 1 }, body: { ...times, because: 'Stor ordre i uge 49' }, output: example },
});
