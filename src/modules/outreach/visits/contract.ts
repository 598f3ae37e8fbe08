import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant } from '../../../kit/instant.ts';
import { pageOf, pageQuery } from '../../../kit/page.ts';
import { type NeedField, needFields, needFits, needShown, needTerms } from '../../companies/needs/contract.ts';
import { taskShown } from '../tasks/contract.ts';
import { type Fault, offerFaults, sendingFaults } from './rules.ts';

const readers = ['consultant', 'manager', 'coordinator'] as const;
const writers = ['consultant'] as const;

/** What the talk was about: what needs are about, and money. */
export const visitTopics = ['certificates', 'basic_skills', 'training', 'management', 'digital', 'apprentices', 'experience', 'funding', 'other'] as const satisfies readonly (NeedField | 'funding')[];
/** Guidance of a person, advice to a company, or general consultancy (row 3.11). */
export const visitKinds = ['guidance', 'advice', 'consultancy'] as const;
/** What keeps small companies from training (row 2.37). */
export const companyBarriers = ['varied_production', 'short_term', 'knowledge_lost', 'bad_school_experience', 'leaders_not_oriented', 'guidance_time', 'too_few', 'tailoring'] as const;
/** What keeps their employees from it (row 2.38); only ever counted. */
export const employeeBarriers = ['personal', 'economic', 'practical', 'surroundings'] as const;

const several = <T extends readonly [string, ...string[]]>(codes: T) =>
  z
    .array(z.enum(codes))
    .max(codes.length)
    .refine((all) => new Set(all).size === all.length, { params: { code: 'twice' } })
    .default([]);
const text = (most: number) => z.string().trim().max(most).default('');

/** A report on its way: everything may still be missing, but no offer stands before a need (row 3.04). */
const content = z.strictObject({
  company: idOf('company').nullable().default(null),
  meeting: idOf('meeting').nullable().default(null),
  visitedOn: calendarDay,
  kind: z.enum(visitKinds).default('advice'),
  topics: several(visitTopics),
  needs: z
    .array(
      z.strictObject({
        /** Of a need that stands already, where a report is corrected. */
        id: idOf('need').nullable().default(null),
        what: text(200),
        term: z.enum(needTerms).default('now'),
        fit: z.enum(needFits).nullable().default(null),
        field: z.enum(needFields).nullable().default(null),
        people: z.int().min(1).max(10_000).nullable().default(null),
      }),
    )
    .max(20)
    .default([]),
  offers: z
    .array(
      z.strictObject({
        /** Which need it answers, by its place in `needs`. */
        need: z.int().min(0).max(19),
        /** Whose offer it is; null where it is no school's. */
        school: idOf('school').nullable().default(null),
        what: text(200),
      }),
    )
    .max(30)
    .default([]),
  barriers: several(companyBarriers),
  employeeBarriers: several(employeeBarriers),
  /** Whom the consultant met. */
  people: z
    .array(z.strictObject({ name: text(200), role: text(100) }))
    .max(20)
    .default([]),
  about: text(4000),
  agreed: text(4000),
  /** A union or somebody else who went along (row 2.13). */
  partner: text(200),
  nextSteps: z
    .array(
      z.strictObject({
        what: text(500),
        /** Who does it; null: the company itself. */
        owner: idOf('person').nullable().default(null),
        due: calendarDay.nullable().default(null),
      }),
    )
    .max(20)
    .default([]),
  /** Working time with the way there, and the way (row 2.33). */
  minutes: z.int().min(0).max(6000).nullable().default(null),
  km: z.int().min(0).max(2000).nullable().default(null),
  /** For the own school only. */
  note: text(4000),
});
const say = (context: z.RefinementCtx, faults: readonly Fault[]) => {
  for (const { path, code } of faults) context.addIssue({ code: 'custom', path, params: { code } });
};
const draftContent = content.superRefine((value, context) => say(context, offerFaults(value)));
const sentContent = content.superRefine((value, context) => say(context, [...offerFaults(value), ...sendingFaults(value)]));
export type Content = z.output<typeof content>;

