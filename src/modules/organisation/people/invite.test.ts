import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { linkIn, mailsTo, openLink, signedIn } from '../../../../tests/support/ask.ts';
import { makeCentre, type TestPerson } from '../../../../tests/support/factory.ts';

const app = await testApp();
const address = '/api/people';
const someone = (over: Record<string, unknown> = {}) => ({ name: 'Nora Ny', email: `nora-${randomUUID()}@skole.example`, role: 'consultant', from: '2026-11-17', ...over });
const peopleWith = async (email: string) => (await app.owner.query('select id, name from vn.person where lower(email) = lower($1)', [email])).rows;

describe('who may invite', () => {
  test('401 and 403: nobody, the consultant, the call agent and the ministry invite nobody, and no trace is left', async () => {
    const { anna, bo, hanne } = await makeCentre(app);
    for (const [person, status] of [
      [null, 401],
      [anna, 403],
      [bo, 403],
      [hanne, 403],
    ] as const) {
      const sent = someone();
      expect((await app.request(person).post(address, sent)).status).toBe(status);
      expect(await peopleWith(sent.email)).toEqual([]);
    }
  });

  type Who = 'karen' | 'camilla' | 'dorte';
  test.each<[Who, string, 'a' | 'b' | 'organisation' | 'centre', number]>([
    ['karen', 'administrator', 'centre', 201],
    ['karen', 'data_protection', 'centre', 201],
    ['karen', 'agent', 'organisation', 201],
    ['karen', 'manager', 'b', 201],
    ['camilla', 'coordinator', 'centre', 201],
    ['camilla', 'register', 'centre', 201],
    ['camilla', 'consultant', 'centre', 201],
    ['camilla', 'manager', 'b', 201],
    ['camilla', 'agent', 'organisation', 201],
    ['camilla', 'administrator', 'centre', 403],
    ['camilla', 'data_protection', 'centre', 403],
    ['dorte', 'consultant', 'a', 201],
    ['dorte', 'manager', 'a', 201],
    ['dorte', 'consultant', 'b', 403],
    ['dorte', 'manager', 'b', 403],
    ['dorte', 'consultant', 'centre', 403],
    ['dorte', 'coordinator', 'centre', 403],
    ['dorte', 'administrator', 'centre', 403],
    ['dorte', 'agent', 'organisation', 403],
  ])('%s invites to %s at %s: %i', async (who, role, place, status) => {
    const { centre, ...people } = await makeCentre(app);
    const schoolId = place === 'a' || place === 'b' ? centre.schools[place] : null;
    const sent = someone({ role, schoolId, organisationId: place === 'organisation' ? centre.organisation : null });
    const answer = await app.request(people[who]).post(address, sent);
    if (status === 201) expect(answer).toMatchObject({ status, body: { name: sent.name, memberships: [{ role, schoolId, state: 'now' }] } });
    else expect(answer).toMatchObject({ status, body: { code: 'role_not_yours_to_give' } });
    expect(await mailsTo(app, sent.email)).toHaveLength(status === 201 ? 1 : 0);
    expect(await peopleWith(sent.email)).toHaveLength(status === 201 ? 1 : 0);
  });
});

