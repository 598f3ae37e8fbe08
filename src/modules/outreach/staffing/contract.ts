import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant } from '../../../kit/instant.ts';
import { givenBecause, readMeeting } from '../meetings/contract.ts';

const params = z.strictObject({ meeting: idOf('meeting') });
const meeting = '01990000-0000-7000-8000-000000000301';
const person = '01990000-0000-7000-8000-000000000009';

const candidate = z.object({
  id: idOf('person'),
  name: z.string(),
  /** Null: employed by the centre itself. */
  school: z.string().nullable(),
  /** Why this consultant cannot lead then, and null for whoever can; what somebody is busy with is nobody's business. */
  hindered: z.enum(['busy', 'absent', 'full']).nullable(),
  /** Free, but outside the own working hours. */
  outsideHours: z.boolean(),
  knowsTrade: z.boolean(),
  /** The own courses and services that were spoken of in the call. */
  products: z.array(z.string()),
  /** Null where the contact speaks Danish. */
  speaks: z.boolean().nullable(),
  goesThere: z.boolean(),
  /** Row 2.19: shares neither trade, language nor anything of the wishes with the company. */
  nothingInCommon: z.boolean(),
  travelMinutes: z.number().int(),
});
export type Candidate = z.output<typeof candidate>;

const exampleCandidate = {
  id: person,
  name: 'Bjarke Dam',
  school: 'Tværby Tekniske Skole',
  hindered: null,
  outsideHours: false,
  knowsTrade: true,
  products: ['svejsecertifikat'],
  speaks: null,
  goesThere: true,
  nothingInCommon: false,
  travelMinutes: 30,
};

const time = z.string().regex(/^\d{2}:\d{2}$/);
const teamWeek = z.object({
  /** The Monday. */
  week: calendarDay,
  days: z.array(z.object({ day: calendarDay, holiday: z.object({ da: z.string(), en: z.string() }).nullable() })),
  people: z.array(
    z.object({
      id: idOf('person'),
      name: z.string(),
      school: z.string().nullable(),
      /** When visits can be, by the clock of the centre; 1 is Monday. */
      hours: z.array(z.object({ weekday: z.number().int(), starts: time, ends: time })),
      /** Lessons, the own calendar and days away, with nothing but when. */
      busy: z.array(z.object({ start: instant, end: instant, kind: z.enum(['busy', 'absent']) })),
      meetings: z.array(
        z.object({
          id: idOf('meeting'),
          company: z.string(),
          town: z.string().nullable(),
          start: instant,
          end: instant,
          state: z.enum(['booked', 'done', 'no_show']),
          /** False for whoever goes along to learn. */
          leads: z.boolean(),
          /** Booked, ahead, and the asker's to change. */
          mayChange: z.boolean(),
          version: z.number().int(),
        }),
      ),
    }),
  ),
});
export type TeamWeek = z.output<typeof teamWeek>;

export const readTeamWeek = endpoint({
  name: 'readTeamWeek',
  method: 'GET',
  path: '/api/team-week',
  summary: 'A week of the consultants side by side: meetings, and when each is busy',
  description:
    'Rows 2.16 and 2.18. The coordinator sees everybody, a manager the own school’s consultants, a consultant the own week. With what somebody is busy is told to nobody. `week` is any day of it; left out, it is this week.',
  access: ['consultant', 'manager', 'coordinator'],
  query: z.strictObject({ week: calendarDay.optional() }),
  status: 200,
  output: teamWeek,
  example: {
    query: { week: '2026-11-17' },
    output: {
      week: '2026-11-16',
      days: [{ day: '2026-11-16', holiday: null }],
      people: [
        {
          id: person,
          name: 'Bjarke Dam',
          school: 'Tværby Tekniske Skole',
          hours: [{ weekday: 1, starts: '08:00', ends: '16:00' }],
          busy: [{ start: '2026-11-16T08:00:00.000Z', end: '2026-11-16T10:00:00.000Z', kind: 'busy' }],
          meetings: [
            {
              id: meeting,
              company: 'Solhøj Maskinteknik',
              town: 'Limvig',
              start: '2026-11-16T12:00:00.000Z',
              end: '2026-11-16T13:00:00.000Z',
              state: 'booked',
              leads: true,
              mayChange: true,
              version: 1,
            },
          ],
        },
      ],
    },
  },
});

export const listCandidates = endpoint({
  name: 'listCandidates',
  method: 'GET',
  path: '/api/meetings/{meeting}/candidates',
  summary: 'Who else could lead a meeting, and what each has in common with the company',
  description:
    'Rows 2.18 and 2.19. Every consultant of the centre on that day but whoever leads now, in alphabetical order and never ranked. For whoever goes and for the coordinator. Only whether somebody is free is told, never with what somebody is busy.',
  access: ['consultant', 'coordinator'],
  params,
  status: 200,
  output: z.array(candidate),
  errors: { not_your_meeting: 403 },
  example: { params: { meeting }, output: [exampleCandidate] },
});

