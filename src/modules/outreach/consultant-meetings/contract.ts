import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant } from '../../../kit/instant.ts';
import { needShown } from '../../companies/needs/contract.ts';
import { taskListed } from '../tasks/contract.ts';

const readers = ['consultant', 'manager', 'coordinator'] as const;
const writers = ['consultant', 'coordinator'] as const;
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** An ordinary meeting has the board; a theme meeting, a theme day and a job fair are held once (row 2.27). */
export const meetingKinds = ['ordinary', 'theme', 'theme_day', 'job_fair'] as const;
const minuteKinds = ['minute', 'decision', 'correction'] as const;
const rhythms = [1, 2, 4] as const;

const school = z.object({ id: idOf('school'), name: z.string() });
const series = z.object({
  id: idOf('meeting series'),
  name: z.string(),
  /** Every so many weeks. */
  every: z.number().int(),
  /** 1 Monday to 5 Friday. */
  weekday: z.number().int(),
  starts: time,
  ends: time,
  from: calendarDay,
  to: calendarDay.nullable(),
  /** Who takes turns at hosting; nobody: the centre hosts. */
  schools: z.array(school),
  version: z.number().int(),
  can: z.object({ edit: z.boolean() }),
});
export type MeetingSeries = z.output<typeof series>;

const shown = z.object({
  id: idOf('consultant meeting'),
  series: idOf('meeting series').nullable(),
  kind: z.enum(meetingKinds),
  title: z.string(),
  day: calendarDay,
  starts: instant,
  ends: instant,
  /** Null: the centre itself. */
  host: school.nullable(),
  place: z.string(),
  /** What the host shows. */
  tour: z.string(),
  invitedAt: instant.nullable(),
  begunAt: instant.nullable(),
  closedAt: instant.nullable(),
  cancelledAt: instant.nullable(),
  version: z.number().int(),
  can: z.object({
    /** Use the board, write the minutes, close. */
    run: z.boolean(),
    /** Move it, give it another host, cancel it. */
    plan: z.boolean(),
    suggest: z.boolean(),
  }),
});
export type MeetingShown = z.output<typeof shown>;

const by = z.object({ id: idOf('person'), name: z.string(), school: z.string().nullable() });
const sheet = shown.extend({
  /** What consultants want to talk about; `learning`: something to learn from each other. */
  items: z.array(z.object({ id: idOf('agenda item'), text: z.string(), learning: z.boolean(), by: z.string(), can: z.object({ remove: z.boolean() }) })),
  /** Sent since the last meeting and on no table yet, or on the table at this one. Gathered for the next meeting only. */
  reports: z.array(
    z.object({
      id: idOf('report'),
      company: z.object({ id: idOf('company'), name: z.string(), town: z.string().nullable() }),
      visitedOn: calendarDay,
      by,
      about: z.string(),
      agreed: z.string(),
      needs: z.array(needShown),
      discussedAt: instant.nullable(),
    }),
  ),
  /** This meeting's tasks, and those that its reports say. */
  tasks: z.array(taskListed),
  /** Tasks of other origin that nobody has; once the meeting has begun they are its own. */
  unowned: z.array(taskListed),
  late: z.array(taskListed),
  /** Visited, or followed by somebody who has left, and without a contact person now. */
  withoutContact: z.array(z.object({ id: idOf('company'), name: z.string(), town: z.string().nullable(), left: z.boolean() })),
  minutes: z.array(
    z.object({
      id: idOf('minute'),
      kind: z.enum(minuteKinds),
      text: z.string(),
      report: idOf('report').nullable(),
      by: z.string(),
      at: instant,
      version: z.number().int(),
    }),
  ),
  people: z.array(by.extend({ present: z.boolean() })),
});
export type MeetingSheet = z.output<typeof sheet>;