const company = z.object({ id: idOf('company'), name: z.string(), town: z.string().nullable() });
const file = z.object({ id: idOf('visit file'), name: z.string(), bytes: z.number().int() });
const draft = z.object({
  id: idOf('draft'),
  /** Written here, or made of a mail and not confirmed yet. */
  source: z.enum(['written', 'mail']),
  content,
  /** Null where the company is not known yet, or is none of the centre's. */
  company: company.nullable(),
  files: z.array(file),
  writtenAt: instant,
  version: z.number().int(),
});
export type Draft = z.output<typeof draft>;
const by = z.object({ id: idOf('person'), name: z.string(), school: z.string().nullable() });
const listed = z.object({
  id: idOf('report'),
  company,
  visitedOn: calendarDay,
  kind: z.enum(visitKinds),
  topics: z.array(z.enum(visitTopics)),
  /** The beginning of what it was about. */
  about: z.string(),
  needs: z.array(z.string()),
  by,
});
const report = listed.extend({
  meeting: idOf('meeting').nullable(),
  needs: z.array(needShown),
  offers: z.array(z.object({ need: idOf('need'), school: z.object({ id: idOf('school'), name: z.string() }).nullable(), what: z.string() })),
  barriers: z.array(z.enum(companyBarriers)),
  people: z.array(z.object({ name: z.string(), role: z.string() })),
  agreed: z.string(),
  partner: z.string().nullable(),
  tasks: z.array(taskShown),
  /** Only for whoever wrote it: nobody's hours are laid side by side. */
  effort: z.object({ minutes: z.number().int().nullable(), km: z.number().int().nullable() }).nullable(),
  /** What the own school wrote down for itself; null where there is nothing, or no school. */
  note: z.object({ text: z.string(), by: z.string(), version: z.number().int() }).nullable(),
  files: z.array(file),
  sentAt: instant,
  version: z.number().int(),
  can: z.object({ correct: z.boolean(), note: z.boolean() }),
});
export type Report = z.output<typeof report>;

const ids = {
  company: '01990000-0000-7000-8000-000000000101',
  meeting: '01990000-0000-7000-8000-000000000301',
  need: '01990000-0000-7000-8000-000000000601',
  report: '01990000-0000-7000-8000-000000000611',
  task: '01990000-0000-7000-8000-000000000621',
  file: '01990000-0000-7000-8000-000000000631',
  person: '01990000-0000-7000-8000-000000000001',
  school: '01990000-0000-7000-8000-000000000011',
};
const exampleContent = {
  company: ids.company,
  meeting: ids.meeting,
  visitedOn: '2026-11-17',
  kind: 'advice',
  topics: ['certificates', 'basic_skills'],
  needs: [{ id: null, what: 'Svejsecertifikat', term: 'now', fit: 'shelf', field: 'certificates', people: 5 }],
  offers: [{ need: 0, school: ids.school, what: 'Tig-svejsning, rustfri' }],
  barriers: ['too_few'],
  employeeBarriers: ['practical'],
  people: [{ name: 'Preben Bjergager', role: 'Ejer' }],
  about: 'De mangler svejsere og vil gerne bruge dem, de har.',
  agreed: 'Preben får et bud inden fredag.',
  partner: '',
  nextSteps: [{ what: 'Send bud på et hold', owner: ids.person, due: '2026-11-20' }],
  minutes: 120,
  km: 36,
  note: '',
};
const exampleCompany = { id: ids.company, name: 'Bjergager Smede & Montage', town: 'Limvig' };
const exampleBy = { id: ids.person, name: 'Anna Holm', school: 'Fjordegnens Erhvervsskole' };
const exampleDraft = { id: ids.meeting, source: 'written', content: exampleContent, company: exampleCompany, files: [], writtenAt: '2026-11-17T09:40:00.000Z', version: 1 };
const exampleListed = {
  id: ids.report,
  company: exampleCompany,
  visitedOn: '2026-11-17',
  kind: 'advice',
  topics: ['certificates', 'basic_skills'],
  about: exampleContent.about,
  needs: ['Svejsecertifikat'],
  by: exampleBy,
};
const exampleReport = {
  ...exampleListed,
  meeting: ids.meeting,
  needs: [{ id: ids.need, what: 'Svejsecertifikat', term: 'now', fit: 'shelf', field: 'certificates', people: 5 }],
  offers: [{ need: ids.need, school: { id: ids.school, name: 'Fjordegnens Erhvervsskole' }, what: 'Tig-svejsning, rustfri' }],
  barriers: ['too_few'],
  people: exampleContent.people,
  agreed: exampleContent.agreed,
  partner: null,
  tasks: [
    {
      id: ids.task,
      what: 'Send bud på et hold',
      state: 'accepted',
      owner: exampleBy,
      byCompany: false,
      due: '2026-11-20',
      reason: null,
      need: null,
      doneAt: null,
      version: 1,
      can: { finish: true, answer: true, take: false, give: true },
    },
  ],
  effort: { minutes: 120, km: 36 },
  note: null,
  files: [],
  sentAt: '2026-11-17T09:45:00.000Z',
  version: 1,
  can: { correct: true, note: true },
};
const draftParams = z.strictObject({ draft: idOf('draft') });
const reportParams = z.strictObject({ report: idOf('report') });

