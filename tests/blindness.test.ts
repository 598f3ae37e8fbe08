import { beforeEach, describe, expect, test } from 'vitest';
import { routes } from '../src/app/routes.ts';
import type { Endpoint } from '../src/kit/endpoint.ts';
import { testApp } from './support/app.ts';
import { heardCampaign, openCampaign, someCompanies } from './support/campaigns.ts';
import { asTable } from './support/company-files.ts';
import { makeCentre, makePerson, type TestPerson } from './support/factory.ts';
import { inside } from './support/inside.ts';
import { ownerIn } from './support/queues.ts';

/**
 * What emil of school B can ask for reads the same, letter for letter, before and after school A has struck; and in two worlds that differ in nothing but who
 * struck, once ids and other things made by chance are taken out.
 */
const app = await testApp();
beforeEach(() => app.clock.set('2026-11-17T09:00:00+01:00'));

type Made = Awaited<ReturnType<typeof makeCentre>>;
interface World {
  made: Made;
  campaign: string;
  companies: { id: string; cvr: string }[];
}

const names = ['Ager', 'Bøgelund', 'Cirkel', 'Dam', 'Egely', 'Fjord', 'Gran', 'Hede'];

/** A school's day in a hearing: strikes, a kept one, an own list, a colleague's link, an answer. */
async function workOf(person: TestPerson, { campaign, companies }: World, strikes: readonly number[]): Promise<void> {
  const of = (at: number) => companies[at]?.id ?? '';
  await app
    .request(person)
    .raw({ method: 'POST', url: '/api/own-list', headers: { 'content-type': 'application/octet-stream' }, payload: asTable('cvr', ...strikes.map((at) => companies[at]?.cvr ?? '')) });
  await app.jobs.drain();
  await app.request(person).post(`/api/hearings/${campaign}/marks`, { companies: 'matched', mark: 'struck', reason: 'course', knownBy: 'Jens Hemmelig' });
  await app.request(person).post(`/api/hearings/${campaign}/marks`, { companies: [of(7)], mark: 'kept' });
  const forward = await app.request(person).post(`/api/hearings/${campaign}/forwards`, { name: 'Jens Hemmelig', email: null });
  await app.request(null).post('/api/forwarded-hearing/marks', { token: forward.body.link.split('#')[1], company: of(strikes[0] ?? 0), struck: true });
  await app.request(person).post(`/api/hearings/${campaign}/answer`);
}

async function world(): Promise<World> {
  const made = await makeCentre(app);
  const companies = await someCompanies(app, made, names);
  return { made, campaign: '', companies };
}

/** Every address that emil's role may read, filled with what there is. */
function addressesOf({ campaign, companies, made }: World): string[] {
  const known: Record<string, string[]> = {
    campaign: [campaign],
    company: companies.map(({ id }) => id),
    school: Object.values(made.centre.schools),
    person: [made.emil.id, made.dorte.id, made.anna.id],
  };
  return routes
    .map(({ endpoint }) => endpoint as Endpoint)
    .filter(({ method, access }) => method === 'GET' && (access === 'signed-in' || access === 'anyone' || access.includes('manager')))
    .flatMap(({ path }) => {
      const [, key] = /\{(\w+)\}/.exec(path) ?? [];
      return key === undefined ? [path] : (known[key] ?? []).map((id) => path.replace(/\{\w+\}/, id));
    })
    .flatMap((path) => [
      path,
      ...(path === '/api/companies' ? names.map((name) => `${path}?search=${name}`) : []),
      ...(path.endsWith('/companies') && path.includes('hearings') ? ['unseen', 'matched', 'struck', 'kept'].map((show) => `${path}?show=${show}`) : []),
    ]);
}

/** Everything a person reads, letter for letter. */
async function readingOf(person: TestPerson, one: World): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const address of addressesOf(one)) {
    const answer = await app.request(person).get(address);
    found[address] = `${answer.status} ${answer.headers['content-disposition'] ?? ''} ${answer.text}`;
  }
  return found;
}

