import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant } from '../../../kit/instant.ts';
import { optionalText } from '../../../kit/text.ts';

/** Call agents book through the company they hold (concern desk), never by a company's id. */
const bookers = ['consultant', 'coordinator'] as const;
const readers = ['consultant', 'manager', 'coordinator'] as const;
const language = z.string().regex(/^[a-z]{2}$/);
/** A slot as it was shown, to be sent back. */
const choice = z.string().min(1).max(200);

/** Why this consultant, as facts that the screen puts into one sentence. */
const why = z.object({
  rule: z.enum(['only', 'share', 'draw', 'centre', 'kept']),
  /** Names the company's trade in the own profile. */
  knowsTrade: z.boolean(),
  /** The language of the contact, where it is not Danish. */
  language: language.nullable(),
  /** The way from the school, in minutes. */
  travelMinutes: z.number().int(),
});
const slot = z.object({ choice, start: instant, end: instant, consultant: z.string(), why });

/** The hand-over (row 2.40): what was said, what they wish, where, and who speaks for the company. */
export const handover = z.strictObject({
  said: z.string().trim().min(1).max(4000),
  wishes: z.string().trim().max(2000).default(''),
  place: z.string().trim().min(1).max(300),
  contact: z.strictObject({
    name: z.string().trim().min(1).max(200),
    role: z.string().trim().max(100).default(''),
    phone: optionalText(30),
    email: z.union([z.literal('').transform(() => null), z.email().max(320), z.null()]).default(null),
    language: language.default('da'),
  }),
});
export type Handover = z.output<typeof handover>;

/** Problems of booking; an endpoint that books for another concern declares them too. */
export const bookingProblems = { slot_taken: 409, capacity_full: 409, company_not_available: 409 } as const;

/** Why somebody else leads a meeting. */
export const givenBecause = ['left', 'illness', 'time', 'expertise', 'language', 'company', 'plan', 'other'] as const;
export const cancelReasons = ['company', 'illness', 'consultant', 'mistake', 'other'] as const;
const state = z.enum(['held', 'booked', 'done', 'no_show', 'cancelled']);

const booked = z.object({ id: idOf('meeting'), start: instant, end: instant, consultant: z.string() });

const meeting = z.object({
  id: idOf('meeting'),
  company: z.object({ id: idOf('company'), name: z.string(), town: z.string().nullable() }),
  start: instant,
  end: instant,
  state,
  place: z.string(),
  /** Who goes; the first one leads. */
  staff: z.array(z.object({ id: idOf('person'), name: z.string(), school: z.string().nullable(), learns: z.boolean() })),
  travelMinutes: z.number().int(),
  /** Booked and still ahead, and whoever leads is no consultant here on that day any more. */
  leaderless: z.boolean(),
});
const answer = z.object({
  /** proposed: another time; it only informs. */
  answer: z.enum(['accepted', 'declined', 'tentative', 'proposed']),
  proposedStart: instant.nullable(),
  at: instant,
  /** To the invitation that went out last; an answer to an earlier one says nothing about now. */
  current: z.boolean(),
});
export type Answer = z.output<typeof answer>;
const brief = meeting.extend({
  company: z.object({
    id: idOf('company'),
    name: z.string(),
    town: z.string().nullable(),
    address: z.string().nullable(),
    phone: z.string().nullable(),
    industry: z.string().nullable(),
    sizeFrom: z.number().int().nullable(),
    sizeTo: z.number().int().nullable(),
  }),
  mode: z.enum(['availability', 'expertise', 'learning']),
  said: z.string(),
  wishes: z.string(),
  contact: z.object({ name: z.string(), role: z.string(), phone: z.string().nullable(), email: z.string().nullable(), language }),
  bookedBy: z.string().nullable(),
  bookedAt: instant,
  cancelledBecause: z.enum(cancelReasons).nullable(),
  /** Who led before, the first one first, and why that changed. */
  given: z.array(z.object({ was: z.string().nullable(), because: z.enum([...givenBecause, 'rebooked']), at: instant })),
  /** What the company's contact answered to the invitation from the own calendar; null: nothing yet. */
  answer: answer.nullable(),
  /** The company cannot at that time, and asks by its link to be rung; null once the meeting is another one. */
  ring: z.object({ at: instant, said: z.string() }).nullable(),
  /** The same for whoever goes. */
  staffAnswers: z.array(answer.extend({ id: idOf('person') })),
  version: z.number().int(),
  can: z.object({ change: z.boolean(), end: z.boolean(), give: z.boolean() }),
});
export type Brief = z.output<typeof brief>;

