/** The first days: a guidance corner, visits and their reports, places with turns, and the first afternoon of calling, through the front door as people would do it: calls, meetings, reports and letters are what the product makes of them. */
import type { FastifyInstance } from 'fastify';
import type { MovableClock } from '../src/platform/clock.ts';
import { referOnwards } from './advice.ts';
import { agree } from './agreements.ts';
import { classTable } from './class-files.ts';
import { protectData } from './data-protection.ts';
import { demoId } from './ids.ts';
import { connectSystems } from './machines.ts';
import { keepOwnPage } from './own-page.ts';
import { offerPartnership } from './partnerships.ts';
import { recruit } from './recruitment.ts';
import { people } from './region.ts';

interface Spoken {
  name: string;
  role: 'owner' | 'middle_manager';
  email: string;
}
type Turn = [at: string, person: string, outcome: string, more?: { note?: string; reason?: string; callbackAt?: string; callbackMine?: boolean; person?: Spoken }];
/** A visit: in which week from now, on which of its days with room, and the how-manieth slot there. */
type Visit = [at: string, person: string, visit: { week: number; day: number; slot: number; note: string; wishes: string; spoken: Spoken }];

const owner = (name: string, email = ''): Spoken => ({ name, role: 'owner', email });
const turns: (Turn | Visit)[] = [
  ['2026-11-16T12:40', 'bo', 'no_answer'],
  [
    '2026-11-16T12:44',
    'bo',
    {
      week: 0,
      day: 0,
      slot: 3,
      note: 'Fire svejsere skal have nye certifikater inden påske.',
      wishes: 'Gerne om formiddagen, mens hallen er stille.',
      spoken: owner('Lone Ravn', 'lone@ravn.example'),
    },
  ],
  ['2026-11-16T12:58', 'bo', 'not_now', { reason: 'time', note: 'Travlt til foråret.', person: owner('Peder Bro') }],
  ['2026-11-16T13:06', 'bo', 'no_answer'],
  ['2026-11-16T13:10', 'bo', 'call_back', { note: 'Ejeren er på byggepladsen i dag.', callbackAt: '2026-11-17T09:00:00.000Z', callbackMine: true }],
  ['2026-11-16T13:16', 'bo', { week: 0, day: 2, slot: 5, note: 'To nye på CNC, ingen har papir på det, de kan.', wishes: '', spoken: owner('Karsten Å', 'karsten@firma.example') }],
  ['2026-11-16T13:30', 'bo', 'not_interested', { reason: 'no_need', note: 'Kun ejeren selv i firmaet.' }],
  ['2026-11-16T13:37', 'bo', 'no_answer'],
  ['2026-11-16T13:41', 'bo', 'wrong_number', { note: 'Nummeret hører til en frisør.' }],
  ['2026-11-16T13:45', 'bo', { week: 1, day: 1, slot: 2, note: 'Vil vide, hvad der findes til polske kolleger.', wishes: 'Dansk på arbejdspladsen.', spoken: owner('Birgit Kjær') }],
  ['2026-11-16T13:59', 'anna', 'not_now', { reason: 'internal', note: 'Skifter leder til nytår.' }],
  ['2026-11-16T14:06', 'bo', 'coordinator_needed', { note: 'Bliver købt af et større firma. Hvem skal vi tale med?' }],
  [
    '2026-11-16T14:12',
    'bo',
    { week: 1, day: 3, slot: 4, note: 'En lærling og tre voksne, der læser dårligt.', wishes: 'Taler helst på værkstedet.', spoken: owner('Flemming Dal', 'flemming@dal.example') },
  ],
  ['2026-11-16T14:26', 'bo', 'no_answer'],
  ['2026-11-17T08:02', 'bo', { week: 2, day: 2, slot: 1, note: 'Har aldrig brugt kurser. Vil høre, hvad det koster.', wishes: '', spoken: owner('Susanne Toft', 'susanne@toft.example') }],
  ['2026-11-17T08:14', 'bo', 'no_answer'],
];

/** Where consultants take turns (row 2.11), agreed on before the calling began. */
const places = [
  { name: '3F Limvig', kind: 'union', place: 'Havnegade 2, Limvig', weekday: 4, starts: '09:00', ends: '12:00', people: ['anna', 'karim', 'esra', 'conni'] },
  { name: 'Jobcenter Tværby', kind: 'job_centre', place: 'Rådhuspladsen 1, Tværby', weekday: 1, starts: '12:30', ends: '15:00', people: ['bjarke', 'ditlev', 'maja'] },
];

/** A guidance corner (row 2.28) at the end of the day shift, when no visits are booked, and who came so far. */
const cornerThere = { place: 'Kantinen', every: 1, weekday: 3, from: '2026-11-04', to: '2027-03-31', days: [], starts: '15:30', ends: '17:00', seatMinutes: 15 };
const cornerDays = [
  ['2026-11-04', { droppedIn: 3, booked: 2, topics: { basic_skills: 3, recognition: 2 } }],
  ['2026-11-11', { droppedIn: 4, booked: 3, topics: { courses: 2, basic_skills: 4, recognition: 1 } }],
] as const;