/** What was read of companies and hearings, with everything made by chance taken out: an id becomes where it was first met. */
function withoutChance(reading: Record<string, string>): string {
  const places = new Map<string, string>();
  const place = (id: string) => {
    if (!places.has(id)) places.set(id, `#${places.size}`);
    return places.get(id) ?? '';
  };
  return Object.entries(reading)
    .filter(([address]) => /^\/api\/(companies|campaigns|hearings|own-list|outreach)/.test(address))
    .map(([address, text]) => `${address} ${text}`)
    .join('\n')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, place)
    .replaceAll(/"cvr":"\d{8}"|(?<=[\n;])\d{8}(?=;)/g, 'CVR');
}

describe('3.12 what a competing school can find out', () => {
  test('2.08 while the hearing is open, nothing at all depends on what another school strikes: every endpoint, count, search and file reads the same', async () => {
    const one = await world();
    one.campaign = await openCampaign(app, one.made.camilla);
    const before = { emil: await readingOf(one.made.emil, one), dorte: await readingOf(one.made.dorte, one) };
    await workOf(one.made.dorte, one, [1, 3, 4]);
    expect(Object.keys(before.emil).length).toBeGreaterThan(60);
    expect(await readingOf(one.made.emil, one)).toEqual(before.emil);
    // The same look must see a difference where there is one: the striking school itself.
    expect(await readingOf(one.made.dorte, one)).not.toEqual(before.dorte);
  });

  test('3.12 after the close, who struck a company makes no difference to a third school: only that it is not available', async () => {
    const strikes = [1, 3, 4];
    const strikers: string[] = [];
    const thirds: string[] = [];
    for (const striker of ['dorte', 'emil'] as const) {
      app.clock.set('2026-11-17T09:00:00+01:00');
      const one = await world();
      const cille = await makePerson(app, 'Cille', ['manager'], { centreId: one.made.centre.id, schoolId: one.made.centre.schools.c });
      one.campaign = await heardCampaign(app, one.made.camilla, [[one.made[striker], strikes.map((at) => one.companies[at]?.id ?? '')]]);
      thirds.push(withoutChance(await readingOf(cille, one)));
      strikers.push(withoutChance(await readingOf(one.made[striker], one)));
    }
    expect(thirds[0]).toContain('"available":false');
    expect(thirds[1]).toBe(thirds[0]);
    expect(strikers[0]).not.toBe(thirds[0]);
  });

  test('3.12 taken, quarantined, protected and objecting look alike to a school, on the company’s page and in lists', async () => {
    const made = await makeCentre(app);
    const kinds = ['taken', 'quarantined', 'protected', 'objection'] as const;
    const companies = await someCompanies(app, made, ['Ens', 'Ens', 'Ens', 'Ens']);
    await heardCampaign(app, made.camilla, [[made.dorte, [companies[0]?.id ?? '']]]);
    const relation = (at: number, set: string) => ownerIn(app, made.centre, `update vn.relation set ${set} where centre_id = $1 and company_id = $2`, [made.centre.id, companies[at]?.id]);
    await relation(1, `quarantined = true, quarantine_until = '2027-05-01'`);
    await relation(2, 'protected = true');
    await app.owner.query('update vn.company set protected = true where id = $1', [companies[2]?.id]);
    await relation(3, 'objection = true');
    const pages = await Promise.all(
      companies.map(async ({ id, cvr }, at) => {
        const page = await app.request(made.emil).get(`/api/companies/${id}`);
        const timeline = await app.request(made.emil).get(`/api/companies/${id}/timeline`);
        return `${page.text}${timeline.text}`
          .replaceAll(id, 'ID')
          .replaceAll(cvr, 'CVR')
          .replaceAll(`0012${1000 + at}`, 'PHONE');
      }),
    );
    for (const [at, page] of pages.entries()) expect(page, kinds[at]).toBe(pages[0]);
    expect(pages[0]).toContain('"reasons":["not_available"]');
    // The neutral coordinator reads why.
    const reasons = await Promise.all(companies.map(async ({ id }) => (await app.request(made.camilla).get(`/api/companies/${id}`)).body.call.reasons[0]));
    expect(reasons).toEqual(kinds);
  });

  test('3.12 in a centre of two schools a result would name the other one: nobody but the coordinator is told', async () => {
    const made = await makeCentre(app);
    await app.owner.query('delete from vn.school where centre_id = $1 and id = $2', [made.centre.id, made.centre.schools.c]);
    const companies = await someCompanies(app, made, names);
    const campaign = await heardCampaign(app, made.camilla, [[made.dorte, [companies[0]?.id ?? '']]]);
    const seen = (await app.request(made.emil).get(`/api/hearings/${campaign}/companies`)).body.items;
    expect(seen.map(({ available }: { available: boolean | null }) => available)).toEqual(names.map(() => null));
    expect((await app.request(made.emil).get(`/api/hearings/${campaign}`)).body.unworked).toBeNull();
    expect((await app.request(made.emil).get(`/api/companies/${companies[0]?.id}`)).body.call).toEqual({ may: true, reasons: ['free'] });
    expect((await app.request(made.camilla).get(`/api/campaigns/${campaign}/targets?show=struck`)).body.items).toHaveLength(1);
  });

  test('3.12 past every screen, as the school’s own database role: no row of another school’s marks, links or answers, and no column that tells of them', async () => {
    const made = await makeCentre(app);
    const companies = await someCompanies(app, made, names);
    const one = { made, companies, campaign: await openCampaign(app, made.camilla) };
    await workOf(made.dorte, one, [1, 3]);
    for (const table of ['hearing_mark', 'hearing_forward', 'own_list', 'own_company'])
      expect((await inside(app, made.emil, (client) => client.query(`select from vn.${table}`))).rowCount, table).toBe(0);
    expect((await inside(app, made.emil, (client) => client.query('select school_id from vn.hearing'))).rows).toEqual([{ school_id: made.centre.schools.b }]);
    await expect(inside(app, made.emil, (client) => client.query('select struck from vn.target'))).rejects.toMatchObject({ code: '42501' });
    await expect(inside(app, made.emil, (client) => client.query('select campaign_id from vn.target where struck'))).rejects.toMatchObject({ code: '42501' });
    // Writing in another school's name is refused alike, whether the row exists or not.
    for (const company of [companies[1]?.id, companies[5]?.id])
      await expect(
        inside(app, made.emil, (client) =>
          client.query(
            `insert into vn.hearing_mark (centre_id, campaign_id, company_id, school_id, struck, reason, at, person_id) values ($1, $2, $3, $4, true, 'other', now(), $5) on conflict do nothing`,
            [made.centre.id, one.campaign, company, made.centre.schools.a, made.emil.id],
          ),
        ),
      ).rejects.toMatchObject({ code: '42501' });
    expect((await inside(app, made.bo, (client) => client.query('select 1').then(() => client.query('select from vn.target').catch((error) => error.code)))) as unknown).toBe('42501');
  });

  test('no mail to a school depends on what another one struck', async () => {
    const mails: string[][] = [];
    for (const strikes of [[], [0, 1, 2]]) {
      app.clock.set('2026-11-17T09:00:00+01:00');
      const one = await world();
      one.campaign = await heardCampaign(app, one.made.camilla, strikes.length === 0 ? [] : [[one.made.dorte, strikes.map((at) => one.companies[at]?.id ?? '')]]);
      mails.push(app.mails.filter(({ to }) => to === one.made.emil.email).map(({ subject, text }) => `${subject}\n${text.replaceAll(one.campaign, 'ID')}`));
    }
    expect(mails[0]?.length).toBeGreaterThan(0);
    expect(mails[1]).toEqual(mails[0]);
  });
});