const ids = {
  series: '01990000-0000-7000-8000-000000000661',
  meeting: '01990000-0000-7000-8000-000000000662',
  item: '01990000-0000-7000-8000-000000000663',
  minute: '01990000-0000-7000-8000-000000000664',
  school: '01990000-0000-7000-8000-000000000031',
  person: '01990000-0000-7000-8000-000000000001',
  report: '01990000-0000-7000-8000-000000000611',
};
const hosts = { id: ids.school, name: 'Fjordegnens Erhvervsskole' };
const exampleSeriesBody = { name: 'Konsulentmøde', every: 2, weekday: 4, starts: '09:00', ends: '11:30', from: '2026-11-05', to: null, schools: [ids.school] };
const exampleSeries = { ...exampleSeriesBody, id: ids.series, schools: [hosts], version: 1, can: { edit: true } };
const exampleShown = {
  id: ids.meeting,
  series: ids.series,
  kind: 'ordinary',
  title: 'Konsulentmøde',
  day: '2026-11-19',
  starts: '2026-11-19T08:00:00.000Z',
  ends: '2026-11-19T10:30:00.000Z',
  host: hosts,
  place: 'Havnegade 2, Limvig',
  tour: 'Det nye svejseværksted',
  invitedAt: '2026-11-05T08:00:00.000Z',
  begunAt: null,
  closedAt: null,
  cancelledAt: null,
  version: 1,
  can: { run: true, plan: false, suggest: true },
};
const example = {
  ...exampleShown,
  items: [{ id: ids.item, text: 'Hvad gør I, når firmaet vil have undervisning om natten?', learning: true, by: 'Anna Holm', can: { remove: true } }],
  reports: [],
  tasks: [],
  unowned: [],
  late: [],
  withoutContact: [],
  minutes: [],
  people: [{ id: ids.person, name: 'Anna Holm', school: 'Fjordegnens Erhvervsskole', present: false }],
};
const params = z.strictObject({ meeting: idOf('consultant meeting') });
const runs = { not_running_meeting: 403, consultant_meeting_closed: 409 } as const;
const shuffled = { name_of_series_taken: 409, school_unknown: 422 } as const;

const seriesBody = z
  .strictObject({
    name: z.string().trim().min(1).max(100),
    every: z.union([z.literal(1), z.literal(2), z.literal(4)]),
    weekday: z.int().min(1).max(5),
    starts: time,
    ends: time,
    from: calendarDay,
    to: calendarDay.nullable().default(null),
    schools: z
      .array(idOf('school'))
      .max(60)
      .refine((all) => new Set(all).size === all.length, { params: { code: 'twice' } }),
  })
  .refine(({ starts, ends }) => starts < ends, { path: ['ends'], params: { code: 'format' } })
  .refine(({ from, to }) => to === null || from <= to, { path: ['to'], params: { code: 'format' } });

const meetingFacts = {
  title: z.string().trim().min(1).max(150),
  day: calendarDay,
  starts: time,
  ends: time,
  host: idOf('school').nullable(),
  place: z.string().trim().max(300).default(''),
  tour: z.string().trim().max(500).default(''),
};
const endsAfter = ({ starts, ends }: { starts: string; ends: string }) => starts < ends;
const exampleFacts = { title: 'Temamøde om fjernundervisning', day: '2026-12-08', starts: '09:00', ends: '12:00', host: ids.school, place: '', tour: '' };

export const listMeetingSeries = endpoint({
  name: 'listMeetingSeries',
  method: 'GET',
  path: '/api/consultant-meeting-series',
  summary: 'The regular consultant meetings: which day, how often, and which schools take turns at hosting',
  description: 'Row 2.27.',
  access: readers,
  status: 200,
  output: z.array(series),
  example: { output: [exampleSeries] },
});

export const addMeetingSeries = endpoint({
  name: 'addMeetingSeries',
  method: 'POST',
  path: '/api/consultant-meeting-series',
  summary: 'Meet regularly: every one, two or four weeks on a weekday, at the schools in turn',
  description: `Row 2.27. Meetings stand sixteen weeks ahead, none on a public holiday; the host is the school that has waited longest. Consultants get an invitation with a calendar file three weeks before. Every: ${rhythms.join(', ')} weeks.`,
  access: ['coordinator'],
  body: seriesBody,
  status: 201,
  output: series,
  errors: shuffled,
  example: { body: exampleSeriesBody, output: exampleSeries },
});

export const writeMeetingSeries = endpoint({
  name: 'writeMeetingSeries',
  method: 'PUT',
  path: '/api/consultant-meeting-series/{series}',
  summary: 'Change when the consultants meet, or which schools host',
  description: 'Meetings from tomorrow on that no longer fit are cancelled, and others planned; those that begun or were moved by hand stand.',
  access: ['coordinator'],
  params: z.strictObject({ series: idOf('meeting series') }),
  body: seriesBody,
  edits: true,
  status: 200,
  output: series,
  errors: shuffled,
  example: { params: { series: ids.series }, body: exampleSeriesBody, output: exampleSeries },
});

