import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { routes } from '../src/app/routes.ts';
import type { Endpoint } from '../src/kit/endpoint.ts';
import { addContact } from '../src/modules/companies/contacts/contract.ts';
import { routes as contacts } from '../src/modules/companies/contacts/server/routes.ts';
import { routes as imports } from '../src/modules/companies/imports/server/routes.ts';
import { routes as register } from '../src/modules/companies/register/server/routes.ts';
import { routes as timeline } from '../src/modules/companies/timeline/server/routes.ts';
import { routes as audit } from '../src/modules/organisation/audit/server/routes.ts';
import { routes as centre } from '../src/modules/organisation/centre/server/routes.ts';
import { routes as people } from '../src/modules/organisation/people/server/routes.ts';
import { routes as profiles } from '../src/modules/organisation/profiles/server/routes.ts';
import { routes as schools } from '../src/modules/organisation/schools/server/routes.ts';
import { routes as signIn } from '../src/modules/organisation/sign-in/server/routes.ts';
import { routes as teams } from '../src/modules/organisation/teams/server/routes.ts';
import { routes as calendar } from '../src/modules/outreach/calendar/server/routes.ts';
import { routes as calls } from '../src/modules/outreach/calls/server/routes.ts';
import { routes as campaigns } from '../src/modules/outreach/campaigns/server/routes.ts';
import { routes as capacity } from '../src/modules/outreach/capacity/server/routes.ts';
import { routes as desk } from '../src/modules/outreach/desk/server/routes.ts';
import { routes as hearing } from '../src/modules/outreach/hearing/server/routes.ts';
import { routes as meetings } from '../src/modules/outreach/meetings/server/routes.ts';
import { routes as progress } from '../src/modules/outreach/progress/server/routes.ts';
import { tenantTables } from './architecture/rls.ts';
import { testApp } from './support/app.ts';
import { seen } from './support/ask.ts';
import { deadline, plan } from './support/campaigns.ts';
import { asTable, bring, sendFile } from './support/company-files.ts';
import { makeCentre, makePerson, someCvr } from './support/factory.ts';
import { book, handover, makeBookable, slotsFor } from './support/meetings.ts';
import { queuedCampaign } from './support/queues.ts';

const app = await testApp();
const made = await makeCentre(app);
const { anna, bo, camilla, dorte, karen, other } = made;
const organisation = [...signIn, ...people, ...profiles, ...schools, ...centre, ...teams, ...audit].map(({ endpoint }) => endpoint);
const hidden = 'Hemmelig';