/** Visits of the week before, booked the Friday before that: which of the consultant's slots of that week, or the day where it was agreed on without Vejnet, and what came of it; null: the report is still owed. */
interface Visited {
  person: string;
  company: string;
  slot: number | string;
  said: string;
  spoken: Spoken;
  report: Record<string, unknown> | null;
}
const step = (what: string, owner: string | null, due: string) => ({ what, owner: owner === null ? null : demoId('person', owner), due });
const visits: Visited[] = [
  {
    person: 'anna',
    company: 'Bjergager Træindustri',
    slot: 0,
    said: 'Vil høre om truckcertifikater og om de unge, der gik ud af skolen for tidligt.',
    spoken: owner('Else Bjergager', 'else@bjergager.example'),
    report: {
      kind: 'advice',
      topics: ['certificates', 'basic_skills'],
      needs: [
        { what: 'Truckcertifikat B', term: 'now', fit: 'shelf', field: 'certificates', people: 3 },
        { what: 'Læsning på dansk til arbejdssedler', term: 'this_year', fit: 'tailored', field: 'basic_skills', people: 4 },
        { what: 'En ny værkfører, når Ove går på pension', term: 'later', fit: null, field: 'management', people: 1 },
      ],
      offers: [
        { need: 0, school: demoId('school', 'c'), what: 'Gaffeltruck B, syv dage' },
        { need: 1, school: demoId('school', 'f'), what: 'FVU-dansk på arbejdspladsen' },
      ],
      barriers: ['too_few', 'tailoring', 'varied_production'],
      employeeBarriers: ['personal', 'practical'],
      people: [
        { name: 'Else Bjergager', role: 'Ejer' },
        { name: 'Ove Lund', role: 'Værkfører' },
      ],
      about: 'Tre mangler truckcertifikat inden foråret. Fire læser arbejdssedlerne forkert, og det koster træ hver uge. Else vil gerne have undervisningen på fabrikken, før morgenvagten begynder.',
      agreed: 'Else får et bud på begge dele. Ove spørger folkene, hvem der vil være med.',
      nextSteps: [
        step('Send bud på truckcertifikat', 'anna', '2026-11-18'),
        step('Ring til Ove om FVU-dansk', 'karim', '2026-11-19'),
        step('Spørg folkene, hvem der vil være med', null, '2026-11-24'),
      ],
      minutes: 100,
      km: 14,
      note: 'De havde to mand på svejsekursus hos os sidste år og var glade for det.',
    },
  },
  {
    person: 'karim',
    company: 'Dalsgaard Bageri',
    slot: '2026-11-11',
    said: 'Bageren har mange, der taler forskellige sprog.',
    spoken: owner('Ib Dalsgaard'),
    report: {
      kind: 'guidance',
      topics: ['basic_skills', 'experience'],
      needs: [{ what: 'Dansk til fem fra natholdet', term: 'now', fit: 'tailored', field: 'basic_skills', people: 5 }],
      offers: [],
      barriers: ['bad_school_experience', 'guidance_time'],
      employeeBarriers: ['personal', 'economic'],
      people: [{ name: 'Ib Dalsgaard', role: 'Ejer' }],
      about: 'Natholdet taler fire sprog. To af dem har været bagere i tyve år uden papir på det.',
      agreed: 'Vi ser på, hvad de to kan i forvejen, og vender tilbage.',
      partner: 'Jobcenter Tværby',
      nextSteps: [step('Aftal en samtale om, hvad de to kan', 'karim', '2026-11-16')],
      minutes: 150,
      km: 42,
    },
  },
  {
    person: 'anna',
    company: 'Egelund Vinduer',
    slot: 1,
    said: 'Værkføreren vil høre, om voksne kan blive tømrere uden at begynde forfra.',
    spoken: owner('Mona Egelund', 'mona@egelund.example'),
    report: null,
  },
];

/** Consultants meet every second Thursday (row 2.27): one meeting was held, the next one is on Thursday with two reports on its agenda. */
const gatherings = {
  name: 'Konsulentmøde',
  every: 2,
  weekday: 4,
  starts: '09:00',
  ends: '11:30',
  from: '2026-11-05',
  to: null,
  schools: ['a', 'b', 'c', 'd', 'e', 'f'].map((key) => demoId('school', key)),
};
const saidThere = [
  ['minute', 'Vi begynder med rapporterne hver gang og deler opgaverne, før vi går.'],
  ['decision', 'Den, der har ledige pladser, byder ind. Vi ser ikke på, hvem der fandt firmaet.'],
  ['minute', 'Bageren i Toftlund vil have en fast dag i kantinen.'],
] as const;
const suggested = [
  ['karim', 'Hvad gør I, når firmaet vil have undervisning om natten?', true],
  ['anna', 'Hvem har en lærer i gaffeltruck i januar?', false],
] as const;