const ids = { company: '01990000-0000-7000-8000-000000000101', meeting: '01990000-0000-7000-8000-000000000301', consultant: '01990000-0000-7000-8000-000000000001' };
const exampleChoice = 'WyIwMTk5MDAwMCJd';
const exampleSlot = {
  choice: exampleChoice,
  start: '2026-11-24T08:00:00.000Z',
  end: '2026-11-24T09:00:00.000Z',
  consultant: 'Anna Holm',
  why: { rule: 'share', knowsTrade: true, language: null, travelMinutes: 15 },
};
const exampleHandover = {
  said: 'De mangler svejsere og vil gerne høre om kurser for dem, der allerede er der.',
  wishes: 'Gerne om morgenen.',
  place: 'Havnevej 4, Limvig. Porten ved kajen.',
  contact: { name: 'Preben Bjergager', role: 'Ejer', phone: '00 98 76 54', email: 'preben@bjergager.example', language: 'da' },
};
const exampleBooked = { id: ids.meeting, start: exampleSlot.start, end: exampleSlot.end, consultant: 'Anna Holm' };
const exampleMeeting = {
  id: ids.meeting,
  company: { id: ids.company, name: 'Bjergager Smede & Montage', town: 'Limvig' },
  start: exampleSlot.start,
  end: exampleSlot.end,
  state: 'booked',
  place: exampleHandover.place,
  staff: [{ id: ids.consultant, name: 'Anna Holm', school: 'Fjordegnens Erhvervsskole', learns: false }],
  travelMinutes: 15,
  leaderless: false,
};
const exampleBrief = {
  ...exampleMeeting,
  company: { ...exampleMeeting.company, address: 'Havnevej 4', phone: '00987654', industry: 'Fremstilling af metalkonstruktioner', sizeFrom: 10, sizeTo: 19 },
  mode: 'expertise',
  said: exampleHandover.said,
  wishes: exampleHandover.wishes,
  contact: exampleHandover.contact,
  bookedBy: 'Bo Lind',
  bookedAt: '2026-11-17T08:20:00.000Z',
  cancelledBecause: null,
  given: [],
  answer: { answer: 'accepted', proposedStart: null, at: '2026-11-17T09:02:00.000Z', current: true },
  ring: null,
  staffAnswers: [],
  version: 1,
  can: { change: true, end: false, give: true },
};

export const listSlots = endpoint({
  name: 'listSlots',
  method: 'GET',
  path: '/api/companies/{company}/slots',
  summary: 'The slots that can really be booked for a company, a week at a time',
  description:
    'Rows 2.05, 2.16 and 3.05. Only times within a consultant’s working hours, free of teaching, absence, public holidays and other meetings with the way there, in weeks with capacity left at centre, school and consultant; from the next working day, six weeks ahead. Each slot bears whom the published rule gives it to. Without `week` the first week that has a slot. `meeting`: a meeting to be moved keeps its people.',
  access: bookers,
  params: z.strictObject({ company: idOf('company') }),
  query: z.strictObject({ week: calendarDay.optional(), language: language.default('da'), meeting: idOf('meeting').optional() }),
  status: 200,
  output: z.object({
    /** One word for whatever the reason a company may not be booked. */
    available: z.boolean(),
    week: calendarDay,
    days: z.array(z.object({ day: calendarDay, holiday: z.object({ da: z.string(), en: z.string() }).nullable(), slots: z.array(slot) })),
    /** The weeks one may book in, with what the centre agreed and used. */
    weeks: z.array(z.object({ week: calendarDay, agreed: z.number().int(), used: z.number().int(), slots: z.number().int() })),
  }),
  example: {
    params: { company: ids.company },
    query: { week: '2026-11-23' },
    output: { available: true, week: '2026-11-23', days: [{ day: '2026-11-24', holiday: null, slots: [exampleSlot] }], weeks: [{ week: '2026-11-23', agreed: 12, used: 5, slots: 1 }] },
  },
});