export const endMeetingSeries = endpoint({
  name: 'endMeetingSeries',
  method: 'DELETE',
  path: '/api/consultant-meeting-series/{series}',
  summary: 'Meet regularly no longer; what was held stays to be read',
  access: ['coordinator'],
  params: z.strictObject({ series: idOf('meeting series') }),
  status: 204,
  output: z.null(),
  example: { params: { series: ids.series } },
});

export const listConsultantMeetings = endpoint({
  name: 'listConsultantMeetings',
  method: 'GET',
  path: '/api/consultant-meetings',
  summary: 'Consultant meetings, theme meetings, theme days and job fairs: those to come, or those that were held',
  description: 'Rows 2.26 and 2.27. One that was not closed is still to come. At most 100.',
  access: readers,
  query: z.strictObject({ when: z.enum(['coming', 'past']).default('coming') }),
  status: 200,
  output: z.array(shown),
  example: { query: { when: 'coming' }, output: [exampleShown] },
});

export const readConsultantMeeting = endpoint({
  name: 'readConsultantMeeting',
  method: 'GET',
  path: '/api/consultant-meetings/{meeting}',
  summary: 'A meeting with its agenda, its board and its minutes',
  description:
    'Row 2.26. The agenda gathers itself: all schools’ reports since the last meeting, tasks that nobody has or that are late, companies without a contact person, and what consultants want to talk about or learn.',
  access: readers,
  params,
  status: 200,
  output: sheet,
  example: { params: { meeting: ids.meeting }, output: example },
});

export const addConsultantMeeting = endpoint({
  name: 'addConsultantMeeting',
  method: 'POST',
  path: '/api/consultant-meetings',
  summary: 'A meeting outside the series: a theme meeting, a theme day, a job fair',
  description: 'Row 2.27. The centre’s consultants get an invitation with a calendar file at once.',
  access: ['coordinator'],
  body: z.strictObject({ kind: z.enum(meetingKinds), ...meetingFacts }).refine(endsAfter, { path: ['ends'], params: { code: 'format' } }),
  status: 201,
  output: sheet,
  errors: { school_unknown: 422 },
  example: { body: { kind: 'theme', ...exampleFacts }, output: { ...example, series: null, kind: 'theme' } },
});

export const writeConsultantMeeting = endpoint({
  name: 'writeConsultantMeeting',
  method: 'PUT',
  path: '/api/consultant-meetings/{meeting}',
  summary: 'Say where to meet and what is to be seen; move the meeting or give it another host',
  description: 'The host’s consultants write place, tour and title; day, time and host are the coordinator’s. Whoever was invited is told.',
  access: writers,
  params,
  body: z.strictObject(meetingFacts).refine(endsAfter, { path: ['ends'], params: { code: 'format' } }),
  edits: true,
  status: 200,
  output: sheet,
  errors: { ...runs, coordinator_plans: 403, school_unknown: 422 },
  example: { params: { meeting: ids.meeting }, body: exampleFacts, output: example },
});

export const cancelConsultantMeeting = endpoint({
  name: 'cancelConsultantMeeting',
  method: 'DELETE',
  path: '/api/consultant-meetings/{meeting}',
  summary: 'Cancel a meeting that has not begun; whoever was invited is told',
  access: ['coordinator'],
  params,
  status: 204,
  output: z.null(),
  errors: { meeting_has_begun: 409 },
  example: { params: { meeting: ids.meeting } },
});

export const addAgendaItem = endpoint({
  name: 'addAgendaItem',
  method: 'POST',
  path: '/api/consultant-meetings/{meeting}/items',
  summary: 'Put something on the agenda, or something to learn from each other',
  description: 'Rows 2.26 and 2.27. Any consultant, and the coordinator.',
  access: writers,
  params,
  body: z.strictObject({ text: z.string().trim().min(1).max(500), learning: z.boolean().default(false) }),
  status: 201,
  output: sheet,
  errors: { consultant_meeting_closed: 409 },
  example: { params: { meeting: ids.meeting }, body: { text: 'Hvad gør I, når firmaet vil have undervisning om natten?', learning: true }, output: example },
});

export const removeAgendaItem = endpoint({
  name: 'removeAgendaItem',
  method: 'DELETE',
  path: '/api/consultant-meetings/{meeting}/items/{item}',
  summary: 'Take something off the agenda',
  description: 'Whoever put it there, and whoever runs the meeting.',
  access: writers,
  params: z.strictObject({ meeting: idOf('consultant meeting'), item: idOf('agenda item') }),
  status: 204,
  output: z.null(),
  errors: { item_not_yours: 403, consultant_meeting_closed: 409 },
  example: { params: { meeting: ids.meeting, item: ids.item } },
});

