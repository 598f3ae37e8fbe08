/** The first days: a guidance corner, places with turns, and the first afternoon of calling, through the front door as people would do it: calls, meetings and letters are what the product makes of them. */
import type { FastifyInstance } from 'fastify';
import type { MovableClock } from '../src/platform/clock.ts';
import { demoId } from './ids.ts';

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

/** Plays the turns on a demonstration that was built just now; its clock is back where it stood afterwards. */
export async function makeFirstCalls(app: FastifyInstance, clock: MovableClock): Promise<void> {
  const resume = clock.offsetTo(clock.now());
  const campaign = demoId('campaign', 'metal');
  const sessions = new Map<string, string>();
  const send = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, person: string | null, payload?: object) => {
    const cookie = person === null ? undefined : sessions.get(person);
    // Nobody edits anything twice here.
    const headers = { ...(cookie === undefined ? {} : { cookie }), ...(method === 'PUT' ? { 'if-match': '"1"' } : {}) };
    const answer = await app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
    if (answer.statusCode >= 300) throw new Error(`the demonstration's first calls: ${method} ${url} answered ${answer.statusCode} ${answer.body}`);
    return answer;
  };
  const enter = async (person: string) => {
    if (sessions.has(person)) return;
    const [cookie] = (await send('POST', '/api/session/demo', null, { person })).cookies;
    sessions.set(person, `${cookie?.name}=${cookie?.value}`);
  };
  try {
    clock.move(clock.offsetTo(new Date('2026-11-02T08:30:00+01:00')));
    await enter('anna');
    const [company] = (await send('GET', '/api/companies?search=Toftlund%20Bageri&limit=1', 'anna')).json().items;
    const corner = (await send('POST', '/api/corners', 'anna', { ...cornerThere, company: company.id, consultant: demoId('person', 'anna') })).json();
    const { link } = (await send('PUT', `/api/corners/${corner.id}/address`, 'anna')).json();
    for (const [day, visits] of cornerDays) {
      clock.move(clock.offsetTo(new Date(`${day}T17:10:00+01:00`)));
      await send('PUT', `/api/corners/${corner.id}/days/${day}/visits`, 'anna', visits);
    }
    for (const seat of [1, 4]) await send('POST', '/api/corner/seats', null, { token: link.split('#')[1], day: '2026-11-18', seat });
    clock.move(clock.offsetTo(new Date('2026-11-16T08:30:00+01:00')));
    await enter('camilla');
    for (const { people, ...place } of places) await send('POST', '/api/rotas', 'camilla', { ...place, from: '2026-11-16', to: null, people: people.map((key) => demoId('person', key)) });
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
    for (const person of sessions.keys()) await send('DELETE', '/api/session', person);
  } finally {
    clock.move(resume);
  }
}