export const giveMeeting = endpoint({
  name: 'giveMeeting',
  method: 'PUT',
  path: '/api/meetings/{meeting}/lead',
  summary: 'Let another consultant lead a meeting, with the reason',
  description:
    'Rows 2.18 and 2.19. Time and capacity go from the one to the other, and the meeting counts for the other’s school; the change is kept with its reason. The new one and the company get an invitation, the former one a cancellation. `consultant_busy`: busy or absent then, no consultant that day, or leads already. Null for a consultant who may no longer read it, because it went to another school.',
  access: ['consultant', 'coordinator'],
  params,
  body: z.strictObject({ person: idOf('person'), because: z.enum(givenBecause) }),
  edits: true,
  status: 200,
  output: readMeeting.output.nullable(),
  errors: { consultant_busy: 409, capacity_full: 409, not_your_meeting: 403, meeting_over: 409 },
  example: {
    params: { meeting },
    body: { person, because: 'illness' },
    output: { ...(readMeeting.example.output as object), given: [{ was: 'Anna Holm', because: 'illness', at: '2026-11-18T08:20:00.000Z' }] },
  },
});

/** Choices by hand: this one leads, that one comes along (null: nobody does). */
const pins = z
  .array(z.strictObject({ meeting: idOf('meeting'), lead: idOf('person').optional(), companion: idOf('person').nullable().optional() }))
  .max(200)
  .refine((all) => new Set(all.map((each) => each.meeting)).size === all.length, { params: { code: 'twice' } });
const excluded = z.array(z.strictObject({ person: idOf('person'), meeting: idOf('meeting').nullable() })).max(400);
const someone = z.object({ id: idOf('person'), name: z.string(), school: z.string().nullable() });
const plan = z.object({
  id: idOf('plan'),
  week: calendarDay,
  scope: z.enum(['missing', 'all']),
  state: z.enum(['waiting', 'done', 'failed']),
  pins,
  excluded,
  /** Null until it is done. */
  proposal: z
    .object({
      /** Part of the best that could not be shown to be reached: 0.003 is 0.3 %. */
      gap: z.number(),
      /** No plan is better. */
      proven: z.boolean(),
      items: z.array(
        z.object({
          meeting: z.object({ id: idOf('meeting'), company: z.string(), start: instant, end: instant }),
          version: z.number().int(),
          now: z.object({ lead: someone.nullable(), companion: someone.nullable() }),
          /** Null: nobody can; `reasons` says what keeps how many away. */
          lead: someone.nullable(),
          companion: someone.nullable(),
          /** Accepting it changes something. */
          changes: z.boolean(),
          because: z.array(z.object({ code: z.string(), products: z.array(z.string()).optional(), language: z.string().optional() })),
          warnings: z.array(z.string()),
          reasons: z.array(z.object({ code: z.string(), consultants: z.number().int() })),
        }),
      ),
    })
    .nullable(),
});
export type Plan = z.output<typeof plan>;
const planId = '01990000-0000-7000-8000-000000000601';
const examplePerson = { id: person, name: 'Bjarke Dam', school: 'Tværby Tekniske Skole' };
const examplePlan = {
  id: planId,
  week: '2026-11-23',
  scope: 'missing',
  state: 'done',
  pins: [],
  excluded: [],
  proposal: {
    gap: 0,
    proven: true,
    items: [
      {
        meeting: { id: meeting, company: 'Solhøj Maskinteknik', start: '2026-11-24T08:00:00.000Z', end: '2026-11-24T09:00:00.000Z' },
        version: 1,
        now: { lead: null, companion: null },
        lead: examplePerson,
        companion: null,
        changes: true,
        because: [{ code: 'knows_trade' }],
        warnings: [],
        reasons: [],
      },
    ],
  },
};

export const suggestStaffing = endpoint({
  name: 'suggestStaffing',
  method: 'POST',
  path: '/api/staffing-plans',
  summary: 'Suggest who goes to all meetings of a week at once',
  description:
    'Rows 2.16, 2.18, 2.19 and 3.05. Computed in the background: ask readStaffingPlan until it is done. `missing` finds somebody for meetings that nobody leads; with `all` every meeting ahead in the week may change, and whom the company expects weighs heavily. What is pinned stays, the rest is planned around it. Nothing is changed and nobody told: what is accepted is given on with giveMeeting and joinMeeting (`because` plan). `week` is any day of it.',
  access: ['coordinator'],
  body: z.strictObject({ week: calendarDay, scope: z.enum(['missing', 'all']), pins: pins.default([]), excluded: excluded.default([]) }),
  status: 202,
  output: plan,
  errors: { week_over: 409 },
  example: { body: { week: '2026-11-23', scope: 'missing' }, output: { ...examplePlan, state: 'waiting', proposal: null } },
});

export const readStaffingPlan = endpoint({
  name: 'readStaffingPlan',
  method: 'GET',
  path: '/api/staffing-plans/{plan}',
  summary: 'A suggestion for a week: who, why, and how near the best it is',
  description: 'Each item bears who goes now as of this moment. Suggestions are kept for a week.',
  access: ['coordinator'],
  params: z.strictObject({ plan: idOf('plan') }),
  status: 200,
  output: plan,
  example: { params: { plan: planId }, output: examplePlan },
});
