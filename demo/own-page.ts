/** What a company does on its own page: its employees and their training days (4.18), who takes its seats in a class that was held (X.5), who is in its job rotation (4.26), and a pool that its employees govern (4.19). All names are invented. */
import { demoId } from './ids.ts';

type Send = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, person: string | null, payload?: object, seen?: number) => Promise<{ json<T>(): T }>;
interface Named {
  id: string;
  name: string;
}
type Enter = (person: string) => Promise<unknown>;
type At = (instant: string) => void;

const teams: Record<string, string[]> = {
  Lager: ['Ove Lund', 'Lis Kjær', 'Kaj Brandt', 'Mia Thorup', 'Jonas Vig', 'Rita Holm', 'Sami Aydin', 'Tom Bech'],
  Montage: ['Birthe Dam', 'Carl Fog', 'Dorte Juul', 'Erik Nord', 'Fatma Kaya', 'Gert Riis'],
  Kontor: ['Hanne Skov', 'Inger Toft'],
};
/** who, days each, day, what for */
const used: [right: number, who: string[], days: number, day: string, about: string][] = [
  [0, ['Lis Kjær', 'Kaj Brandt', 'Mia Thorup'], 3, '2026-03-09', 'Lager og logistik'],
  [0, ['Jonas Vig', 'Sami Aydin'], 2, '2026-04-20', 'Varmt arbejde'],
  [0, ['Birthe Dam', 'Carl Fog', 'Dorte Juul', 'Erik Nord', 'Gert Riis'], 2.5, '2026-05-18', 'Tegningslæsning'],
  [0, ['Fatma Kaya'], 10, '2026-08-17', 'Dansk på arbejdspladsen'],
  [1, ['Ove Lund', 'Rita Holm', 'Tom Bech', 'Lis Kjær', 'Jonas Vig'], 0.5, '2026-10-05', 'Temadag om ergonomi'],
  [1, ['Hanne Skov'], 2, '2026-09-14', 'Regneark'],
];

/** The secret in the last mail to an address. */
async function mailTo(send: Send, address: string, secret: RegExp): Promise<string> {
  const { items } = (await send('GET', '/api/demonstration/mails?limit=200', null)).json<{ items: { to: string; text: string }[] }>();
  return items.map(({ to, text }) => (to === address ? secret.exec(text)?.[1] : undefined)).find((found) => found !== undefined) ?? '';
}

/** A class of three days in the week before, with two seats of the company. @returns its id */
async function holdTruckClass(send: Send, enter: Enter, at: At, company: string): Promise<string> {
  at('2026-11-02T09:10:00+01:00');
  for (const person of ['emil', 'anna']) await enter(person);
  const planned = (
    await send('POST', '/api/classes', 'emil', {
      course: demoId('course', '40011'),
      school: demoId('school', 'b'),
      starts: '2026-11-09',
      ends: '2026-11-11',
      minimum: 2,
      maximum: 12,
      town: 'Tværby',
      place: 'Truckhallen, Industrivej 4',
      sessions: ['2026-11-09', '2026-11-10', '2026-11-11'].map((day) => ({ day, starts: '07:30', ends: '15:00' })),
    })
  ).json<{ id: string }>();
  await send('POST', `/api/classes/${planned.id}/seats`, 'anna', { company, heads: 2 });
  return planned.id;
}

/** Two agreements on job rotation (4.26): one agreed with a job centre, one talked about. @returns the first */
async function agreeOnRotation(send: Send, company: string): Promise<string> {
  const agreed = (
    await send('POST', '/api/rotations', 'anna', {
      company,
      what: 'FVU-dansk til morgenholdet, to formiddage om ugen',
      trainees: 4,
      source: 'job_centre',
      sourceName: 'Jobcenter Tværby',
      peer: 'Pakkelinjen, slibemaskinen og truckens lader',
      peerHours: 16,
      periods: [
        { substitute: 1, firstDay: '2027-01-11', lastDay: '2027-03-26' },
        { substitute: 2, firstDay: '2027-01-18', lastDay: '2027-02-26' },
        { substitute: 2, firstDay: '2027-03-01', lastDay: '2027-03-26' },
      ],
    })
  ).json<Named>();
  await send('PUT', `/api/rotations/${agreed.id}/state`, 'anna', { state: 'agreed' }, 1);
  await send('POST', '/api/rotations', 'anna', {
    company,
    what: 'CNC for to fra montagen',
    trainees: 2,
    source: 'own',
    periods: [{ substitute: 3, firstDay: '2027-04-05', lastDay: '2027-04-16' }],
  });
  return agreed.id;
}