export const beginConsultantMeeting = endpoint({
  name: 'beginConsultantMeeting',
  method: 'PUT',
  path: '/api/consultant-meetings/{meeting}/begun',
  summary: 'Begin: from now on reports that are shown count as discussed',
  description: 'Row 2.26. Tasks that nobody in the centre has come to the table, so that the meeting cannot close without them. Twice is once.',
  access: writers,
  params,
  status: 200,
  output: sheet,
  errors: runs,
  example: { params: { meeting: ids.meeting }, output: { ...example, begunAt: '2026-11-19T08:00:00.000Z' } },
});

export const discussReport = endpoint({
  name: 'discussReport',
  method: 'PUT',
  path: '/api/consultant-meetings/{meeting}/reports/{report}',
  summary: 'A report is on the table',
  description: 'Row 2.26. Once in its life: it is on no later agenda.',
  access: writers,
  params: z.strictObject({ meeting: idOf('consultant meeting'), report: idOf('report') }),
  status: 200,
  output: sheet,
  errors: { ...runs, meeting_not_begun: 409, discussed_elsewhere: 409 },
  example: { params: { meeting: ids.meeting, report: ids.report }, output: example },
});

export const setPresence = endpoint({
  name: 'setPresence',
  method: 'PUT',
  path: '/api/consultant-meetings/{meeting}/people/{person}',
  summary: 'Who is present',
  access: writers,
  params: z.strictObject({ meeting: idOf('consultant meeting'), person: idOf('person') }),
  body: z.strictObject({ present: z.boolean() }),
  status: 200,
  output: sheet,
  errors: runs,
  example: { params: { meeting: ids.meeting, person: ids.person }, body: { present: true }, output: example },
});

export const addMinute = endpoint({
  name: 'addMinute',
  method: 'POST',
  path: '/api/consultant-meetings/{meeting}/minutes',
  summary: 'Write a line of the minutes or a decision; it is saved at once',
  description: 'Row 2.26. After the meeting is closed only a `correction` can be added, and nothing changed.',
  access: writers,
  params,
  body: z.strictObject({ kind: z.enum(minuteKinds), text: z.string().trim().min(1).max(2000), report: idOf('report').nullable().default(null) }),
  status: 201,
  output: sheet,
  errors: { ...runs, meeting_still_open: 409, report_unknown: 422 },
  example: { params: { meeting: ids.meeting }, body: { kind: 'decision', text: 'Skole C tager truckkurset.' }, output: example },
});

export const writeMinute = endpoint({
  name: 'writeMinute',
  method: 'PUT',
  path: '/api/consultant-meetings/{meeting}/minutes/{minute}',
  summary: 'Reword a line while the meeting is open',
  access: writers,
  params: z.strictObject({ meeting: idOf('consultant meeting'), minute: idOf('minute') }),
  body: z.strictObject({ text: z.string().trim().min(1).max(2000) }),
  edits: true,
  status: 200,
  output: sheet,
  errors: runs,
  example: { params: { meeting: ids.meeting, minute: ids.minute }, body: { text: 'Skole C tager truckkurset i januar.' }, output: example },
});

export const removeMinute = endpoint({
  name: 'removeMinute',
  method: 'DELETE',
  path: '/api/consultant-meetings/{meeting}/minutes/{minute}',
  summary: 'Take a line out while the meeting is open',
  access: writers,
  params: z.strictObject({ meeting: idOf('consultant meeting'), minute: idOf('minute') }),
  status: 204,
  output: z.null(),
  errors: runs,
  example: { params: { meeting: ids.meeting, minute: ids.minute } },
});

export const closeConsultantMeeting = endpoint({
  name: 'closeConsultantMeeting',
  method: 'PUT',
  path: '/api/consultant-meetings/{meeting}/closed',
  summary: 'Close the meeting: no task of it may be nobody’s',
  description: 'Row 2.26. Held by the database, also against a task that is added in the same moment. Whoever got tasks is told of all of them in one mail.',
  access: writers,
  params,
  edits: true,
  status: 200,
  output: sheet,
  errors: { ...runs, meeting_not_begun: 409, tasks_unowned: 409 },
  example: { params: { meeting: ids.meeting }, output: { ...example, begunAt: '2026-11-19T08:00:00.000Z', closedAt: '2026-11-19T10:20:00.000Z' } },
});