/** Something of everything in the first centre, written the way its people would. */
async function fill(): Promise<Record<string, string>> {
  const { schools: at, organisation: processor } = made.centre;
  const by = (person: { token: string }) => app.request(person);
  const good = async (asked: ReturnType<ReturnType<typeof by>['post']>) => {
    const answer = await asked;
    expect(answer.status, answer.text).toBeLessThan(300);
    return answer.body;
  };
  await good(
    by(dorte).put(`/api/schools/${at.a}`, { name: `${hidden} skole`, kind: 'amu', town: hidden, coreCompetences: [hidden], capabilities: [{ kind: 'unions', level: 3, contact: hidden }] }, seen(1)),
  );
  await good(by(anna).put(`/api/profiles/${anna.id}`, { industries: ['C'], products: [hidden], assessment: 3, basicSkills: 3, languages: ['da'], area: [], employer: 'school' }, seen(0)));
  const abilities = Array.from({ length: 5 }, () => ({ level: 2, learn: hidden, by: '2027-01-15' }));
  await good(by(anna).put('/api/own-abilities', { abilities }, seen(0)));
  const team = await good(by(camilla).post('/api/teams', { name: hidden, market: hidden, members: [{ personId: anna.id, task: hidden }] }));
  const filed = await good(by(karen).post(`/api/processors/${processor}/agreements`, { reference: hidden, signedOn: '2026-11-01', from: '2026-11-01' }));
  const invited = await good(by(karen).post('/api/people', { name: hidden, email: 'hemmelig@skole.example', role: 'consultant', schoolId: at.a, from: '2026-11-17' }));
  const company = await good(by(anna).post('/api/companies', { cvr: someCvr(), name: `${hidden} Smede` }));
  const contact = await good(by(anna).post(`/api/companies/${company.id}/contacts`, { ...(addContact.example.body as object), name: hidden }));
  await good(by(karen).get('/api/people?search=Hemmelig'));
  await bring(app, karen, asTable('cvr;navn;kontakt', `${someCvr()};${hidden} Tømrer;${hidden}`), { kind: 'list', fileName: `${hidden}.csv` });
  const waiting = await sendFile(app, karen, asTable('cvr;navn', `${someCvr()};${hidden} Maler`, `12345678;${hidden}`), { fileName: `${hidden}.csv` });
  await makeBookable(app, made.centre, [anna]);
  const absence = await good(by(anna).post(`/api/people/${anna.id}/absences`, { from: '2027-07-01', to: '2027-07-02' }));
  const [slot] = await slotsFor(app, camilla, company);
  const meeting = await good(book(app, camilla, company, slot?.choice ?? '', { handover: handover({ said: hidden }) }));
  const callable = await good(by(anna).post('/api/companies', { cvr: someCvr(), name: `${hidden} VVS`, phone: '00123456' }));
  const queued = await queuedCampaign(app, made, [callable.id], { name: `${hidden} kø` });
  const { card } = await good(by(bo).post(`/api/calls/campaigns/${queued}/next`));
  const call = await good(by(bo).post(`/api/calls/items/${card.item}/outcome`, { leaseNo: card.leaseNo, outcome: 'wrong_number', note: hidden }));
  const campaign = await good(by(camilla).post('/api/campaigns', { ...plan, name: hidden, goal: hidden, why: hidden }));
  await good(by(camilla).post(`/api/campaigns/${campaign.id}/list`));
  await good(by(camilla).post(`/api/campaigns/${campaign.id}/hearing`, { deadline }));
  await good(by(dorte).post(`/api/hearings/${campaign.id}/marks`, { companies: [company.id], mark: 'struck', knownBy: hidden }));
  const forward = await good(by(dorte).post(`/api/hearings/${campaign.id}/forwards`, { name: hidden }));
  const session = await app.owner.query('select id from vn.session where person_id = $1', [anna.id]);
  return {
    person: anna.id,
    membership: invited.memberships[0].id,
    school: at.a,
    processor,
    agreement: filed.agreements[0].id,
    team: team.id,
    company: company.id,
    item: card.item,
    call: call.call,
    contact: contact.id,
    import: waiting.id,
    absence: absence.id,
    meeting: meeting.id,
    session: session.rows[0].id,
    campaign: campaign.id,
    forward: forward.id,
  };
}
const ids = await fill();

const strangers = [
  made.ida,
  await makePerson(app, 'Mogens', ['administrator', 'data_protection', 'register'], { centreId: other.id }),
  await makePerson(app, 'Gry', ['manager'], { centreId: other.id, schoolId: other.schools.g }),
  await makePerson(app, 'Frede', ['consultant'], { centreId: other.id, schoolId: other.schools.g }),
  await makePerson(app, 'Pia', ['agent'], { centreId: other.id, organisationId: other.organisation }),
  made.hanne,
];
const own = [anna, bo, camilla, dorte, karen];

/** Every row of the first centre, as text. */
async function rows(): Promise<string> {
  const texts: string[] = [];
  for (const table of await tenantTables(app.owner))
    texts.push(JSON.stringify((await app.owner.query(`select to_jsonb(t)::text "row" from vn.${table} t where centre_id = $1 order by 1`, [made.centre.id])).rows.map(({ row }) => `${table} ${row}`)));
  return texts.join('\n');
}
const sessions = (await app.owner.query<{ id: string }>('select id from vn.session where centre_id = $1', [made.centre.id])).rows;
const secrets = [
  ...sessions.map(({ id }) => id),
  hidden,
  'hemmelig@',
  ...own.map(({ email }) => email),
  ...new Set((await rows()).match(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g)),
];
const toldIn = (text: string) => secrets.filter((secret) => text.includes(secret));

