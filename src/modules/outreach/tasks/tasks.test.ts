import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { seen } from '../../../../tests/support/ask.ts';
import { send, visitors, written } from '../../../../tests/support/visits.ts';

const app = await testApp();

test('2.22 whoever has a task says that it is done; so may its writer and the coordinator, and nobody else', async () => {
  const { anna, karim, signe, emil, camilla, ida, company } = await visitors(app);
  await send(app, anna, randomUUID(), written(company, { nextSteps: [{ what: 'Send bud', owner: karim.id, due: '2026-11-20' }] }));
  const [task] = (await app.request(karim).get('/api/tasks')).body;
  const done = (person: typeof anna, version: number, value = true) => app.request(person).put(`/api/tasks/${task.id}/done`, { done: value }, seen(version));
  expect(await app.request(null).get('/api/tasks')).toMatchObject({ status: 401 });
  expect(await done(emil, 1)).toMatchObject({ status: 403 });
  expect(await done(signe, 1)).toMatchObject({ status: 403, body: { code: 'task_not_yours' } });
  expect(await done(ida, 1)).toMatchObject({ status: 404 });
  expect(await done(karim, 1)).toMatchObject({ status: 200, body: { doneAt: expect.any(String), version: 2 } });
  expect(await done(camilla, 1)).toMatchObject({ status: 412, body: { current: { version: 2 } } });
  expect((await app.request(karim).get('/api/tasks')).body).toEqual([]);
  expect((await app.request(emil).get(`/api/tasks?whose=all&company=${company.id}`)).body).toMatchObject([{ what: 'Send bud', doneAt: expect.any(String) }]);
  expect(await done(anna, 2, false)).toMatchObject({ status: 200, body: { doneAt: null } });
  expect(await done(camilla, 3)).toMatchObject({ status: 200 });
});