export const holdSlot = endpoint({
  name: 'holdSlot',
  method: 'POST',
  path: '/api/companies/{company}/holds',
  summary: 'Keep a slot for five minutes while the hand-over is written',
  access: bookers,
  params: z.strictObject({ company: idOf('company') }),
  body: z.strictObject({ choice, language: language.default('da') }),
  status: 201,
  output: booked.extend({ until: instant }),
  errors: bookingProblems,
  example: { params: { company: ids.company }, body: { choice: exampleChoice }, output: { ...exampleBooked, until: '2026-11-17T08:25:00.000Z' } },
});

export const bookMeeting = endpoint({
  name: 'bookMeeting',
  method: 'POST',
  path: '/api/companies/{company}/meetings',
  summary: 'Book a meeting with a hand-over',
  description:
    'Rows 2.05, 2.16, 2.18 and 2.40. The hand-over is mandatory. slot_taken: somebody was faster, or the slot is gone; capacity_full: the week is full by now. Invitations go out with the same transaction.',
  access: bookers,
  params: z.strictObject({ company: idOf('company') }),
  body: z.strictObject({ choice, hold: idOf('meeting').nullable().default(null), handover }),
  status: 201,
  output: booked,
  errors: bookingProblems,
  example: { params: { company: ids.company }, body: { choice: exampleChoice, handover: exampleHandover }, output: exampleBooked },
});

export const listMeetings = endpoint({
  name: 'listMeetings',
  method: 'GET',
  path: '/api/meetings',
  summary: 'Meetings in the order of their time: one’s own, the own school’s for a manager, all for the coordinator',
  description: '`whose=leaderless`: of those one may see, the ones ahead whose leading consultant has left the centre by then.',
  access: readers,
  query: z.strictObject({ from: calendarDay.optional(), to: calendarDay.optional(), whose: z.enum(['mine', 'visible', 'leaderless']).default('visible'), company: idOf('company').optional() }),
  status: 200,
  output: z.array(meeting),
  example: { query: { from: '2026-11-17', whose: 'mine' }, output: [exampleMeeting] },
});

export const readMeeting = endpoint({
  name: 'readMeeting',
  method: 'GET',
  path: '/api/meetings/{meeting}',
  summary: 'A meeting with its hand-over: the brief for whoever goes',
  access: readers,
  params: z.strictObject({ meeting: idOf('meeting') }),
  status: 200,
  output: brief,
  logsAccess: true,
  example: { params: { meeting: ids.meeting }, output: exampleBrief },
});

export const moveMeeting = endpoint({
  name: 'moveMeeting',
  method: 'PUT',
  path: '/api/meetings/{meeting}/time',
  summary: 'Move a meeting to another slot of the same people',
  description: 'Either a slot as listSlots showed it, or the moment at which it begins: the same rules say whether it can be had.',
  access: ['consultant', 'coordinator'],
  params: z.strictObject({ meeting: idOf('meeting') }),
  body: z
    .strictObject({ choice: choice.optional(), start: instant.optional() })
    .refine((body) => (body.choice === undefined) !== (body.start === undefined), { path: ['choice'], params: { code: 'required' } }),
  edits: true,
  status: 200,
  output: brief,
  errors: { slot_taken: 409, capacity_full: 409, not_your_meeting: 403, meeting_over: 409 },
  example: { params: { meeting: ids.meeting }, body: { choice: exampleChoice }, output: exampleBrief },
});

export const joinMeeting = endpoint({
  name: 'joinMeeting',
  method: 'PUT',
  path: '/api/meetings/{meeting}/companion',
  summary: 'Take a colleague along who learns, or nobody',
  description:
    'Row 2.18: for example a vocational consultant and one of preparatory education. The colleague’s time and capacity are used too; the meeting stays counted for the school of whoever leads.',
  access: ['consultant', 'coordinator'],
  params: z.strictObject({ meeting: idOf('meeting') }),
  body: z.strictObject({ person: idOf('person').nullable() }),
  edits: true,
  status: 200,
  output: brief,
  errors: { companion_busy: 409, capacity_full: 409, not_your_meeting: 403, meeting_over: 409 },
  example: { params: { meeting: ids.meeting }, body: { person: ids.consultant }, output: { ...exampleBrief, mode: 'learning' } },
});