/** Two shop stewards gather wishes (row 2.14): one form is over and will be counted, one runs. What each ticked on the phone, and on paper. */
const wishes = [
  {
    company: 'Bjergager Træindustri',
    at: '2026-11-02T10:20:00+01:00',
    form: { template: 'production', own: ['Slibe og lakere'], firstDay: '2026-11-03', lastDay: '2026-11-13', steward: { name: 'Tove Lind', email: 'tove@bjergager.example', language: 'da' } },
    phone: [
      'truck machines',
      'truck papers',
      'reading danish',
      'own1',
      'truck',
      'maths',
      'papers skilled',
      'machines own1',
      'danish reading',
      'truck safety',
      'skilled',
      '',
      'own1 quality',
      'machines',
      'reading',
      'truck own1',
      'danish',
      'papers',
      'machines quality',
      'reading danish computer',
      'own1 truck',
      'skilled papers',
      'machines safety',
      'reading',
    ],
    paper: ['reading', 'truck', 'maths reading', 'own1 machines'],
  },
  {
    company: 'Toftlund Bageri',
    at: '2026-11-13T13:10:00+01:00',
    form: {
      template: 'reading_and_maths',
      own: ['Bage uden mel i luften'],
      firstDay: '2026-11-16',
      lastDay: '2026-12-04',
      steward: { name: 'Yusuf Demir', email: 'yusuf@toftlund.example', language: 'da' },
    },
    phone: ['reading', 'danish english', 'computer'],
    paper: ['maths'],
  },
];

/** A future workshop that was held and a theme day to come (row 2.41), with whoever signed up. */
type Party = readonly [company: string, person: string, role: string, count: number];
const events = {
  workshop: {
    kind: 'future_workshop',
    title: 'Hvad skal vi kunne om fem år?',
    text: 'Firmaer fra hele fjorden tegner sammen, hvad deres folk får brug for. Ingen sælger noget.',
    place: 'Kantinen, Havnegade 12, Limvig',
    day: '2026-10-29',
    starts: '13:00',
    ends: '15:30',
    host: 'a',
    seats: 24,
    forWhom: 'Ledere og tillidsrepræsentanter',
    open: true,
  },
  there: [
    ['Nørremark Tømrer', 'Kaj Nørremark', 'Mester', 2],
    ['Møllebæk Vognmandsforretning', 'Rita Møllebæk', 'Ejer', 1],
    ['Hedelund Gartneri', 'Svend Hede', 'Gartner', 3],
    ['Fuglsang Autoteknik', 'Olga Fugl', 'Værkfører', 2],
    ['Skovly Brød & Kager', 'Nina Skov', 'Ejer', 1],
  ] satisfies Party[],
  absent: 'Skovly Brød & Kager',
  themeDay: {
    kind: 'theme_day',
    title: 'Kunstig intelligens på værkstedet',
    text: 'Tre små firmaer viser, hvad de bruger den til, og hvad de lod være med.',
    place: 'Auditoriet, Industrivej 4, Tværby',
    day: '2026-12-03',
    starts: '13:00',
    ends: '16:00',
    host: 'b',
    seats: 8,
    forWhom: 'Små firmaer, der er nysgerrige',
    open: true,
  },
  next: [
    ['Åbro Tømrer & Snedker', 'Finn Åbro', 'Ejer', 3],
    ['Møllebæk Vognmandsforretning', 'Rita Møllebæk', 'Ejer', 2],
    ['Værkstedet på Havnen', 'Lis Havn', 'Mekaniker', 3],
    ['Hedelund Gartneri', 'Svend Hede', 'Gartner', 2],
  ] satisfies Party[],
};

/** A number drawn by lot, the same at every build. */
const sheetOf = (key: string) => demoId('sheet', key).replace('-7', '-4');