export const listDrafts = endpoint({
  name: 'listDrafts',
  method: 'GET',
  path: '/api/visit-drafts',
  summary: 'One’s own reports that are not sent yet, the newest first',
  access: writers,
  status: 200,
  output: z.array(draft.omit({ content: true, files: true }).extend({ visitedOn: calendarDay, meeting: idOf('meeting').nullable() })),
  example: {
    output: [{ id: ids.meeting, source: 'written', company: exampleCompany, writtenAt: exampleDraft.writtenAt, version: 1, visitedOn: '2026-11-17', meeting: ids.meeting }],
  },
});

export const readDraft = endpoint({
  name: 'readDraft',
  method: 'GET',
  path: '/api/visit-drafts/{draft}',
  summary: 'A draft of one’s own',
  access: writers,
  params: draftParams,
  status: 200,
  output: draft,
  example: { params: { draft: ids.meeting }, output: exampleDraft },
});

export const writeDraft = endpoint({
  name: 'writeDraft',
  method: 'PUT',
  path: '/api/visit-drafts/{draft}',
  summary: 'Keep a draft, so that another device and tomorrow have it too',
  description:
    'Row 2.22. The device makes the number of a draft, or takes the meeting’s for a draft about a meeting. If-Match bears the version that the writer saw, 0 for a new one; a newer one is answered as `current` and nothing is overwritten. A draft of which the report was sent stays gone (draft_sent).',
  access: writers,
  params: draftParams,
  body: draftContent,
  edits: true,
  status: 200,
  output: draft,
  errors: { draft_sent: 409 },
  example: { params: { draft: ids.meeting }, body: exampleContent, output: exampleDraft },
});

export const removeDraft = endpoint({
  name: 'removeDraft',
  method: 'DELETE',
  path: '/api/visit-drafts/{draft}',
  summary: 'Throw a draft away with its files',
  access: writers,
  params: draftParams,
  status: 204,
  output: z.null(),
  example: { params: { draft: ids.meeting } },
});

export const sendReport = endpoint({
  name: 'sendReport',
  method: 'POST',
  path: '/api/visit-drafts/{draft}/report',
  summary: 'Send a report: exactly once, however often and late it is tried',
  description:
    'Rows 2.22, 2.37, 2.38, 2.43, 3.04 and 3.11. Reports are open to all schools of the centre. Sent again, it answers the report that stands. If-Match bears the version of the draft on the server that the device knows, 0 where it never reached it; a newer one is a version_conflict. meeting_reported: a colleague has reported this meeting, `about.report`.',
  access: writers,
  params: draftParams,
  body: sentContent,
  edits: true,
  status: 201,
  output: report,
  errors: { meeting_reported: 409, not_your_meeting: 403, company_unknown: 422 },
  example: { params: { draft: ids.meeting }, body: exampleContent, output: exampleReport },
});

