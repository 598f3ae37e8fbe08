import { expect } from 'vitest';
import type { TestApp } from './app.ts';
import { seen } from './ask.ts';
import { makeCompany } from './companies.ts';
import { makeCentre, makePerson } from './factory.ts';
import { book, makeBookable, slotsFor } from './meetings.ts';

/** A report as somebody would write it in a car park. */
export const written = (company: { id: string } | null, over: Record<string, unknown> = {}) => ({
  company: company?.id ?? null,
  meeting: null,
  visitedOn: '2026-11-17',
  kind: 'advice',
  topics: ['certificates'],
  needs: [{ what: 'Svejsecertifikat', term: 'now', fit: 'shelf', field: 'certificates', people: 5 }],
  offers: [],
  barriers: ['too_few'],
  employeeBarriers: ['practical'],
  people: [{ name: 'Preben Bjergager', role: 'Ejer' }],
  about: 'De mangler svejsere.',
  agreed: 'Preben får et bud inden fredag.',
  nextSteps: [],
  minutes: 120,
  km: 36,
  note: '',
  ...over,
});

/** A centre with consultants at two schools and one of the centre's own, and a company. */
export async function visitors(app: TestApp) {
  const made = await makeCentre(app);
  const at = { centreId: made.centre.id };
  const karim = await makePerson(app, 'Karim', ['consultant'], { ...at, schoolId: made.centre.schools.b });
  const signe = await makePerson(app, 'Signe', ['consultant'], { ...at, schoolId: made.centre.schools.a });
  const free = await makePerson(app, 'Frida', ['consultant'], at);
  return { ...made, karim, signe, free, company: await makeCompany(app, [made.centre], { municipality: '0665', postcode: '7620', town: 'Lemvig' }) };
}

/** The company's first free hour, booked; the clock stands an hour after its end. */
export async function metWith(app: TestApp, { centre, camilla, anna, company }: Awaited<ReturnType<typeof visitors>>): Promise<{ meeting: string; day: string }> {
  await makeBookable(app, centre, [anna]);
  const [slot] = await slotsFor(app, camilla, company);
  const answer = await book(app, camilla, company, slot?.choice ?? '');
  expect(answer.status, answer.text).toBe(201);
  app.clock.set(new Date(new Date(slot?.end ?? '').getTime() + 3_600_000).toISOString());
  return { meeting: answer.body.id, day: (slot?.start ?? '').slice(0, 10) };
}

/** Sends a report; the device makes the draft's number. */
export const send = (app: TestApp, person: { token: string }, draft: string, content: object, known = 0) => app.request(person).post(`/api/visit-drafts/${draft}/report`, content, seen(known));
