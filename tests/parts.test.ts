import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type * as z from 'zod';
import { routes } from '../src/app/routes.ts';
import type { Endpoint } from '../src/kit/endpoint.ts';
import { type Answer, testApp } from './support/app.ts';
import { seen } from './support/ask.ts';
import { makeCompany, makeContact } from './support/companies.ts';
import { makePerson, type TestPerson } from './support/factory.ts';
import { book, handover, makeBookable, slotsFor } from './support/meetings.ts';
import { send, visitors, written } from './support/visits.ts';

/**
 * Everybody sees exactly their part: each thing bears a mark of its own, each person asks every address that reads, with the ids of everything there is, and
 * searches for every mark. Whoever may read a thing finds its mark somewhere; nobody else finds it in any list, detail, search, figure, export or mail.
 */
const app = await testApp();

const names = ['anna', 'signe', 'dorte', 'karim', 'emil', 'tea', 'free', 'camilla', 'bo', 'karen', 'hanne', 'ida', 'frida'] as const;
type Name = (typeof names)[number];
const schoolA: Name[] = ['anna', 'signe', 'dorte'];
const consultants: Name[] = ['anna', 'signe', 'karim', 'tea', 'free'];
const centre: Name[] = [...consultants, 'dorte', 'emil', 'camilla'];

/** Each mark, and who may read what bears it. */
const parts: Record<string, { what: string; readers: readonly Name[] }> = {
  MARKRAPPORT: { what: 'what a report is about', readers: centre },
  MARKNOTE: { what: 'a school’s note about a visit', readers: schoolA },
  MARKKLADDE: { what: 'a draft', readers: ['anna'] },
  MARKBEHOV: { what: 'a need', readers: centre },
  MARKPULJE: { what: 'a need in the pool, that the company sees itself', readers: [...centre, 'frida'] },
  MARKHENVISNING: { what: 'a referral from A to B', readers: [...schoolA, 'karim', 'emil', 'camilla'] },
  MARKBINDING: { what: 'a tie of B, for the coordinator alone', readers: ['karim', 'emil', 'camilla'] },
  MARKAABENBINDING: { what: 'a tie of B that is open to the centre', readers: centre },
  MARKHENVENDELSE: { what: 'an enquiry that is Anna’s', readers: ['anna', 'dorte', 'camilla'] },
  MARKMOEDE: { what: 'what was said when a meeting of Anna’s was booked', readers: [...schoolA, 'camilla'] },
  MARKKONTAKT: { what: 'a contact of the company', readers: [...centre, 'karen', 'frida'] },
  MARKBESKED: { what: 'what the company was told', readers: [...centre, 'frida'] },
  MARKOPGAVE: { what: 'a task of Karim’s', readers: centre },
  MARKGRUPPE: { what: 'the purpose of a working group', readers: centre },
  MARKIGEN: { what: 'why a company is asked again', readers: [...consultants, 'camilla'] },
  MARKKLIPPEKORT: { what: 'a punch card of A that B was asked to honour', readers: [...schoolA, 'karim', 'emil', 'camilla'] },
  MARKKLIP: { what: 'what units of that card were used for', readers: [...schoolA, 'karim', 'emil', 'camilla'] },
  MARKPARTNERSKAB: { what: 'what a company and school A, with B, have agreed', readers: [...schoolA, 'karim', 'emil', 'camilla', 'frida'] },
  MARKAFTALE: { what: 'a training agreement for B that Anna made', readers: ['anna', 'karim', 'emil', 'camilla'] },
  MARKJOBCENTER: { what: 'what a jobcentre needs people for', readers: centre },
  MARKEVALUERING: { what: 'the purpose of an evaluation', readers: centre },
};
const marks = Object.keys(parts);

const people = {} as Record<Exclude<Name, 'frida'>, TestPerson>;
const ids: Record<string, string[]> = {};
let pageToken = '';
const know = (kind: string, ...found: string[]) => {
  ids[kind] = [...new Set([...(ids[kind] ?? []), ...found])];
};
/** Asks and insists on an answer. */
async function done(answer: Promise<Answer>): Promise<Answer['body']> {
  const { status, text, body } = await answer;
  expect(status, text).toBeLessThan(300);
  return body;
}