export const listReports = endpoint({
  name: 'listReports',
  method: 'GET',
  path: '/api/visit-reports',
  summary: 'Visit reports of all schools of the centre, the newest visit first',
  description: 'Row 2.22. `words` finds reports in which every word occurs, also inside a longer one (»certifikat« in »truckcertifikat«), among the first 500 hits. `mine`: written by oneself.',
  access: readers,
  query: z.strictObject({
    ...pageQuery,
    company: idOf('company').optional(),
    words: z.string().trim().max(200).optional(),
    topic: z.enum(visitTopics).optional(),
    kind: z.enum(visitKinds).optional(),
    from: calendarDay.optional(),
    to: calendarDay.optional(),
    mine: z.enum(['yes']).optional(),
  }),
  status: 200,
  output: pageOf(listed),
  example: { query: { words: 'certifikat' }, output: { items: [exampleListed], next: null } },
});

export const readReport = endpoint({
  name: 'readReport',
  method: 'GET',
  path: '/api/visit-reports/{report}',
  summary: 'A visit report',
  access: readers,
  params: reportParams,
  status: 200,
  output: report,
  logsAccess: true,
  example: { params: { report: ids.report }, output: exampleReport },
});

export const correctReport = endpoint({
  name: 'correctReport',
  method: 'PUT',
  path: '/api/visit-reports/{report}',
  summary: 'Correct a report that one wrote',
  description: 'Company, meeting, what employees were hindered by, and who does what stay as they were sent; tasks are changed where they stand.',
  access: writers,
  params: reportParams,
  body: sentContent,
  edits: true,
  status: 200,
  output: report,
  errors: { not_your_report: 403, need_in_use: 409 },
  example: { params: { report: ids.report }, body: exampleContent, output: { ...exampleReport, version: 2 } },
});

export const writeReportNote = endpoint({
  name: 'writeReportNote',
  method: 'PUT',
  path: '/api/visit-reports/{report}/note',
  summary: 'What only the own school reads about a visit',
  description: 'Consultants and managers of the school read it, the coordinator and other schools never. An empty text takes it away. If-Match: 0 where there is none yet.',
  access: writers,
  params: reportParams,
  body: z.strictObject({ text: text(4000) }),
  edits: true,
  status: 200,
  output: report,
  errors: { no_school: 403 },
  example: {
    params: { report: ids.report },
    body: { text: 'Vi har haft dem på kursus før.' },
    output: { ...exampleReport, note: { text: 'Vi har haft dem på kursus før.', by: 'Anna Holm', version: 1 } },
  },
});

export const addVisitFile = endpoint({
  name: 'addVisitFile',
  method: 'POST',
  path: '/api/visit-drafts/{draft}/files',
  summary: 'Put a photograph or a paper with a draft',
  description: 'At most 10 MB each and ten to a draft. The body is the file itself. Whoever may read the report may fetch it.',
  access: writers,
  params: draftParams,
  query: z.strictObject({ name: z.string().trim().min(1).max(200) }),
  upload: true,
  uploadBytes: 10_485_760,
  status: 201,
  output: file,
  errors: { too_many_files: 409, empty_file: 422, draft_sent: 409 },
  example: { params: { draft: ids.meeting }, query: { name: 'tavle.jpg' }, output: { id: ids.file, name: 'tavle.jpg', bytes: 204_800 } },
});

export const removeVisitFile = endpoint({
  name: 'removeVisitFile',
  method: 'DELETE',
  path: '/api/visit-files/{file}',
  summary: 'Take a file away that one put there',
  access: writers,
  params: z.strictObject({ file: idOf('visit file') }),
  status: 204,
  output: z.null(),
  example: { params: { file: ids.file } },
});