/** Whoever asks a centre has to choose one: their names are for everybody. */
const lists = routes.map(({ endpoint }) => endpoint).filter(({ method, path, name }) => method === 'GET' && !path.includes('{') && name !== 'listOpenCentres');
const named = [
  ...organisation,
  ...[...register, ...contacts, ...timeline, ...imports, ...campaigns, ...hearing, ...desk, ...progress, ...calls, ...calendar, ...capacity, ...meetings].map(({ endpoint }) => endpoint),
].filter(({ path }) => path.includes('{'));
const example = ({ query }: Endpoint['example']) => new URLSearchParams(Object.entries((query ?? {}) as Record<string, unknown>).map(([key, value]) => [key, String(value)])).toString();

describe('centres are strictly separated', () => {
  test('X.1 the first centre has something to hide in every list of the organisation', async () => {
    for (const { name, path } of organisation.filter((endpoint) => lists.includes(endpoint) && endpoint.name !== 'readAccessibility')) {
      const told = (await Promise.all(own.map((person) => app.request(person).get(path)))).flatMap(({ text }) => toldIn(text));
      expect(told.length, name).toBeGreaterThan(0);
    }
    expect(secrets.length).toBeGreaterThan(20);
  });

  test.each(lists.map((endpoint) => [endpoint.name, endpoint] as const))('X.1 %s tells nobody of another centre anything, nor the ministry, nor a visitor', async (_name, endpoint) => {
    const urls = [endpoint.path, `${endpoint.path}?${example(endpoint.example)}`, ...(endpoint.name === 'listPeople' ? [`${endpoint.path}?past=true`, `${endpoint.path}?search=${hidden}`] : [])];
    for (const person of [...strangers, null])
      for (const url of urls) {
        const answer = await app.request(person).get(url);
        expect(answer.status, `${person?.name} ${url}`).toBeLessThan(500);
        expect(toldIn(answer.text), `${person?.name} ${url}`).toEqual([]);
      }
  });

  test('X.1 for every kind of thing that an address names, the test knows one of the first centre', () => {
    const unknown = named.flatMap(({ name, path }) =>
      [...path.matchAll(/\{(\w+)\}/g)]
        .map(([, key = '']) => key)
        .filter((key) => ids[key] === undefined)
        .map((key) => `${name}: ${key}`),
    );
    expect(unknown).toEqual([]);
    expect(named.length).toBeGreaterThan(10);
  });

  test.each(named.map((endpoint) => [endpoint.name, endpoint] as const))('X.1 %s with the id of another centre’s is 404 for whoever may ask at all, and changes nothing', async (_name, endpoint) => {
    const before = createHash('sha256')
      .update(await rows())
      .digest('hex');
    const url = `${endpoint.path.replaceAll(/\{(\w+)\}/g, (_all, key: string) => ids[key] ?? '')}?${example(endpoint.example)}`;
    const statuses: number[] = [];
    for (const person of strangers) {
      const answer = await app.request(person).raw({
        method: endpoint.method,
        url,
        headers: { ...(endpoint.edits ? seen(1) : {}), ...(endpoint.body ? { 'content-type': 'application/json' } : {}) },
        ...(endpoint.body ? { payload: JSON.stringify(endpoint.example.body) } : {}),
      });
      statuses.push(answer.status);
      expect([403, 404], `${person.name} ${answer.text}`).toContain(answer.status);
      expect(toldIn(answer.text)).toEqual([]);
    }
    expect(statuses).toContain(404);
    expect(
      createHash('sha256')
        .update(await rows())
        .digest('hex'),
    ).toBe(before);
  });
});