describe('an invitation', () => {
  async function invited(by: 'karen' | 'ida' = 'karen', over: Record<string, unknown> = {}) {
    const made = await makeCentre(app);
    const inviter: TestPerson = made[by];
    const sent = someone(over);
    const answer = await app.request(inviter).post(address, sent);
    expect(answer.status).toBe(201);
    const [mail] = await mailsTo(app, sent.email);
    return { ...made, sent, answer, mail: mail ?? { to: '', subject: '', text: '' } };
  }

  test('leaves as one mail in the language chosen, with the name, the centre and a link', async () => {
    const { mail } = await invited('karen', { language: 'en' });
    expect(mail.subject).toBe('You are invited to Vejnet at VEU-center Prøven');
    expect(mail.text).toContain('Hello Nora Ny');
    expect(mail.text).toMatch(/http:\/\/localhost:3000\/sign-in#[\w-]{43}\n/);
    expect((await invited('karen')).mail.subject).toBe('Du er inviteret til Vejnet hos VEU-center Prøven');
  });

  test('the link signs in, once', async () => {
    const { mail, answer, centre } = await invited();
    const first = await openLink(app, linkIn(mail));
    expect(first).toMatchObject({ status: 200, body: { signedIn: true } });
    expect((await app.request(signedIn(first)).get('/api/session')).body).toMatchObject({ person: { id: answer.body.id, name: 'Nora Ny' }, centre: { id: centre.id }, hat: { roles: ['consultant'] } });
    expect(await openLink(app, linkIn(mail))).toMatchObject({ status: 403, body: { code: 'link_used_up' }, cookies: [] });
  });

  test('the link holds for a week and not a minute more', async () => {
    const [fresh, old] = [await invited(), await invited()];
    const start = app.clock.now();
    app.clock.advance({ days: 6, hours: 23, minutes: 59 });
    expect((await openLink(app, linkIn(fresh.mail))).status).toBe(200);
    app.clock.advance({ minutes: 1 });
    expect(await openLink(app, linkIn(old.mail))).toMatchObject({ status: 403, body: { code: 'link_used_up' } });
    app.clock.set(start.toISOString());
  });

  test('to a role that begins later, the link waits for that day and is not used up by trying early', async () => {
    const { mail } = await invited('karen', { from: '2026-11-18' });
    expect((await openLink(app, linkIn(mail))).status).toBe(403);
    const start = app.clock.now();
    app.clock.set('2026-11-18T00:00:01+01:00');
    expect((await openLink(app, linkIn(mail))).status).toBe(200);
    app.clock.set(start.toISOString());
  });

  test('only the hash of the link is kept where sign-in reads it', async () => {
    const { mail, answer } = await invited();
    const kept = await app.owner.query('select token::text whole from vn.sign_in_token token where person_id = $1', [answer.body.id]);
    expect(kept.rows).toHaveLength(1);
    expect(kept.rows[0].whole).not.toContain(linkIn(mail));
  });

  test('is in the audit log with who invited and to what', async () => {
    const { answer, karen } = await invited();
    const audit = await app.owner.query('select event, person_id, data from vn.audit where subject = $1 order by event', [answer.body.id]);
    expect(audit.rows).toEqual([
      { event: 'person.invited', person_id: karen.id, data: { role: 'consultant' } },
      { event: 'role.given', person_id: karen.id, data: expect.objectContaining({ role: 'consultant', from: '2026-11-17', to: null }) },
    ]);
  });
});

describe('an address that is known', () => {
  test('becomes the same person, small or capital, and the name is not taken from the invitation', async () => {
    const { karen, camilla, centre } = await makeCentre(app);
    const sent = someone({ schoolId: centre.schools.a });
    const first = await app.request(karen).post(address, sent);
    const second = await app.request(camilla).post(address, { ...sent, name: 'Et andet navn', email: sent.email.toUpperCase(), schoolId: centre.schools.b });
    expect(second).toMatchObject({ status: 201, body: { id: first.body.id, name: 'Nora Ny', email: sent.email } });
    expect(second.body.memberships.map(({ place }: { place: string }) => place).sort()).toEqual(['Skole A', 'Skole B']);
    expect(await peopleWith(sent.email)).toEqual([{ id: first.body.id, name: 'Nora Ny' }]);
    expect(await mailsTo(app, sent.email)).toHaveLength(2);
  });

  test('from another centre too, and neither centre learns what the person is in the other', async () => {
    const { anna, ida, karen, other } = await makeCentre(app);
    const answer = await app.request(ida).post(address, someone({ name: 'Overskrevet', email: anna.email, schoolId: other.schools.g }));
    expect(answer).toMatchObject({ status: 201, body: { id: anna.id, name: 'Anna', memberships: [{ place: 'Skole G' }] } });
    expect(answer.body.memberships).toHaveLength(1);
    expect((await app.request(karen).get(`${address}/${anna.id}`)).body).toMatchObject({ name: 'Anna', memberships: [{ place: 'Skole A' }] });
  });

  test('with the role already: 409, and no mail', async () => {
    const { karen, anna, centre } = await makeCentre(app);
    expect(await app.request(karen).post(address, someone({ email: anna.email, schoolId: centre.schools.a }))).toMatchObject({ status: 409, body: { code: 'role_held' } });
    expect(await mailsTo(app, anna.email)).toEqual([]);
  });

  test('20 invitations of the same address at once make one person with one role', async () => {
    const { karen, camilla } = await makeCentre(app);
    const sent = someone();
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => app.request(index % 2 ? karen : camilla).post(address, sent)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(409)]);
    expect(await peopleWith(sent.email)).toHaveLength(1);
    expect(await mailsTo(app, sent.email)).toHaveLength(1);
  });

  test('the same request twice sends one mail', async () => {
    const { karen } = await makeCentre(app);
    const [sent, key] = [someone(), { 'idempotency-key': randomUUID() }];
    const first = await app.request(karen).post(address, sent, key);
    expect((await app.request(karen).post(address, sent, key)).text).toBe(first.text);
    expect(await mailsTo(app, sent.email)).toHaveLength(1);
  });
});

describe('refused, with nothing left behind', () => {
  type Made = Awaited<ReturnType<typeof makeCentre>>;
  test.each<[string, (made: Made) => Record<string, unknown>, number, string]>([
    ['a manager without a school', () => ({ role: 'manager' }), 422, 'role_place'],
    ['a call agent at a school', ({ centre }) => ({ role: 'agent', schoolId: centre.schools.a }), 422, 'role_place'],
    ['a coordinator at a school', ({ centre }) => ({ role: 'coordinator', schoolId: centre.schools.a }), 422, 'role_place'],
    ['a last day before the first', () => ({ from: '2026-12-01', to: '2026-11-30' }), 422, 'days_reversed'],
    ['a school of another centre', ({ other }) => ({ schoolId: other.schools.g }), 422, 'unknown_place'],
    ['an organisation of another centre', ({ other }) => ({ role: 'agent', organisationId: other.organisation }), 422, 'unknown_place'],
    ['a school that never was', () => ({ schoolId: randomUUID() }), 422, 'unknown_place'],
    ['no address', () => ({ email: undefined }), 400, 'invalid'],
    ['half an address', () => ({ email: 'nora@' }), 400, 'invalid'],
    ['a line break in the address', () => ({ email: 'nora@skole.example\nBcc: all@skole.example' }), 400, 'invalid'],
    ['an empty name', () => ({ name: '  ' }), 400, 'invalid'],
    ['a day that no calendar has', () => ({ from: '2026-02-30' }), 400, 'invalid'],
    ['a role of no centre', () => ({ role: 'ministry' }), 400, 'invalid'],
    ['a field that nobody asked for', () => ({ admin: true }), 400, 'invalid'],
  ])('%s', async (_what, over, status, code) => {
    const made = await makeCentre(app);
    const sent = someone(over(made));
    expect(await app.request(made.karen).post(address, sent)).toMatchObject({ status, body: { code } });
    expect(await peopleWith(String(sent.email))).toEqual([]);
    expect(await mailsTo(app, String(sent.email))).toEqual([]);
  });
});