export const readVisitFile = endpoint({
  name: 'readVisitFile',
  method: 'GET',
  path: '/api/visit-files/{file}',
  summary: 'A file of a draft of one’s own, or of a report',
  access: readers,
  params: z.strictObject({ file: idOf('visit file') }),
  status: 200,
  output: z.string(),
  download: 'application/octet-stream',
  logsAccess: true,
  example: { params: { file: ids.file }, output: 'the bytes of the file' },
});

export const readVisitForm = endpoint({
  name: 'readVisitForm',
  method: 'GET',
  path: '/api/visit-form',
  summary: 'What a report chooses among: schools, the nearest to a company first, and colleagues',
  description: 'Row 3.04. Own and other schools alike, in the order of their way to the company and then by name. A device keeps it for when there is no coverage.',
  access: writers,
  query: z.strictObject({ company: idOf('company').optional() }),
  status: 200,
  output: z.object({
    schools: z.array(z.object({ id: idOf('school'), name: z.string(), town: z.string(), km: z.number().int().nullable(), strengths: z.array(z.string()) })),
    colleagues: z.array(by),
  }),
  example: {
    query: { company: ids.company },
    output: { schools: [{ id: ids.school, name: 'Fjordegnens Erhvervsskole', town: 'Limvig', km: 18, strengths: ['Svejsning'] }], colleagues: [exampleBy] },
  },
});

export const listOwedReports = endpoint({
  name: 'listOwedReports',
  method: 'GET',
  path: '/api/owed-reports',
  summary: 'Meetings that are over and have no report yet, the oldest first',
  description: 'Row 7.13. One’s own for a consultant, the school’s for its manager, all for the coordinator; of the last year, at most 500.',
  access: readers,
  status: 200,
  output: z.array(z.object({ meeting: idOf('meeting'), company, endedAt: instant, by, days: z.number().int() })),
  example: { output: [{ meeting: ids.meeting, company: exampleCompany, endedAt: '2026-11-17T09:30:00.000Z', by: exampleBy, days: 0 }] },
});

export const readEffort = endpoint({
  name: 'readEffort',
  method: 'GET',
  path: '/api/companies/{company}/effort',
  summary: 'What the centre has put into a company: calls, visits, hours and kilometres, all people together',
  description: 'Row 2.33. Reports that say no time or way count as visits only.',
  access: ['consultant', 'coordinator'],
  params: z.strictObject({ company: idOf('company') }),
  status: 200,
  output: z.object({ calls: z.number().int(), visits: z.number().int(), minutes: z.number().int(), km: z.number().int(), first: calendarDay.nullable() }),
  example: { params: { company: ids.company }, output: { calls: 2, visits: 1, minutes: 120, km: 36, first: '2026-11-03' } },
});

const cell = z.number().int().nullable();
export const readBarriers = endpoint({
  name: 'readBarriers',
  method: 'GET',
  path: '/api/barriers',
  summary: 'What keeps companies and their employees from training, counted in companies, for one quarter',
  description:
    'Rows 2.37 and 2.38. Quarters that are over only, so that two periods never overlap and no new report changes a figure. What employees are hindered by is nowhere else: below the centre’s threshold it is null, like zero.',
  access: readers,
  query: z.strictObject({ quarter: calendarDay.optional() }),
  status: 200,
  output: z.object({
    /** The first day of the quarter. */
    quarter: calendarDay,
    threshold: z.number().int(),
    companies: z.array(z.object({ code: z.enum(companyBarriers), companies: z.number().int() })),
    employees: z.array(z.object({ code: z.enum(employeeBarriers), companies: cell })),
  }),
  example: {
    query: { quarter: '2026-07-01' },
    output: { quarter: '2026-07-01', threshold: 5, companies: [{ code: 'too_few', companies: 12 }], employees: [{ code: 'practical', companies: 7 }] },
  },
});
