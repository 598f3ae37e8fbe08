import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { mailsTo, seen } from '../../../../tests/support/ask.ts';
import { makeCentre, type TestPerson } from '../../../../tests/support/factory.ts';
import { inside } from '../../../../tests/support/inside.ts';
import { makeCourse } from '../../../../tests/support/offers.ts';
import { proposalStates } from './contract.ts';
import { nextOf } from './rules.ts';

const app = await testApp();
const facts = { kind: 'goal', title: 'Workshopfacilitering', why: 'Ledere skal styre møder.', needs: 'Tre firmaer har spurgt.', goal: 'Kan lede en workshop.' };
const suggest = (by: TestPerson, over: object = {}) => app.request(by).post('/api/proposals', { ...facts, ...over });
const step = (by: TestPerson, id: string, version: number, body: object) => app.request(by).put(`/api/proposals/${id}/state`, body, seen(version));

describe('proposals', () => {
  test('4.22 anyone suggests and follows: who took which step when, and why, until it is offered as a course', async () => {
    const { centre, anna, dorte, emil, camilla } = await makeCentre(app);
    const made = await suggest(anna);
    expect(made, made.text).toMatchObject({ status: 201, body: { state: 'suggested', own: true, suggestedBy: 'Anna', can: { step: [] }, steps: [{ state: 'suggested', by: 'Anna' }] } });
    const { id } = made.body;
    for (const by of [dorte, camilla]) expect(await suggest(by)).toMatchObject({ status: 201, body: { can: { step: ['in_talks', 'declined'] } } });
    expect(await step(anna, id, 1, { state: 'in_talks' })).toMatchObject({ status: 403 });
    expect(await step(emil, id, 1, { state: 'in_talks', note: 'To skoler taler om det.' })).toMatchObject({ status: 200, body: { state: 'in_talks', own: false, version: 2 } });
    expect(await step(camilla, id, 1, { state: 'in_talks' })).toMatchObject({ status: 412, body: { current: { state: 'in_talks' } } });
    expect(await step(camilla, id, 2, { state: 'being_made' })).toMatchObject({ status: 200 });
    const course = await makeCourse(app, centre.id, { title: 'Workshopfacilitering' });
    expect(await step(camilla, id, 3, { state: 'offered' })).toMatchObject({ status: 400, body: { fields: [{ path: 'course' }] } });
    expect(await step(camilla, id, 3, { state: 'offered', course })).toMatchObject({ status: 200, body: { course: { id: course }, can: { step: [] } } });
    const mine = (await app.request(anna).get('/api/proposals?mine=true')).body;
    expect(mine).toHaveLength(1);
    expect(mine[0].steps.map(({ state, by, note }: Record<string, string>) => [state, by, note])).toEqual([
      ['suggested', 'Anna', ''],
      ['in_talks', 'Emil', 'To skoler taler om det.'],
      ['being_made', 'Camilla', ''],
      ['offered', 'Camilla', ''],
    ]);
    expect((await app.request(anna).get('/api/proposals?state=suggested')).body).toHaveLength(2);
  });

  test('4.22 a no has a reason; no step is skipped, taken twice or taken back; nothing of another centre', async () => {
    const { other, anna, dorte, ida } = await makeCentre(app);
    const { id } = (await suggest(anna)).body;
    expect(await step(dorte, id, 1, { state: 'declined' })).toMatchObject({ status: 400, body: { fields: [{ path: 'note' }] } });
    for (const state of ['being_made', 'suggested']) expect(await step(dorte, id, 1, { state })).toMatchObject({ status: 409, body: { code: 'proposal_step' } });
    expect(await step(dorte, id, 1, { state: 'offered', course: await makeCourse(app, other.id) })).toMatchObject({ status: 409 });
    expect(await step(ida, id, 1, { state: 'in_talks' })).toMatchObject({ status: 404 });
    expect((await app.request(ida).get('/api/proposals')).body).toEqual([]);
    expect(await step(dorte, id, 1, { state: 'declined', note: 'Findes allerede som AMU.' })).toMatchObject({ status: 200, body: { state: 'declined' } });
    for (const state of ['in_talks', 'suggested']) expect(await step(dorte, id, 2, { state })).toMatchObject({ status: 409 });
    for (const over of [{ title: '' }, { why: ' ' }, { kind: 'x' }, { needs: 'x'.repeat(2001) }]) expect((await suggest(anna, over)).status).toBe(400);
    // What happened cannot be changed, whatever fault a handler has.
    for (const work of ['update vn.proposal_step set note = $1', 'delete from vn.proposal_step where note = $1'])
      await expect(inside(app, dorte, (client) => client.query(work, ['x']))).rejects.toMatchObject({ code: '42501' });
  });

  test('4.22 two who take a step at once: one of them is told', async () => {
    const { anna, dorte, emil } = await makeCentre(app);
    const { id } = (await suggest(anna)).body;
    const answers = await Promise.all([step(dorte, id, 1, { state: 'in_talks' }), step(emil, id, 1, { state: 'declined', note: 'Nej.' })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect((await app.request(anna).get('/api/proposals')).body[0].steps).toHaveLength(2);
  });

  test('4.22 every state but the last two leads on', () => {
    expect(proposalStates.filter((state) => nextOf(state).length === 0)).toEqual(['offered', 'declined']);
  });

  test('4.22 whoever suggested it hears of every step that somebody else takes', async () => {
    const { anna, dorte, emil, camilla } = await makeCentre(app);
    const { id } = (await suggest(anna)).body;
    await step(dorte, id, 1, { state: 'in_talks', note: 'To skoler taler om det.' });
    await step(camilla, id, 2, { state: 'declined', note: 'Findes allerede.' });
    const mails = await mailsTo(app, anna.email);
    expect(mails.map(({ subject }) => subject)).toEqual(['Dit forslag: Workshopfacilitering – Tales om', 'Dit forslag: Workshopfacilitering – Ikke taget op']);
    expect(mails[0]?.text).toContain('To skoler taler om det.');
    const own = (await suggest(emil)).body.id;
    await step(emil, own, 1, { state: 'in_talks' });
    expect(await mailsTo(app, emil.email)).toEqual([]);
  });
});
