import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { mailsTo, seen } from '../../../../tests/support/ask.ts';
import type { TestPerson } from '../../../../tests/support/factory.ts';
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

describe('2.26 whose a task is', () => {
  const act = (person: TestPerson | null, id: string, what: 'owner' | 'answer' | 'done', sent: object, version: number) => app.request(person).put(`/api/tasks/${id}/${what}`, sent, seen(version));
  async function given() {
    const made = await visitors(app);
    const answer = await app.request(made.anna).post('/api/tasks', { company: made.company.id, what: 'Send bud', owner: made.karim.id, due: '2026-11-20' });
    expect(answer.status, answer.text).toBe(201);
    return { ...made, task: answer.body as { id: string; version: number } };
  }

  test('2.26 401, 403, 404 in another centre, and what is none of theirs', async () => {
    const { anna, karim, signe, emil, ida, company, task } = await given();
    const sent = { company: company.id, what: 'Ring', owner: null, due: '2026-11-20' };
    expect((await app.request(null).post('/api/tasks', sent)).status).toBe(401);
    expect((await app.request(emil).post('/api/tasks', sent)).status).toBe(403);
    expect(await app.request(ida).post('/api/tasks', sent)).toMatchObject({ status: 400, body: { fields: [{ path: 'company' }] } });
    for (const [what, body] of [
      ['owner', { owner: null }],
      ['answer', { accept: true }],
    ] as const) {
      expect((await act(ida, task.id, what, body, 1)).status).toBe(404);
      expect((await act(emil, task.id, what, body, 1)).status).toBe(403);
      expect(await act(signe, task.id, what, body, 1)).toMatchObject({ status: 403, body: { code: 'task_not_yours' } });
    }
    expect(await app.request(signe).put(`/api/tasks/${task.id}`, { what: 'X', due: '2026-11-20' }, seen(1))).toMatchObject({ status: 403 });
    expect((await app.request(ida).get(`/api/tasks/${task.id}`)).status).toBe(404);
    expect(await act(karim, task.id, 'answer', { accept: false }, 1)).toMatchObject({ status: 400, body: { fields: [{ path: 'reason', code: 'required' }] } });
    expect(await act(anna, task.id, 'owner', { owner: emil.id }, 1)).toMatchObject({ status: 422, body: { code: 'owner_not_consulting' } });
  });

  test('2.26 accepted, declined with a reason, nobody’s, taken by another school, done; the story keeps who did what', async () => {
    const { anna, karim, signe, task } = await given();
    expect((await mailsTo(app, karim.email))[0]).toMatchObject({ subject: expect.stringMatching(/^En opgave for dig: \S/), text: expect.stringContaining('/tasks') });
    expect(await act(karim, task.id, 'answer', { accept: true }, 1)).toMatchObject({ status: 200, body: { state: 'accepted', owner: { id: karim.id } } });
    expect(await act(karim, task.id, 'answer', { accept: false, reason: 'Vi har ingen lærer.' }, 2)).toMatchObject({
      status: 200,
      body: { state: 'declined', owner: null, reason: 'Vi har ingen lærer.' },
    });
    expect((await mailsTo(app, anna.email)).at(-1)?.text).toContain('Vi har ingen lærer.');
    expect((await app.request(signe).get('/api/tasks?whose=unowned')).body).toMatchObject([{ id: task.id, can: { take: true, give: false } }]);
    expect(await act(signe, task.id, 'owner', { owner: signe.id }, 3)).toMatchObject({ status: 200, body: { state: 'accepted', reason: null, owner: { id: signe.id, school: 'Skole A' } } });
    expect(await app.request(anna).put(`/api/tasks/${task.id}`, { what: 'Send to bud', due: '2026-11-27' }, seen(4))).toMatchObject({ status: 200, body: { due: '2026-11-27' } });
    expect(await act(signe, task.id, 'done', { done: true }, 5)).toMatchObject({ status: 200, body: { state: 'done' } });
    expect(await act(anna, task.id, 'owner', { owner: karim.id }, 6)).toMatchObject({ status: 409, body: { code: 'task_is_done' } });
    const { story } = (await app.request(signe).get(`/api/tasks/${task.id}`)).body;
    expect(story.map(({ kind, by, owner }: { kind: string; by: string; owner: string | null }) => [kind, by, owner])).toEqual([
      ['made', 'Anna', 'Karim'],
      ['accepted', 'Karim', 'Karim'],
      ['declined', 'Karim', null],
      ['taken', 'Signe', 'Signe'],
      ['moved', 'Anna', 'Signe'],
      ['done', 'Signe', 'Signe'],
    ]);
    expect(story[2].reason).toBe('Vi har ingen lærer.');
    await expect(app.owner.query('delete from vn.task_event where task_id = $1', [task.id])).rejects.toThrow('append-only');
  });

  test('2.26 the company itself may have it; then nobody needs to take it', async () => {
    const { anna, karim, task } = await given();
    expect(await act(anna, task.id, 'owner', { owner: 'company' }, 1)).toMatchObject({ status: 200, body: { owner: null, byCompany: true, state: 'open' } });
    expect((await app.request(karim).get('/api/tasks?whose=unowned')).body).toEqual([]);
    expect(await act(karim, task.id, 'owner', { owner: karim.id }, 2)).toMatchObject({ status: 403 });
  });

  test('2.26 of many who take one task at once exactly one has it', async () => {
    const { anna, karim, signe, free, task } = await given();
    await act(anna, task.id, 'owner', { owner: null }, 1);
    const all = await Promise.all(Array.from({ length: 12 }, (_, at) => [karim, signe, free][at % 3] as TestPerson).map((person) => act(person, task.id, 'owner', { owner: person.id }, 2)));
    const won = all.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    expect((await app.request(anna).get(`/api/tasks/${task.id}`)).body.owner.id).toBe(won[0]?.body.owner.id);
  });

  test('2.26 409 and 422: another company’s need, no such meeting', async () => {
    const { anna, company } = await given();
    const sent = { company: company.id, what: 'Ring', owner: null, due: '2026-11-20' };
    expect(await app.request(anna).post('/api/tasks', { ...sent, need: randomUUID() })).toMatchObject({ status: 422, body: { code: 'need_not_theirs' } });
    expect(await app.request(anna).post('/api/tasks', { ...sent, report: randomUUID() })).toMatchObject({ status: 422 });
    expect(await app.request(anna).post('/api/tasks', { ...sent, meeting: randomUUID() })).toMatchObject({ status: 403, body: { code: 'not_running_meeting' } });
    expect(await app.request(anna).post('/api/tasks', { ...sent, group: randomUUID() })).toMatchObject({ status: 409, body: { code: 'group_not_open' } });
  });
});