beforeAll(async () => {
  const made = await visitors(app);
  const { anna, karim, emil, camilla, centre: at, company } = made;
  const third = randomUUID();
  await app.owner.query(`insert into vn.school (centre_id, id, name, kind, town) values ($1, $2, 'Skole D', 'technical', 'Limvig')`, [at.id, third]);
  const tea = await makePerson(app, 'Tea', ['consultant', 'manager'], { centreId: at.id, schoolId: third });
  const { signe, dorte, free, bo, karen, hanne, ida } = made;
  Object.assign(people, { anna, signe, dorte, karim, emil, tea, free, camilla, bo, karen, hanne, ida });
  know('company', company.id);
  know('school', ...Object.values(at.schools), third);
  know('person', ...Object.values(people).map(({ id }) => id));
  const as = (person: TestPerson) => app.request(person);

  const contact = await makeContact(app, at, company, 'MARKKONTAKT');
  await app.owner.query('update vn.contact set email = $2 where id = $1', [contact, 'markkontakt@bjergager.example']);
  know('contact', contact);
  await done(as(anna).put(`/api/companies/${company.id}/contact-person`, { person: anna.id }, seen(0)));
  await done(as(anna).post(`/api/companies/${company.id}/told`, { how: 'phone', text: 'MARKBESKED' }));
  await done(as(camilla).post('/api/enquiries', { channel: 'phone', companyName: 'Bjergager', company: company.id, phone: '00 98 76 54', said: 'MARKHENVENDELSE' }));
  await app.sweep();
  know('enquiry', ...(await done(as(camilla).get('/api/enquiries'))).map(({ id }: { id: string }) => id));

  await makeBookable(app, at, [anna]);
  const [slot] = await slotsFor(app, camilla, company);
  const meeting = await done(book(app, camilla, company, slot?.choice ?? '', { handover: handover({ said: 'MARKMOEDE' }) }));
  know('meeting', meeting.id);

  const [draft, report] = [randomUUID(), randomUUID()];
  await done(as(anna).put(`/api/visit-drafts/${draft}`, written(company, { about: 'MARKKLADDE' }), seen(0)));
  know('draft', draft);
  const sent = await done(send(app, anna, report, written(company, { about: 'MARKRAPPORT', note: 'MARKNOTE', needs: [{ what: 'MARKBEHOV', term: 'now', field: 'certificates' }] })));
  know('report', sent.id);
  const need = sent.needs[0].id;
  const course = await done(as(emil).post('/api/courses', { kind: 'amu', code: '40011', title: 'Gaffeltruck', field: 'certificates', industries: [], awards: 'certificate' }));
  know('course', course.id);
  know('class', (await done(as(emil).post('/api/classes', { course: course.id, school: at.schools.b, starts: '2027-01-11', ends: '2027-01-19', minimum: 8, maximum: 16 }))).id);
  const agreed = { company: company.id, school: at.schools.b, source: 'visit', report: sent.id, agreedOn: sent.visitedOn, note: 'MARKAFTALE', courses: [{ course: course.id, people: 1, seats: 1 }] };
  know('agreement', (await done(as(anna).post('/api/training-agreements', agreed))).id);
  const jobcentre = await makeCompany(app, [at], { name: 'Jobcenter' });
  know('need', (await done(as(emil).post('/api/recruitment-needs', { jobcentre: jobcentre.id, trade: 'MARKJOBCENTER', people: 5, earliest: '2027-01-04', learn: 'Truck' }))).id);
  const pooled = { company: company.id, course: course.id, field: 'certificates', what: 'MARKPULJE', heads: 2, earliest: '2027-01-04', latest: '2027-03-31' };
  know('need', (await done(as(anna).post('/api/pooled-needs', pooled))).id);
  const plan = await done(as(camilla).post('/api/pool-plans', { seconds: 5 }));
  know('plan', plan.id);
  know('other', plan.id);
  await done(as(anna).put(`/api/companies/${company.id}/keep-up`, { everyMonths: 3, nextOn: '2027-02-10', why: 'MARKIGEN' }, seen(0)));
  const task = await done(as(anna).post('/api/tasks', { company: company.id, what: 'MARKOPGAVE', owner: karim.id, due: '2026-11-30' }));
  know('task', task.id);
  const group = await done(as(anna).post('/api/working-groups', { company: company.id, purpose: 'MARKGRUPPE', criteria: ['size'], members: [anna.id, karim.id], lead: anna.id }));
  know('group', group.id);
  const referral = await done(as(anna).post('/api/referrals', { company: company.id, need, school: at.schools.b, about: 'MARKHENVISNING', companyAgreed: true }));
  know('referral', referral.id);
  for (const [what, openTo] of [
    ['MARKBINDING', 'coordinator'],
    ['MARKAABENBINDING', 'centre'],
  ])
    know('incentive', (await done(as(emil).post('/api/incentives', { kind: 'income', what, since: '2026-01-01', openTo }))).id);
  const evaluation = await done(as(camilla).post('/api/evaluations', { purpose: 'MARKEVALUERING', criteria: 'Egen skole.', from: '2026-11-01', to: '2026-11-30', usableOn: '2026-12-05' }));
  know('evaluation', evaluation.id);
  const card = await done(
    as(dorte).post('/api/punch-cards', {
      ...{ school: at.schools.a, company: company.id, name: 'MARKKLIPPEKORT', units: 5, price: 500_000, vat: 25, validFrom: '2026-11-01', validTo: '2027-10-31' },
      schools: [at.schools.b],
    }),
  );
  know('punchCard', card.id);
  await done(as(emil).put(`/api/punch-cards/${card.id}/answer`, { agreed: true }));
  await done(as(karim).post(`/api/punch-cards/${card.id}/uses`, { entry: randomUUID(), school: at.schools.b, units: 1, about: 'MARKKLIP', day: '2026-11-17' }));
  const term = { validFrom: '2026-12-01', validTo: '2028-11-30', reviewOn: '2027-06-01' };
  const partnership = await done(as(anna).post('/api/partnerships', { company: company.id, schools: [at.schools.b], ...term }));
  know('partnership', partnership.id);
  const expects = { companyExpects: ['MARKPARTNERSKAB', '', '', ''], centreExpects: ['', '', '', '', ''], companyRole: '', centreRole: '', companyDuties: '', centreDuties: '' };
  await done(as(anna).put(`/api/partnerships/${partnership.id}/text`, { ...expects, ...term }, seen(1)));
  await done(as(anna).post(`/api/companies/${company.id}/pages`, { contact, saidYes: true }));
  await app.jobs.drain();
  pageToken = /\/company#([\w-]{43})/.exec(app.mails.findLast(({ to }) => to === 'markkontakt@bjergager.example')?.text ?? '')?.[1] ?? '';
  expect(pageToken).not.toBe('');
});

