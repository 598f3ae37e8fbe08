import { expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { mailsTo } from '../../../../tests/support/ask.ts';
import { makeCompany } from '../../../../tests/support/companies.ts';
import { makeCentre } from '../../../../tests/support/factory.ts';
import { book, makeBookable, slotsFor } from '../../../../tests/support/meetings.ts';

// A file of its own: the house goes through every centre of the database.
const app = await testApp();

test('2.16 invitations are followed by one reminder on the working day before, over a weekend on Friday, and none for what was booked that day', async () => {
  const { anna, camilla, centre } = await makeCentre(app);
  await makeBookable(app, centre, [anna]);
  const company = await makeCompany(app, [centre]);
  const [monday] = await slotsFor(app, camilla, company, '?week=2026-11-23');
  await book(app, camilla, company, monday?.choice ?? '');
  const reminders = async () => (await mailsTo(app, anna.email)).filter(({ subject }) => subject.startsWith('Husk:')).length;
  for (const [now, count] of [
    ['2026-11-19T12:00:00+01:00', 0],
    ['2026-11-20T06:59:00+01:00', 0],
    ['2026-11-20T07:00:00+01:00', 1],
    ['2026-11-20T07:01:00+01:00', 1],
    ['2026-11-23T07:30:00+01:00', 1],
  ] as const) {
    app.clock.set(now);
    await app.sweep();
    expect(await reminders(), now).toBe(count);
  }
  app.clock.set('2026-11-24T09:00:00+01:00');
  const [tomorrow] = await slotsFor(app, camilla, company);
  expect((await book(app, camilla, company, tomorrow?.choice ?? '')).status).toBe(201);
  await app.sweep();
  expect(await reminders()).toBe(1);
});