/** Plays the days on a demonstration that was built just now; its clock is back where it stood afterwards. */
export async function makeFirstDays(app: FastifyInstance, clock: MovableClock): Promise<void> {
  const resume = clock.offsetTo(clock.now());
  const campaign = demoId('campaign', 'metal');
  const sessions = new Map<string, string>();
  const send = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, person: string | null, payload?: object, seen?: number, brought?: { name: string; value: string }) => {
    const cookie = brought !== undefined ? `${brought.name}=${brought.value}` : person === null ? undefined : sessions.get(person);
    const answer = await app.inject({
      method,
      url,
      ...(payload === undefined ? {} : { payload }),
      headers: { ...(cookie === undefined ? {} : { cookie }), ...(seen === undefined ? {} : { 'if-match': `"${seen}"` }) },
    });
    if (answer.statusCode >= 300) throw new Error(`the demonstration's first days: ${method} ${url} answered ${answer.statusCode} ${answer.body}`);
    return answer;
  };
  const picked = new Set(people.filter((each) => each.picked).map(({ key }) => key));
  /** Whoever cannot be picked signs in as everywhere else. */
  const byMail = async (email: string) => {
    const [asked] = (await send('POST', '/api/sign-in', null, { email })).cookies;
    const { items } = (await send('GET', '/api/demonstration/mails', null)).json();
    const code = /\d{6}/.exec(items.find((mail: { to: string; subject: string }) => mail.to === email && /\d{6}/.test(mail.subject))?.subject ?? '')?.[0];
    return send('POST', '/api/session', null, { email, code }, undefined, asked);
  };
  const enter = async (person: string) => {
    if (sessions.has(person)) return;
    const { cookies } = await (picked.has(person) ? send('POST', '/api/session/demo', null, { person }) : byMail(`${person}@fjordegnen.example`));
    const cookie = cookies.find(({ value }) => value !== '');
    sessions.set(person, `${cookie?.name}=${cookie?.value}`);
  };
  const signOut = async () => {
    for (const person of sessions.keys()) await send('DELETE', '/api/session', person);
    sessions.clear();
  };
  const visit = async ({ person, company, slot, said, spoken, report }: Visited) => {
    clock.move(clock.offsetTo(new Date('2026-11-06T09:00:00+01:00')));
    await enter(person);
    const found = (await send('GET', `/api/companies?search=${encodeURIComponent(company)}`, person)).json().items[0];
    if (typeof slot === 'string') {
      clock.move(clock.offsetTo(new Date(`${slot}T14:30:00+01:00`)));
      await send('POST', `/api/visit-drafts/${demoId('draft', company)}/report`, person, { company: found.id, meeting: null, visitedOn: slot, ...report }, 0);
      return;
    }
    const { days } = (await send('GET', `/api/companies/${found.id}/slots?week=2026-11-09`, person)).json();
    const slots: { choice: string; consultant: string; start: string; end: string }[] = days.flatMap((each: { slots: unknown[] }) => each.slots);
    const own = slots.filter(({ consultant }) => consultant === people.find(({ key }) => key === person)?.name);
    const chosen = own[slot % own.length] ?? slots[slot % slots.length];
    if (chosen === undefined) throw new Error(`${company} can get no meeting in the first week`);
    const { choice, start, end } = chosen;
    const contact = { ...spoken, email: spoken.email, phone: found.phone ?? '' };
    const { id } = (await send('POST', `/api/companies/${found.id}/meetings`, person, { choice, handover: { said, place: `${found.address}, ${found.town}`, contact } })).json();
    // Where the rule chose a colleague, the meeting is given on, as people do.
    if (own.length === 0) {
      await enter('camilla');
      await send('PUT', `/api/meetings/${id}/lead`, 'camilla', { person: demoId('person', person), because: 'time' }, 1);
    }
    if (report === null) return;
    clock.move(clock.offsetTo(new Date(new Date(end).getTime() + 1_800_000)));
    await send('POST', `/api/visit-drafts/${id}/report`, person, { company: found.id, meeting: id, visitedOn: start.slice(0, 10), ...report }, 0);
  };
  const openCorner = async () => {
    clock.move(clock.offsetTo(new Date('2026-11-02T08:30:00+01:00')));
    await enter('anna');
    const [company] = (await send('GET', '/api/companies?search=Toftlund%20Bageri&limit=1', 'anna')).json().items;
    const corner = (await send('POST', '/api/corners', 'anna', { ...cornerThere, company: company.id, consultant: demoId('person', 'anna') })).json();
    const { link } = (await send('PUT', `/api/corners/${corner.id}/address`, 'anna')).json();
    for (const [day, came] of cornerDays) {
      clock.move(clock.offsetTo(new Date(`${day}T17:10:00+01:00`)));
      await send('PUT', `/api/corners/${corner.id}/days/${day}/visits`, 'anna', came, 1);
    }
    for (const seat of [1, 4]) await send('POST', '/api/corner/seats', null, { token: link.split('#')[1], day: '2026-11-18', seat });
  };
  const gatherWishes = async () => {
    for (const { company, at, form, phone, paper } of wishes) {
      clock.move(clock.offsetTo(new Date(at)));
      await enter('anna');
      const [found] = (await send('GET', `/api/companies?search=${encodeURIComponent(company)}&limit=1`, 'anna')).json().items;
      const { code } = (await send('POST', '/api/wish-forms', 'anna', { ...form, company: found.id })).json();
      const { items } = (await send('GET', '/api/demonstration/mails', null)).json();
      const token = /wish-steward#([a-z2-7]{32})/.exec(items.find((mail: { to: string }) => mail.to === form.steward.email)?.text ?? '')?.[1];
      clock.move(clock.offsetTo(new Date(`${form.firstDay}T09:30:00+01:00`)));
      const topicsIn = (ticked: string) => ticked.split(' ').filter((topic) => topic !== '');
      for (const [no, ticked] of phone.entries()) await send('POST', '/api/wishes/answers', null, { code, sheet: sheetOf(`${company} ${no}`), topics: topicsIn(ticked) });
      for (const [no, ticked] of paper.entries()) await send('POST', '/api/wish-steward/papers', null, { token, sheet: sheetOf(`${company} paper ${no}`), topics: topicsIn(ticked) });
    }
  };
  const planEvent = async (at: string, { host, ...facts }: { host: string }, parties: readonly Party[]) => {
    clock.move(clock.offsetTo(new Date(at)));
    await enter('camilla');
    const event = (await send('POST', '/api/events', 'camilla', { ...facts, host: demoId('school', host) })).json();
    for (const [companyName, person, role, count] of parties) {
      const [found] = (await send('GET', `/api/companies?search=${encodeURIComponent(companyName)}&limit=1`, 'camilla')).json().items;
      const email = `${person.split(' ')[0]?.toLowerCase()}@firma.example`;
      await send('POST', `/api/open-events/${event.id}/participants`, null, { companyName, cvr: found?.cvr ?? null, person, role, email, count });
    }
    return `/api/events/${event.id}`;
  };
  const holdEvents = async () => {
    const workshop = await planEvent('2026-10-19T10:00:00+02:00', events.workshop, events.there);
    clock.move(clock.offsetTo(new Date('2026-10-29T15:40:00+01:00')));
    await enter('anna');
    for (const { id, companyName, count, version } of (await send('GET', workshop, 'anna')).json().participants)
      await send('PUT', `${workshop}/participants/${id}/attendance`, 'anna', { came: companyName !== events.absent, count }, version);
    // Sessions last two weeks.
    await signOut();
    await planEvent('2026-11-02T08:00:00+01:00', events.themeDay, events.next);
  };
  const meet = async () => {
    clock.move(clock.offsetTo(new Date('2026-11-02T09:00:00+01:00')));
    await enter('camilla');
    await send('POST', '/api/consultant-meeting-series', 'camilla', gatherings);
    const [held] = (await send('GET', '/api/consultant-meetings', 'camilla')).json();
    const at = `/api/consultant-meetings/${held.id}`;
    clock.move(clock.offsetTo(new Date('2026-11-05T09:00:00+01:00')));
    await send('PUT', `${at}/begun`, 'camilla');
    for (const person of ['anna', 'karim', 'esra', 'conni']) await send('PUT', `${at}/people/${demoId('person', person)}`, 'camilla', { present: true });
    for (const [kind, text] of saidThere) await send('POST', `${at}/minutes`, 'camilla', { kind, text });
    const [company] = (await send('GET', '/api/companies?search=Toftlund%20Bageri&limit=1', 'camilla')).json().items;
    await send('POST', '/api/tasks', 'camilla', { company: company.id, what: 'Aftal en fast dag i kantinen', owner: demoId('person', 'anna'), due: '2026-11-25', meeting: held.id });
    clock.move(clock.offsetTo(new Date('2026-11-05T11:20:00+01:00')));
    await send('PUT', `${at}/closed`, 'camilla', undefined, 2);
  };
  /** A large company says which of its subcontractors to visit, and holds seats for them (row 2.29). */
  const nameSuppliers = async () => {
    clock.move(clock.offsetTo(new Date('2026-11-12T10:15:00+01:00')));
    await enter('camilla');
    const [large] = (await send('GET', `/api/companies?search=${encodeURIComponent('Lyngbjerg Maskinteknik')}&limit=1`, 'camilla')).json().items;
    const contact = (
      await send('POST', `/api/companies/${large.id}/contacts`, 'camilla', {
        name: 'Else Krogh',
        role: 'hr',
        email: '',
        phone: '',
        basis: 'public_task',
        source: 'Møde med virksomheden den 12. november',
        reviewOn: '2028-11-12',
      })
    ).json();
    const smiths = (await send('GET', '/api/companies?industry=DB25:25&size=sme&limit=9', 'camilla')).json().items.filter(({ id }: { id: string }) => id !== large.id);
    const [byName] = (await send('GET', '/api/companies?industry=DB25:28&size=sme&limit=1', 'camilla')).json().items;
    const list = (
      await send('POST', '/api/supplier-lists', 'camilla', {
        company: large.id,
        contact: contact.id,
        introduction: `Else Krogh hos ${large.name} sagde, at vi skulle besøge jer. De holder fem pladser til deres underleverandører.`,
        held: { seats: 5, course: 'Svejsning, certifikat', until: '2027-01-29' },
        lines: [
          ...smiths.map(({ cvr, name, town }: { cvr: string; name: string; town: string }) => [cvr, name, town].join('; ')),
          [byName.name, byName.town].join('; '),
          'Østerå Lak & Pulver; Østerå',
          [smiths[0].cvr, smiths[0].name].join('; '),
        ].join('\n'),
      })
    ).json();
    clock.move(clock.offsetTo(new Date('2026-11-13T14:05:00+01:00')));
    const open: { id: string; version: number }[] = list.lines.filter(({ company, available }: { company: object | null; available: boolean }) => company !== null && available);
    const wanted = [2, 0, 1];
    for (const [at, { id, version }] of open.slice(0, wanted.length).entries())
      await send('PUT', `/api/supplier-lists/${list.id}/suppliers/${id}/outcome`, 'camilla', { contacted: true, seats: wanted[at] }, version);
    // The seats are held in a class of the welding course, and the first company takes its two out of the hold.
    const held = (await send('PUT', `/api/supplier-lists/${list.id}/class`, 'camilla', { class: demoId('class', 14) }, list.version)).json();
    const first = held.lines.find(({ id }: { id: string }) => id === open[0]?.id);
    await send('POST', `/api/supplier-lists/${list.id}/suppliers/${first.id}/seats`, 'camilla', { seats: 2 }, first.version);
  };
  /** A neutral adviser hands two companies over on a page of her own (row 2.30). */
  const advise = async () => {
    clock.move(clock.offsetTo(new Date('2026-11-13T09:00:00+01:00')));
    await enter('anna');
    const email = 'mette@erhvervshus-fjordegnen.example';
    await send('POST', '/api/advisers', 'anna', { organisation: 'Erhvervshus Fjordegnen', name: 'Mette Lund', email, saidYes: true });
    await send('POST', '/api/advisers', 'anna', { organisation: 'Lean-netværket Vest', name: 'Jens Aagaard', email: 'jens@lean-vest.example', saidYes: true });
    const mails = (await send('GET', '/api/demonstration/mails?limit=200', null)).json().items;
    const token = /\/adviser#([\w-]{43})/.exec(mails.find(({ to }: { to: string }) => to === email)?.text ?? '')?.[1];
    const [known] = (await send('GET', `/api/companies?search=${encodeURIComponent('Enghave')}&limit=1`, 'anna')).json().items;
    clock.move(clock.offsetTo(new Date('2026-11-16T15:30:00+01:00')));
    await send('POST', '/api/adviser-page/handovers', null, {
      token,
      cvr: known.cvr,
      companyName: known.name,
      town: known.town,
      personName: 'Ole Enghave',
      phone: '00 44 21 09',
      said: 'Vi har set på spild i værkstedet. Holdlederne mangler ord og tal til tavlemøderne, og to læser dårligt.',
      promised: 'At en konsulent ringer i denne uge, og at det ikke koster noget at tale.',
      agreed: true,
    });
    clock.move(clock.offsetTo(new Date('2026-11-17T07:40:00+01:00')));
    await send('POST', '/api/adviser-page/handovers', null, {
      token,
      companyName: 'Havnens Pakkeri',
      town: 'Nordhavn',
      personName: 'Rikke Storm',
      email: 'rikke@havnens-pakkeri.example',
      said: 'De får en ny pakkelinje til februar og skal lære ti folk op.',
      agreed: true,
    });
  };
  /** A manager sends next spring's classes, and has not written them yet (row 4.01): the file is read when the house begins to work. */
  const sendClasses = async () => {
    clock.move(clock.offsetTo(new Date('2026-11-17T08:05:00+01:00')));
    await enter('emil');
    await app.inject({
      method: 'POST',
      url: '/api/class-files?fileName=hold-foraar-2027.csv',
      payload: classTable,
      headers: { cookie: sessions.get('emil') ?? '', 'content-type': 'application/octet-stream' },
    });
  };
  /** After the visits: what waits for the next meeting, and a group of two schools around a company that takes more than one. */
  const prepare = async () => {
    clock.move(clock.offsetTo(new Date('2026-11-16T08:40:00+01:00')));
    const [next] = (await send('GET', '/api/consultant-meetings', 'anna')).json();
    for (const [person, text, learning] of suggested) {
      await enter(person);
      await send('POST', `/api/consultant-meetings/${next.id}/items`, person, { text, learning });
    }
    const facts = {
      title: next.title,
      day: next.day,
      starts: gatherings.starts,
      ends: gatherings.ends,
      host: next.host.id,
      place: 'Lokale 12, over kantinen',
      tour: 'De nye svejsekabiner, før kaffen',
    };
    await send('PUT', `/api/consultant-meetings/${next.id}`, 'camilla', facts, next.version);
    const [company] = (await send('GET', '/api/companies?search=Bjergager%20Tr%C3%A6industri&limit=1', 'anna')).json().items;
    const group = (
      await send('POST', '/api/working-groups', 'anna', {
        company: company.id,
        purpose: 'Et samlet forløb i truck og dansk, som kan ligge før morgenvagten',
        criteria: ['complex', 'cross_institutional'],
        members: ['anna', 'karim', 'conni'].map((key) => demoId('person', key)),
        lead: demoId('person', 'anna'),
      })
    ).json();
    await send('POST', '/api/tasks', 'karim', { company: company.id, what: 'Find et lokale på fabrikken', owner: demoId('person', 'karim'), due: '2026-11-27', group: group.id });
    await send('POST', '/api/tasks', 'anna', { company: company.id, what: 'Spørg, om to hold kan køre samtidig', owner: null, due: '2026-12-04' });
  };
  /** A school has said when it leaves; a company that somebody follows has gone under; another one would rather be rung than visited on that day. */
  const leaveAndClose = async () => {
    clock.move(clock.offsetTo(new Date('2026-11-17T07:55:00+01:00')));
    for (const person of ['camilla', 'conni']) await enter(person);
    const leaving = (await send('GET', `/api/schools/${demoId('school', 'd')}`, 'camilla')).json();
    await send('PUT', `/api/schools/${leaving.id}/last-day`, 'camilla', { lastDay: '2027-06-30' }, leaving.version);
    const { items } = (await send('GET', '/api/companies?status=all&limit=200', 'camilla')).json();
    const closed = items.find(({ status, source }: { status: string; source: string }) => status === 'ceased' && source === 'cvr');
    if (closed !== undefined) {
      await send('PUT', `/api/companies/${closed.id}/contact-person`, 'conni', { person: demoId('person', 'conni'), note: '' }, 0);
      await send('POST', '/api/tasks', 'conni', { company: closed.id, what: 'Find ud af, hvem der har taget folkene over', owner: demoId('person', 'conni'), due: '2026-11-27' });
    }
    // Whoever was to come cannot: a deviation from the rule, with its reason (row 3.05).
    for (const { id } of (await send('GET', '/api/meetings?from=2026-11-17', 'camilla')).json()) {
      const meeting = (await send('GET', `/api/meetings/${id}`, 'camilla')).json();
      if (meeting.contact.name !== 'Susanne Toft') continue;
      const candidates: { id: string; school: string | null; hindered: string | null }[] = (await send('GET', `/api/meetings/${id}/candidates`, 'camilla')).json();
      const other = candidates.find(({ school, hindered }) => hindered === null && school !== null && school !== meeting.staff[0].school);
      if (other !== undefined) await send('PUT', `/api/meetings/${id}/lead`, 'camilla', { person: other.id, because: 'illness' }, meeting.version);
    }
    const mails: { to: string; text: string }[] = (await send('GET', '/api/demonstration/mails?limit=200', null)).json().items;
    const token = mails.map(({ to, text }) => (to === 'flemming@dal.example' ? /\/meeting#([a-z2-7]{32})/.exec(text)?.[1] : undefined)).find((found) => found !== undefined);
    if (token !== undefined) await send('POST', '/api/meeting-link/ring', null, { token, said: 'Værkstedet er lukket den dag. Ring hellere, så finder vi ud af det.' });
  };
  /** Frida’s company wants truck certificates; she gets its own page. The coordinator has asked two schools about a move, and for classes for the whole pool. */
  const openPage = async () => {
    clock.move(clock.offsetTo(new Date('2026-11-17T08:05:00+01:00')));
    await enter('anna');
    const pool: { what: string; company: { id: string } }[] = (await send('GET', '/api/pooled-needs?limit=200', 'anna')).json().items;
    const company = pool.find(({ what }) => what === 'Truckcertifikat til lageret')?.company.id;
    await send('PUT', `/api/companies/${company}/contact-person`, 'anna', { person: demoId('person', 'anna'), note: '' }, 0);
    const frida = { name: 'Frida Møller', role: 'leader', title: 'Værkstedsleder', email: 'frida@vaerkstedet.example', basis: 'public_task', source: 'Opkald', reviewOn: '2028-11-17' };
    const contact = (await send('POST', `/api/companies/${company}/contacts`, 'anna', frida)).json();
    await send('POST', `/api/companies/${company}/pages`, 'anna', { contact: contact.id, saidYes: true });
    const mails: { to: string; text: string }[] = (await send('GET', '/api/demonstration/mails?limit=200', null)).json().items;
    const token = mails.map(({ to, text }) => (to === frida.email ? /\/company#([\w-]{43})/.exec(text)?.[1] : undefined)).find((found) => found !== undefined);
    if (company !== undefined && token !== undefined) await offerPartnership(send, company, token);
    await enter('dorte');
    const card = {
      school: demoId('school', 'a'),
      company,
      name: 'Klippekort til rådgivning, fem timer',
      units: 5,
      price: 475_000,
      vat: 25,
      validFrom: '2026-11-16',
      validTo: '2027-11-15',
      schools: [],
    };
    const sold = (await send('POST', '/api/punch-cards', 'dorte', card)).json();
    await send('POST', `/api/punch-cards/${sold.id}/uses`, 'anna', {
      entry: demoId('punch entry', 'page'),
      school: demoId('school', 'a'),
      units: 1,
      about: 'Overblik over certifikater på lageret',
      day: '2026-11-17',
    });
    await send('POST', '/api/training-agreements', 'anna', {
      company,
      school: demoId('school', 'a'),
      source: 'call',
      agreedOn: '2026-11-16',
      note: 'De vil helst af sted i uge 49.',
      courses: [{ course: demoId('course', '40011'), class: demoId('class', 0), people: 3, seats: 3 }],
    });
    await enter('camilla');
    await send('POST', `/api/seats/${demoId('seat', '18 0')}/moves`, 'camilla', { to: demoId('class', '17') });
    await send('PUT', `/api/schools/${demoId('school', 'a')}/running-limits`, 'camilla', { rooms: [{ town: 'Limvig', rooms: 3 }], teachers: [{ field: 'certificates', teachers: 2 }] }, 0);
    await send('POST', '/api/pool-plans', 'camilla', { seconds: 10 });
  };
  try {
    await holdEvents();
    await openCorner();
    await gatherWishes();
    await meet();
    for (const each of visits) await visit(each);
    await referOnwards(send, enter, (instant) => clock.move(clock.offsetTo(new Date(instant))));
    clock.move(clock.offsetTo(new Date('2026-11-16T08:30:00+01:00')));
    await enter('camilla');
    for (const { people, ...place } of places) await send('POST', '/api/rotas', 'camilla', { ...place, from: '2026-11-16', to: null, people: people.map((key) => demoId('person', key)) });
    await prepare();
    await nameSuppliers();
    await advise();
    await agree(send, enter, (instant) => clock.move(clock.offsetTo(new Date(instant))));
    await recruit(send, enter, (instant) => clock.move(clock.offsetTo(new Date(instant))));
    for (const [at, person, what, more = {}] of turns) {
      clock.move(clock.offsetTo(new Date(`${at}:00+01:00`)));
      await enter(person);
      const { card } = (await send('POST', `/api/calls/campaigns/${campaign}/next`, person)).json();
      const item = `/api/calls/items/${card.item}`;
      if (typeof what === 'string') {
        await send('POST', `${item}/outcome`, person, { leaseNo: card.leaseNo, outcome: what, ...more });
        continue;
      }
      const asked = `${item}/slots?leaseNo=${card.leaseNo}`;
      const { weeks } = (await send('GET', asked, person)).json();
      const { days } = (await send('GET', `${asked}&week=${weeks[what.week].week}`, person)).json();
      const open: { slots: { choice: string }[] }[] = days.filter(({ slots }: { slots: unknown[] }) => slots.length > 0);
      const slots = open[what.day % open.length]?.slots ?? [];
      await send('POST', `${item}/meeting`, person, { leaseNo: card.leaseNo, choice: slots[what.slot % slots.length]?.choice, note: what.note, wishes: what.wishes, person: what.spoken });
    }
    clock.move(clock.offsetTo(new Date('2026-11-17T07:50:00+01:00')));
    const [{ key }] = (await send('GET', '/api/open-centres', null)).json().filter(({ name }: { name: string }) => name.includes('Fjordegnen'));
    const [asks] = (await send('GET', `/api/companies?search=${encodeURIComponent('Bjergager Træindustri')}`, 'camilla')).json().items;
    await send('POST', `/api/open-centres/${key}/enquiries`, null, {
      companyName: asks.name,
      cvr: asks.cvr,
      personName: 'Else Bjergager',
      email: 'else@bjergager.example',
      said: 'To af vores folk vil gerne have papir på det, de kan. Hvem taler vi med?',
    });
    await send('POST', '/api/enquiries', 'camilla', {
      channel: 'tip',
      companyName: 'Enghave Kølehuse',
      source: '3F Limvig',
      reason: 'downturn',
      urgent: true,
      said: 'De sender folk hjem hver fredag indtil nytår. Tiden kunne bruges til kurser.',
    });
    // Ruth teaches a class in December, and has just said that she cannot be there for two of its days.
    await send('POST', `/api/teachers/${demoId('teacher', 'ruth')}/classes`, 'camilla', { class: demoId('class', 2) });
    await send('POST', `/api/teachers/${demoId('teacher', 'ruth')}/absences`, 'camilla', { from: '2026-12-15', to: '2026-12-16' });
    await leaveAndClose();
    await sendClasses();
    await openPage();
    await keepOwnPage(send, enter, (instant) => clock.move(clock.offsetTo(new Date(instant))));
    await protectData(send, enter, (instant) => clock.move(clock.offsetTo(new Date(instant))));
    await connectSystems(
      send,
      enter,
      (key) => app.inject({ method: 'GET', url: '/api/session', headers: { authorization: `Bearer ${key}` } }),
      (instant) => clock.move(clock.offsetTo(new Date(instant))),
    );
    await signOut();
  } finally {
    clock.move(resume);
  }
}