/** An address with every known id in each of its places. */
function filled(path: string): string[] {
  const place = /\{(\w+)\}/.exec(path);
  if (place === null) return [path];
  return (ids[place[1] ?? ''] ?? [randomUUID()]).flatMap((id) => filled(path.replace(place[0], id)));
}
const reads = routes.map(({ endpoint }) => endpoint as Endpoint).filter(({ method }) => method === 'GET');
const knows = (endpoint: Endpoint, key: string) => key in ((endpoint.query as unknown as { shape?: Record<string, z.ZodType> } | undefined)?.shape ?? {});
/** What its example asks, and what it asks by itself. */
const addresses = (endpoint: Endpoint) =>
  filled(endpoint.path).flatMap((address) => {
    const asked = new URLSearchParams(Object.entries((endpoint.example.query ?? {}) as Record<string, unknown>).map(([key, value]) => [key, String(value)])).toString();
    const all = ['mine', 'visible', 'all'].filter(() => knows(endpoint, 'whose')).map((whose) => `${address}?whose=${whose}`);
    return [...new Set([address, `${address}?${asked}`, ...all])];
  });

/** Which marks stand in what somebody can read. */
async function found(name: Name): Promise<string[]> {
  const texts: string[] = [];
  if (name === 'frida')
    for (const path of ['/api/company-page', '/api/company-page/needs', '/api/company-page/partnerships', '/api/company-page/relation'])
      texts.push((await app.request(null).post(path, { token: pageToken })).text);
  else {
    for (const endpoint of reads) for (const address of addresses(endpoint)) texts.push((await app.request(people[name]).get(address)).text);
    texts.push(...app.mails.filter(({ to }) => to === people[name].email).map(({ subject, text }) => `${subject}\n${text}`));
  }
  const whole = texts.join('\n');
  return marks.filter((mark) => whole.includes(mark));
}

describe('exactly their part', () => {
  test('every address that reads is asked, and most of them with something that is there', () => {
    expect(reads.length).toBeGreaterThan(80);
    const unknown = reads.filter(({ path }) => [...path.matchAll(/\{(\w+)\}/g)].some(([, key]) => ids[key ?? ''] === undefined));
    expect(unknown.length / reads.length).toBeLessThan(0.4);
  });

  test.each(names)('%s finds every mark of their own part, and no other, in all that can be read', async (name) => {
    await app.owner.query('delete from vn.rate');
    const expected = marks.filter((mark) => parts[mark]?.readers.includes(name));
    expect(await found(name)).toEqual(expected);
  });

  test.each(names.filter((name) => name !== 'frida'))('%s learns nothing by searching for what they may not read', async (name) => {
    await app.owner.query('delete from vn.rate');
    const hidden = marks.filter((mark) => !parts[mark]?.readers.includes(name));
    for (const endpoint of reads.filter((each) => knows(each, 'search')))
      for (const address of filled(endpoint.path)) {
        const ask = async (word: string) => {
          const { status, text } = await app.request(people[name as Exclude<Name, 'frida'>]).get(`${address}?search=${word}`);
          return [status, text];
        };
        const nothing = await ask('MARKINGENTING');
        for (const mark of hidden) expect(await ask(mark), `${address} ${mark}`).toEqual(nothing);
      }
  });
});
