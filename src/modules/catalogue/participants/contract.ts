import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { classStates } from '../classes/contract.ts';

const token = z.string().regex(/^[\w-]{43}$/);
const limits = [{ count: 120, seconds: 60, by: 'address' }] as const;
const name = z.string().trim().min(1).max(100);
const languages = z.enum(['da', 'en']).default('da');
const pdf = 'application/pdf';
const schools = ['consultant', 'manager'] as const;

const ids = {
  class: '01990000-0000-7000-8000-000000000911',
  seat: '01990000-0000-7000-8000-000000000e04',
  person: '01990000-0000-7000-8000-000000000e05',
};
const exampleToken = 'mZ8xB0vE5rQ2kT7yH1nC4wJ6sL9aD3fGmZ8xB0vE5rQ';

const ownSeat = z.object({
  id: idOf('seat'),
  title: z.string(),
  school: z.string(),
  town: z.string(),
  starts: calendarDay,
  ends: calendarDay,
  heads: z.number().int(),
  /** Only whoever has seats for sure can name people for them. */
  state: z.enum(['taken', 'waiting', 'offered']),
  classState: z.enum(classStates),
  sessions: z.number().int(),
  /** Empty for whoever does not lead at the company. */
  people: z.array(z.object({ id: idOf('participant'), name: z.string(), /** At how many sessions. */ attended: z.number().int() })),
});
export type OwnSeat = z.output<typeof ownSeat>;
const ownCourses = z.object({
  /** False: whoever opened the page does not lead at the company, and reads no names. */
  leader: z.boolean(),
  today: calendarDay,
  seats: z.array(ownSeat),
});
export type OwnCourses = z.output<typeof ownCourses>;
const exampleOwn = {
  leader: true,
  today: '2026-12-16',
  seats: [
    {
      id: ids.seat,
      title: 'Gaffeltruck certifikatkursus B',
      school: 'Fjordegnens Erhvervsskole',
      town: 'Limvig',
      starts: '2026-12-07',
      ends: '2026-12-15',
      heads: 2,
      state: 'taken',
      classState: 'confirmed',
      sessions: 7,
      people: [{ id: ids.person, name: 'Ove Lund', attended: 6 }],
    },
  ],
};

export const readOwnCourses = endpoint({
  name: 'readOwnCourses',
  method: 'POST',
  path: '/api/company-page/courses',
  summary: 'Which classes a company has seats in, and whom it named for them',
  description: 'Row X.5. Names for whoever leads at the company; everybody else with the page sees how many.',
  access: 'anyone',
  body: z.strictObject({ token }),
  limits,
  status: 200,
  output: ownCourses,
  errors: { page_gone: 410 },
  example: { body: { token: exampleToken }, output: exampleOwn },
});

export const nameParticipants = endpoint({
  name: 'nameParticipants',
  method: 'POST',
  path: '/api/company-page/courses/people',
  summary: 'Say who takes the company’s seats in a class',
  description:
    'Row X.5. The whole list: people with an id stay, those without are new, and who is not in it is forgotten. Never more than seats. Whoever was at a session can be neither renamed nor removed: a certificate is theirs.',
  access: 'anyone',
  body: z.strictObject({ token, seat: idOf('seat'), people: z.array(z.strictObject({ id: idOf('participant').nullable().default(null), name })).max(500) }),
  limits,
  status: 200,
  output: ownCourses,
  errors: { page_gone: 410, own_seat_unknown: 404, too_many_people: 409, person_attended: 409 },
  example: { body: { token: exampleToken, seat: ids.seat, people: [{ name: 'Ove Lund' }] }, output: exampleOwn },
});

export const printOwnCertificates = endpoint({
  name: 'printOwnCertificates',
  method: 'POST',
  path: '/api/company-page/courses/certificates.pdf',
  summary: 'Certificates of attendance for a company’s people in a class, one page each',
  description: 'Row X.5. Everybody whom the company named and who was at a session. A POST, so that the secret stays out of addresses.',
  access: 'anyone',
  body: z.strictObject({ token, seat: idOf('seat'), language: languages }),
  limits,
  status: 200,
  output: z.string(),
  download: pdf,
  errors: { no_certificates: 404 },
  example: { body: { token: exampleToken, seat: ids.seat, language: 'da' }, output: '%PDF-1.3' },
});

const list = z.object({
  sessions: z.array(z.object({ no: z.number().int(), day: calendarDay, begun: z.boolean() })),
  companies: z.array(
    z.object({
      company: z.string(),
      heads: z.number().int(),
      /** Whom the company named, and the numbers of the sessions each was at. */
      people: z.array(z.object({ id: idOf('participant'), name: z.string(), attended: z.array(z.number().int()) })),
    }),
  ),
  can: z.object({ mark: z.boolean(), certificates: z.boolean() }),
});
export type ParticipantList = z.output<typeof list>;
const exampleList = {
  sessions: [{ no: 1, day: '2026-12-07', begun: true }],
  companies: [{ company: 'Bjergager Smede & Montage', heads: 2, people: [{ id: ids.person, name: 'Ove Lund', attended: [1] }] }],
  can: { mark: true, certificates: true },
};
const inClass = z.strictObject({ class: idOf('class') });

export const listParticipants = endpoint({
  name: 'listParticipants',
  method: 'GET',
  path: '/api/classes/{class}/participants',
  summary: 'Who comes to a class, where companies named them',
  description: 'Row X.5. For the school that runs the class and for nobody else, the coordinator neither. Each reading is logged.',
  access: schools,
  params: inClass,
  status: 200,
  output: list,
  errors: { participants_not_yours: 403 },
  logsAccess: true,
  example: { params: { class: ids.class }, output: exampleList },
});

export const markParticipants = endpoint({
  name: 'markParticipants',
  method: 'PUT',
  path: '/api/classes/{class}/sessions/{no}/participants',
  summary: 'Say who of the named was at a session',
  description: 'Row X.5. The school that runs the class, once the session has begun. Whoever is not in the list was not there; the last one who says it is right.',
  access: schools,
  params: z.strictObject({ class: idOf('class'), no: z.coerce.number().int().min(1).max(200) }),
  body: z.strictObject({ present: z.array(idOf('participant')).max(500) }),
  status: 200,
  output: list,
  errors: { participants_not_yours: 403, session_ahead: 409 },
  example: { params: { class: ids.class, no: 1 }, body: { present: [ids.person] }, output: exampleList },
});

export const printCertificates = endpoint({
  name: 'printCertificates',
  method: 'GET',
  path: '/api/classes/{class}/certificates.pdf',
  summary: 'Certificates of attendance of a class, one page each',
  description: 'Row X.5. Everybody who was named and was at a session. For the school that runs the class.',
  access: schools,
  params: inClass,
  query: z.strictObject({ language: languages }),
  status: 200,
  output: z.string(),
  download: pdf,
  errors: { participants_not_yours: 403, no_certificates: 404 },
  logsAccess: true,
  example: { params: { class: ids.class }, query: { language: 'da' }, output: '%PDF-1.3' },
});