export const cancelMeeting = endpoint({
  name: 'cancelMeeting',
  method: 'PUT',
  path: '/api/meetings/{meeting}/cancellation',
  summary: 'Cancel a meeting with a reason; time and capacity are free again',
  access: ['consultant', 'coordinator'],
  params: z.strictObject({ meeting: idOf('meeting') }),
  body: z.strictObject({ because: z.enum(cancelReasons) }),
  edits: true,
  status: 200,
  output: brief,
  errors: { not_your_meeting: 403, meeting_over: 409 },
  example: {
    params: { meeting: ids.meeting },
    body: { because: 'company' },
    output: { ...exampleBrief, state: 'cancelled', cancelledBecause: 'company', can: { change: false, end: false, give: false } },
  },
});

export const endMeeting = endpoint({
  name: 'endMeeting',
  method: 'PUT',
  path: '/api/meetings/{meeting}/end',
  summary: 'Say that a meeting was held, or that nobody was there; the capacity stays used',
  access: ['consultant', 'coordinator'],
  params: z.strictObject({ meeting: idOf('meeting') }),
  body: z.strictObject({ how: z.enum(['done', 'no_show']) }),
  edits: true,
  status: 200,
  output: brief,
  errors: { not_your_meeting: 403, meeting_over: 409, meeting_ahead: 409 },
  example: { params: { meeting: ids.meeting }, body: { how: 'done' }, output: { ...exampleBrief, state: 'done', can: { change: false, end: false, give: false } } },
});

export const readAssignmentRule = endpoint({
  name: 'readAssignmentRule',
  method: 'GET',
  path: '/api/assignment-rule',
  summary: 'The figures of the published rule by which meetings go to schools',
  description: 'Row 3.05: whoever is signed in may read the rule.',
  access: 'signed-in',
  status: 200,
  output: z.object({ weeks: z.number().int(), lead: z.number().int(), minutes: z.number().int(), horizonDays: z.number().int() }),
  example: { output: { weeks: 13, lead: 3, minutes: 60, horizonDays: 42 } },
});

const standing = z.object({ school: z.string(), booked: z.number(), share: z.number(), ratio: z.number(), aheadAfter: z.number() });
export const listAssignments = endpoint({
  name: 'listAssignments',
  method: 'GET',
  path: '/api/assignments',
  summary: 'To which school each meeting went and by which figures, newest first',
  description: 'Rows 2.06 and 3.05. `seed` and `standings` are what the rule was told: who repeats it gets the same answer.',
  access: ['coordinator'],
  query: z.strictObject({ before: instant.optional() }),
  status: 200,
  output: z.array(
    z.object({
      meeting: idOf('meeting'),
      at: instant,
      company: z.string(),
      school: z.string().nullable(),
      because: z.enum(['only', 'share', 'draw', 'centre', 'kept']),
      seed: z.string(),
      standings: z.array(standing),
    }),
  ),
  example: {
    output: [
      {
        meeting: ids.meeting,
        at: '2026-11-17T08:20:00.000Z',
        company: 'Bjergager Smede & Montage',
        school: 'Fjordegnens Erhvervsskole',
        because: 'share',
        seed: 'a b',
        standings: [{ school: 'Fjordegnens Erhvervsskole', booked: 4, share: 60, ratio: 0.0667, aheadAfter: 0.5 }],
      },
    ],
  },
});

export const readShares = endpoint({
  name: 'readShares',
  method: 'GET',
  path: '/api/assignment-shares',
  summary: 'What each school got against its agreed share, right now',
  description:
    'Rows 2.06 and 3.06. Meetings handed out within the weeks of the rule; `share` is what was agreed with the school, `expected` its part of all meetings. Per school, never per person. Exact for the coordinator; a manager sees the own school, and of the others what is no small cell and gives none away.',
  access: ['manager', 'coordinator'],
  status: 200,
  output: z.object({
    schools: z.array(z.object({ school: z.string(), own: z.boolean(), booked: z.number().int().nullable(), share: z.number().int(), expected: z.number().nullable() })),
    exact: z.boolean(),
    threshold: z.number().int(),
  }),
  example: { output: { schools: [{ school: 'Fjordegnens Erhvervsskole', own: false, booked: 6, share: 60, expected: 5.5 }], exact: true, threshold: 5 } },
});