/** A pool that three of the employees govern (4.19): two requests were granted, one was not, two wait. */
async function startPool(send: Send, at: At, token: string): Promise<void> {
  at('2026-11-17T08:10:00+01:00');
  const members = [
    { name: 'Bodil Krag', email: 'bodil@havnenstrae.example', language: 'da' },
    { name: 'Kaj Brandt', email: null, language: 'da' },
    { name: 'Fatma Kaya', email: null, language: 'da' },
  ];
  const { pool } = (await send('POST', '/api/company-page/pool/start', null, { token, name: 'Vores kursuspulje', unit: 'money', amount: 4_000_000, members })).json<{
    pool: { code: string; members: { link: string | null }[] };
  }>();
  const mailed = await mailTo(send, 'bodil@havnenstrae.example', /\/pool-board#([a-z2-7]{32})/);
  const links = pool.members.map(({ link }) => link?.split('#')[1] ?? mailed);
  const asked: [person: string, what: string, why: string, amount: number, votes: [yes: boolean, reason: string][]][] = [
    [
      'Rita Holm',
      'Engelsk om aftenen',
      'Chaufførerne taler engelsk',
      450_000,
      [
        [true, 'Det får vi alle glæde af'],
        [true, 'God idé'],
      ],
    ],
    [
      'Jonas Vig',
      'Kørekort til trailer',
      'Så kan jeg hente selv',
      620_000,
      [
        [true, 'Vi mangler en, der må køre'],
        [false, 'Det burde firmaet betale'],
        [true, 'Enig med Bodil'],
      ],
    ],
    [
      'Carl Fog',
      'Vinsmagning',
      '',
      180_000,
      [
        [false, 'Det er ikke til arbejdet'],
        [false, 'Nej'],
      ],
    ],
    ['Mia Thorup', 'Tegne i 3D', 'Jeg vil gerne hjælpe med tegningerne', 890_000, [[true, 'Hun er dygtig til det']]],
    ['Sami Aydin', 'Dansk for let øvede', '', 300_000, []],
  ];
  for (const [person, what, why, amount, votes] of asked) {
    const request = demoId('pool request', what);
    await send('POST', '/api/pool-form/requests', null, { code: pool.code, request, person, what, why, amount });
    for (const [no, [yes, reason]] of votes.entries()) await send('POST', '/api/pool-board/votes', null, { token: links[no], request, yes, reason });
  }
}

/** Gitte writes what the company keeps on its page; the school says who was there. */
async function fillOwnPage(send: Send, enter: Enter, at: At, { token, held, rotation }: { token: string; held: string; rotation: string }): Promise<void> {
  at('2026-11-17T08:12:00+01:00');
  const own = async (path: string, body: object = {}) =>
    (await send('POST', `/api/company-page/${path}`, null, { token, ...body })).json<{ rights: Named[]; employees: Named[]; seats: { id: string; ends: string }[] }>();
  for (const [team, names] of Object.entries(teams)) await own('employees', { team, names });
  await own('training-rights', { name: 'Ret til uddannelse', days: 14, firstDay: '2026-01-01', lastDay: '2026-12-31', carries: false, advance: 0, remindDays: 60 });
  const page = await own('training-rights', { name: 'Kompetencedage', days: 5, firstDay: '2026-07-01', lastDay: '2027-06-30', carries: true, advance: 1, remindDays: 60 });
  const rights = ['Ret til uddannelse', 'Kompetencedage'].map((name) => page.rights.find((right) => right.name === name)?.id);
  const idOf = (name: string) => page.employees.find((employee) => employee.name === name)?.id;
  for (const [right, who, days, day, about] of used) await own('training-days/book', { right: rights[right], employees: who.map(idOf), days, day, about });
  const seat = (await own('courses')).seats.find(({ ends }) => ends < '2026-11-17')?.id;
  await own('courses/people', { seat, people: [{ name: 'Ove Lund' }, { name: 'Rita Holm' }] });
  await own('training-days/book', { right: rights[0], employees: [idOf('Ove Lund'), idOf('Rita Holm')], days: 3, day: '2026-11-09', seat });
  await own('rotations/people', { rotation, trainees: ['OL', 'RH', 'SA', 'FK'], substitutes: [], trainers: ['LK', 'GR'] });
  await enter('emil');
  const { companies, sessions } = (await send('GET', `/api/classes/${held}/participants`, 'emil')).json<{ companies: { people: Named[] }[]; sessions: { no: number }[] }>();
  const people = companies.flatMap((each) => each.people).map(({ id }) => id);
  for (const { no } of sessions) await send('PUT', `/api/classes/${held}/sessions/${no}/participants`, 'emil', { present: no === 3 ? people.slice(0, 1) : people });
}

/** A timber works with some thirty people, one of whom looks after their training and has its page. */
export async function keepOwnPage(send: Send, enter: Enter, at: At): Promise<void> {
  const [company] = (await send('GET', `/api/companies?search=${encodeURIComponent('Havnens Træindustri')}&limit=1`, 'anna')).json<{ items: Named[] }>().items;
  const id = company?.id ?? '';
  const held = await holdTruckClass(send, enter, at, id);
  at('2026-11-17T08:06:00+01:00');
  await enter('anna');
  const { person, version } = (await send('GET', `/api/companies/${id}/contact-person`, 'anna')).json<{ person: object | null; version: number }>();
  if (person === null) await send('PUT', `/api/companies/${id}/contact-person`, 'anna', { person: demoId('person', 'anna'), note: '' }, version);
  const gitte = { name: 'Gitte Winther', role: 'hr', title: 'Personaleleder', email: 'gitte@havnenstrae.example', basis: 'public_task', source: 'Besøg', reviewOn: '2028-11-17' };
  const contact = (await send('POST', `/api/companies/${id}/contacts`, 'anna', gitte)).json<Named>();
  await send('POST', `/api/companies/${id}/pages`, 'anna', { contact: contact.id, saidYes: true });
  const token = await mailTo(send, gitte.email, /\/company#([\w-]{43})/);
  await startPool(send, at, token);
  const rotation = await agreeOnRotation(send, id);
  await fillOwnPage(send, enter, at, { token, held, rotation });
}
