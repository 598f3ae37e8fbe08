import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { mailsTo, seen } from '../../../../tests/support/ask.ts';
import { makeCompany } from '../../../../tests/support/companies.ts';
import { makeCentre, makePerson } from '../../../../tests/support/factory.ts';
import { inside } from '../../../../tests/support/inside.ts';
import { agree, book, falseCounters, handover, makeBookable, slotsFor } from '../../../../tests/support/meetings.ts';

const app = await testApp();

/** A centre with one bookable consultant and a company. */
async function ready(agreed = 20) {
  const people = await makeCentre(app);
  await makeBookable(app, people.centre, [people.anna], agreed);
  const company = await makeCompany(app, [people.centre]);
  return { ...people, company };
}
/** The same with the first slot booked by the agent. */
async function bookedOnce() {
  const all = await ready();
  const [slot, next] = await slotsFor(app, all.camilla, all.company);
  if (slot === undefined || next === undefined) throw new Error('no slots');
  const answer = await book(app, all.camilla, all.company, slot.choice);
  expect(answer.status, answer.text).toBe(201);
  return { ...all, slot, next, meeting: answer.body.id as string };
}

describe('booking a meeting', () => {
  test('401 for nobody, 403 for a manager, 404 for a company of another centre', async () => {
    const { company, dorte, ida } = await ready();
    const body = { choice: 'WyJhIiwiYiJd', handover: handover() };
    expect(await app.request(null).post(`/api/companies/${company.id}/meetings`, body)).toMatchObject({ status: 401 });
    expect(await app.request(dorte).post(`/api/companies/${company.id}/meetings`, body)).toMatchObject({ status: 403 });
    expect(await book(app, ida, company, 'WyIwMTk5MDAwMC0wMDAwLTcwMDAtODAwMC0wMDAwMDAwMDAwMDEiLCIyMDI2LTExLTE4VDA3OjAwOjAwLjAwMFoiXQ')).toMatchObject({ status: 404 });
  });

  test('2.40 without a hand-over there is no meeting: what was said, where, and with whom are mandatory', async () => {
    const { company, camilla, centre } = await ready();
    const [slot] = await slotsFor(app, camilla, company);
    for (const broken of [undefined, handover({ said: ' ' }), handover({ place: '' }), handover({ contact: { name: '' } }), handover({ contact: undefined })])
      expect(await book(app, camilla, company, slot?.choice ?? '', { handover: broken })).toMatchObject({ status: 400, body: { code: 'invalid' } });
    // The database says the same to a fault of ours.
    await app.owner.query('begin');
    await app.owner.query(`select set_config('app.centre', $1, true)`, [centre.id]);
    await expect(
      app.owner.query(`insert into vn.meeting (centre_id, id, company_id, during, week, state, made_at) values ($1, $2, $3, '[2026-11-24 08:00Z,2026-11-24 09:00Z)', '2026-11-23', 'booked', now())`, [
        centre.id,
        randomUUID(),
        company.id,
      ]),
    ).rejects.toMatchObject({ constraint: 'handed_over' });
    await app.owner.query('rollback');
  });

  test('2.16 a meeting stands in the consultant’s calendar; the consultant gets the hand-over, the story a line, the week a use', async () => {
    const { anna, camilla, company, slot, meeting, centre } = await bookedOnce();
    expect(slot).toMatchObject({ start: '2026-11-18T07:00:00.000Z', end: '2026-11-18T08:00:00.000Z', consultant: 'Anna', why: { rule: 'only', travelMinutes: 30 } });
    const brief = await app.request(anna).get(`/api/meetings/${meeting}`);
    expect(brief).toMatchObject({
      status: 200,
      body: {
        ...handover(),
        start: slot.start,
        state: 'booked',
        company: { name: 'Bjergager Smede' },
        staff: [{ id: anna.id, school: 'Skole A' }],
        bookedBy: 'Camilla',
        mode: 'availability',
        can: { change: true, end: false },
      },
    });
    expect((await app.request(camilla).get(`/api/companies/${company.id}/timeline`)).body.items[0]).toMatchObject({ kind: 'meeting.booked', person: 'Camilla' });
    expect((await app.request(camilla).get('/api/capacity/open-weeks')).body[0]).toEqual({ week: '2026-11-16', agreed: 20, used: 1 });
    expect((await app.owner.query(`select event from vn.audit where centre_id = $1 and subject = $2`, [centre.id, meeting])).rows).toEqual([{ event: 'meeting.booked' }]);
    expect(await falseCounters(app)).toEqual([]);
  });

  test('2.16 a slot that was taken a moment ago is refused, and nothing of the attempt is left', async () => {
    const { camilla, slot, centre } = await bookedOnce();
    const other = await makeCompany(app, [centre]);
    const answer = await book(app, camilla, other, slot.choice);
    expect(answer).toMatchObject({ status: 409, body: { code: 'slot_taken' } });
    expect((await app.request(camilla).get(`/api/companies/${other.id}/timeline`)).body.items).toEqual([]);
    expect(await falseCounters(app)).toEqual([]);
  });

  test('2.16 the same request twice is one meeting', async () => {
    const { camilla, company, anna } = await ready();
    const [slot] = await slotsFor(app, camilla, company);
    const send = () => app.request(camilla).post(`/api/companies/${company.id}/meetings`, { choice: slot?.choice, handover: handover() }, { 'idempotency-key': 'once' });
    const answers = await Promise.all([send(), send(), send()]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect((await app.request(anna).get('/api/meetings')).body).toHaveLength(1);
  });

  test('2.05 a full week has no slots, a booking into it is refused, and the week after is offered', async () => {
    const { camilla, company, centre } = await ready(1);
    const [slot, second] = await slotsFor(app, camilla, company);
    expect((await book(app, camilla, company, slot?.choice ?? '')).status).toBe(201);
    expect(await book(app, camilla, company, second?.choice ?? '')).toMatchObject({ status: 409, body: { code: 'capacity_full' } });
    const next = await app.request(camilla).get(`/api/companies/${company.id}/slots`);
    expect(next.body.week).toBe('2026-11-23');
    expect(next.body.weeks[0]).toEqual({ week: '2026-11-16', agreed: 1, used: 1, slots: 0 });
    // Lowered below what is used: what is booked stands, nothing more is.
    await agree(app, centre, 'centre', centre.id, 0);
    expect(await slotsFor(app, camilla, company)).toEqual([]);
    expect(await falseCounters(app)).toEqual([]);
  });

  test.each(['centre', 'school', 'consultant'] as const)('2.05 where nothing was agreed for the %s, nothing can be booked', async (scope) => {
    const { camilla, company, centre } = await ready();
    const [slot] = await slotsFor(app, camilla, company);
    await app.owner.query('delete from vn.capacity where centre_id = $1 and scope = $2', [centre.id, scope]);
    expect(await slotsFor(app, camilla, company)).toEqual([]);
    expect((await book(app, camilla, company, slot?.choice ?? '')).status).toBe(409);
  });

  test('2.16 a company that may not be called is not available, whatever the reason, for slots and for booking', async () => {
    for (const reason of [`protected = true`, `objection = true`, `quarantined = true, quarantine_until = '2027-02-17'`]) {
      const { camilla, company } = await ready();
      const [slot] = await slotsFor(app, camilla, company);
      await app.owner.query(`update vn.relation set ${reason} where company_id = $1`, [company.id]);
      expect((await app.request(camilla).get(`/api/companies/${company.id}/slots`)).body).toMatchObject({ available: false });
      expect(await slotsFor(app, camilla, company)).toEqual([]);
      expect(await book(app, camilla, company, slot?.choice ?? '')).toMatchObject({ status: 409, body: { code: 'company_not_available' } });
    }
  });

  test('2.16 a slot is held for five minutes while the hand-over is written, for one’s own booking only', async () => {
    const { anna, camilla, company } = await ready();
    const [slot] = await slotsFor(app, camilla, company);
    const held = await app.request(camilla).post(`/api/companies/${company.id}/holds`, { choice: slot?.choice });
    expect(held).toMatchObject({ status: 201, body: { start: slot?.start, consultant: 'Anna', until: '2026-11-17T08:05:00.000Z' } });
    expect(await book(app, anna, company, slot?.choice ?? '')).toMatchObject({ status: 409, body: { code: 'slot_taken' } });
    expect(await book(app, anna, company, slot?.choice ?? '', { hold: held.body.id })).toMatchObject({ status: 409, body: { code: 'slot_taken' } });
    const booked = await book(app, camilla, company, slot?.choice ?? '', { hold: held.body.id });
    expect(booked).toMatchObject({ status: 201, body: { id: held.body.id, start: slot?.start, consultant: 'Anna' } });
    expect(await falseCounters(app)).toEqual([]);
  });

  test('2.16 a hold that lapsed gives way to whoever comes next, and the house gives its capacity back', async () => {
    const { camilla, company, centre } = await ready();
    const [slot, other] = await slotsFor(app, camilla, company);
    const held = await app.request(camilla).post(`/api/companies/${company.id}/holds`, { choice: slot?.choice });
    await app
      .request(camilla)
      .post(`/api/companies/${company.id}/holds`, { choice: other?.choice })
      .then(() => undefined);
    const start = app.clock.now().toISOString();
    app.clock.advance({ minutes: 6 });
    expect((await book(app, camilla, company, slot?.choice ?? '')).status).toBe(201);
    expect(await book(app, camilla, company, slot?.choice ?? '', { hold: held.body.id })).toMatchObject({ status: 409, body: { code: 'slot_taken' } });
    await app.sweep();
    expect((await app.owner.query(`select state from vn.meeting where centre_id = $1 and said is null`, [centre.id])).rows.every(({ state }) => state === 'cancelled')).toBe(true);
    expect(await falseCounters(app)).toEqual([]);
    app.clock.set(start);
  });
});

describe('changing a meeting', () => {
  test('404 for a consultant of another school and another centre’s coordinator; 403 for a colleague of the school', async () => {
    const { meeting, centre, ida } = await bookedOnce();
    const colleague = await makePerson(app, 'Birte', ['consultant'], { centreId: centre.id, schoolId: centre.schools.a });
    const competitor = await makePerson(app, 'Jan', ['consultant'], { centreId: centre.id, schoolId: centre.schools.b });
    for (const person of [competitor, ida]) {
      expect((await app.request(person).get(`/api/meetings/${meeting}`)).status).toBe(404);
      expect((await app.request(person).put(`/api/meetings/${meeting}/cancellation`, { because: 'company' }, seen(1))).status).toBe(404);
    }
    expect((await app.request(competitor).get('/api/meetings')).body).toEqual([]);
    expect(await app.request(colleague).put(`/api/meetings/${meeting}/cancellation`, { because: 'company' }, seen(1))).toMatchObject({ status: 403, body: { code: 'not_your_meeting' } });
    await expect(inside(app, competitor, (client) => client.query('select vn.end_meeting($1, $2, 1, $3, $4)', [meeting, randomUUID(), 'cancelled', 'other']))).rejects.toMatchObject({ code: '42501' });
  });

  test('2.05 moved into another week it uses that one and gives the old one back; the old time is free', async () => {
    const { anna, camilla, company, meeting, slot } = await bookedOnce();
    const [later] = await slotsFor(app, anna, company, `?week=2026-11-23&meeting=${meeting}`);
    expect(later?.why.rule).toBe('kept');
    const moved = await app.request(anna).put(`/api/meetings/${meeting}/time`, { choice: later?.choice }, seen(1));
    expect(moved).toMatchObject({ status: 200, body: { start: later?.start, state: 'booked', version: 2 } });
    expect((await app.request(camilla).get('/api/capacity/open-weeks')).body.slice(0, 2)).toEqual([
      { week: '2026-11-16', agreed: 20, used: 0 },
      { week: '2026-11-23', agreed: 20, used: 1 },
    ]);
    expect((await slotsFor(app, camilla, company))[0]?.start).toBe(slot.start);
    expect(await falseCounters(app)).toEqual([]);
  });

  test('2.16 moved by half an hour it does not collide with itself, and within a full week it may stay', async () => {
    const { camilla, company, meeting, centre } = await bookedOnce();
    await agree(app, centre, 'centre', centre.id, 1);
    const [, near] = await slotsFor(app, camilla, company, `?week=2026-11-16&meeting=${meeting}`);
    expect(near?.start).toBe('2026-11-18T07:30:00.000Z');
    expect((await app.request(camilla).put(`/api/meetings/${meeting}/time`, { choice: near?.choice }, seen(1))).status).toBe(200);
    expect(await falseCounters(app)).toEqual([]);
  });

  test('2.05 cancelled with a reason it gives time and capacity back; held and no-show keep them', async () => {
    const { anna, camilla, company, meeting, slot } = await bookedOnce();
    expect(await app.request(anna).put(`/api/meetings/${meeting}/cancellation`, { because: 'illness' }, seen(1))).toMatchObject({
      status: 200,
      body: { state: 'cancelled', cancelledBecause: 'illness', can: { change: false } },
    });
    expect((await app.request(camilla).get('/api/capacity/open-weeks')).body[0].used).toBe(0);
    expect((await slotsFor(app, camilla, company))[0]?.start).toBe(slot.start);
    for (const how of ['done', 'no_show'] as const) {
      const start = app.clock.now().toISOString();
      const all = await bookedOnce();
      expect(await app.request(all.anna).put(`/api/meetings/${all.meeting}/end`, { how }, seen(1))).toMatchObject({ status: 409, body: { code: 'meeting_ahead' } });
      app.clock.set('2026-11-18T09:30:00+01:00');
      expect(await app.request(all.anna).put(`/api/meetings/${all.meeting}/end`, { how }, seen(1))).toMatchObject({ status: 200, body: { state: how } });
      expect((await app.request(all.camilla).get('/api/capacity/open-weeks')).body[0].used).toBe(1);
      expect(await app.request(all.anna).put(`/api/meetings/${all.meeting}/cancellation`, { because: 'other' }, seen(2))).toMatchObject({ status: 409, body: { code: 'meeting_over' } });
      app.clock.set(start);
    }
    expect(await falseCounters(app)).toEqual([]);
  });

  test('428 without the version it saw, 412 with an older one', async () => {
    const { anna, meeting } = await bookedOnce();
    expect(await app.request(anna).put(`/api/meetings/${meeting}/cancellation`, { because: 'other' })).toMatchObject({ status: 428 });
    expect(await app.request(anna).put(`/api/meetings/${meeting}/cancellation`, { because: 'other' }, seen(9))).toMatchObject({ status: 412, body: { current: { version: 1 } } });
  });
});

describe('2.18 who goes, and why', () => {
  test('a colleague goes along to learn: of another school too, with an invitation, and with that person’s time and capacity', async () => {
    const { anna, meeting, centre } = await bookedOnce();
    const karim = await makePerson(app, 'Karim', ['consultant'], { centreId: centre.id, schoolId: centre.schools.b });
    const join = (person: string | null, version: number) => app.request(anna).put(`/api/meetings/${meeting}/companion`, { person }, seen(version));
    expect(await join(karim.id, 1)).toMatchObject({ status: 409, body: { code: 'capacity_full' } });
    await makeBookable(app, centre, [karim]);
    expect(await join(karim.id, 1)).toMatchObject({
      status: 200,
      body: {
        mode: 'learning',
        version: 2,
        staff: [
          { name: 'Anna', learns: false },
          { name: 'Karim', learns: true },
        ],
      },
    });
    expect((await app.request(karim).get(`/api/meetings/${meeting}`)).body.said).toBe('De mangler svejsere.');
    expect((await mailsTo(app, karim.email))[0]?.calendar).toContain('SEQUENCE:1');
    expect(await falseCounters(app)).toEqual([]);
    expect(await join(null, 2)).toMatchObject({ status: 200, body: { mode: 'availability', staff: [{ name: 'Anna' }] } });
    expect((await app.request(karim).get(`/api/meetings/${meeting}`)).status).toBe(404);
    expect(await falseCounters(app)).toEqual([]);
  });

  test('not one who is busy, absent, no consultant, or goes already', async () => {
    const { anna, camilla, meeting, centre } = await bookedOnce();
    const karim = await makePerson(app, 'Karim', ['consultant'], { centreId: centre.id, schoolId: centre.schools.b });
    await makeBookable(app, centre, [karim]);
    await app.request(karim).post(`/api/people/${karim.id}/absences`, { from: '2026-11-18', to: '2026-11-18' });
    for (const person of [karim, anna, camilla])
      expect(await app.request(anna).put(`/api/meetings/${meeting}/companion`, { person: person.id }, seen(1))).toMatchObject({ status: 409, body: { code: 'companion_busy' } });
    expect(await falseCounters(app)).toEqual([]);
  });

  test('2.06 3.06 the coordinator sees what each school got against its share, per school and never per person; a manager what is no small cell', async () => {
    const { camilla, anna, dorte, emil } = await bookedOnce();
    const answer = await app.request(camilla).get('/api/assignment-shares');
    expect(answer.body).toEqual({
      schools: [
        { school: 'Skole A', own: false, booked: 1, share: 140, expected: 1 },
        { school: 'Skole B', own: false, booked: 0, share: 0, expected: 0 },
        { school: 'Skole C', own: false, booked: 0, share: 0, expected: 0 },
      ],
      exact: true,
      threshold: 5,
    });
    expect(answer.text).not.toContain('Anna');
    expect((await app.request(anna).get('/api/assignment-shares')).status).toBe(403);
    // One meeting is a small cell: a school sees its own and nothing of the others, nor a total that would tell.
    const seen = async (person: typeof dorte) =>
      (await app.request(person).get('/api/assignment-shares')).body.schools.map(({ booked, expected }: { booked: number | null; expected: number | null }) => [booked, expected]);
    expect(await seen(dorte)).toEqual([
      [1, null],
      [null, null],
      [null, null],
    ]);
    expect(await seen(emil)).toEqual([
      [null, null],
      [0, null],
      [null, null],
    ]);
  });
});

describe('2.16 invitations', () => {
  const ics = (mail: { calendar?: string } | undefined) => (mail?.calendar ?? '').replaceAll('\r\n ', '');

  test('go to the consultant with the hand-over and to the contact without it; later ones have the same number and a higher count', async () => {
    const { anna, company, meeting } = await bookedOnce();
    const address = 'preben@bjergager.example';
    const before = (await mailsTo(app, address)).length;
    const mine = (await mailsTo(app, anna.email))[0];
    expect(mine).toMatchObject({ subject: 'Møde hos Bjergager Smede' });
    expect(mine?.text).toContain('onsdag den 18. november 2026 kl. 8.00–9.00');
    expect(mine?.text).toContain('De mangler svejsere.');
    expect(mine?.text).toContain(`/meetings/${meeting}`);
    expect(ics(mine)).toContain('METHOD:REQUEST');
    expect(ics(mine)).toContain(`UID:${meeting}@localhost`);
    expect(ics(mine)).toContain('DTSTART:20261118T070000Z');
    expect(ics(mine)).toContain('SEQUENCE:0');
    const theirs = (await mailsTo(app, address)).at(-1);
    expect(theirs?.subject).toBe('Møde med en konsulent fra VEU-center Prøven');
    expect(`${theirs?.text}${ics(theirs)}`).not.toContain('svejsere');
    expect(theirs?.text).toContain('Anna');

    const [later] = await slotsFor(app, anna, company, `?week=2026-11-23&meeting=${meeting}`);
    await app.request(anna).put(`/api/meetings/${meeting}/time`, { choice: later?.choice }, seen(1));
    await app.request(anna).put(`/api/meetings/${meeting}/cancellation`, { because: 'company' }, seen(2));
    const all = (await mailsTo(app, address)).slice(before - 1);
    expect(all.map((mail) => [/METHOD:\w+/.exec(ics(mail))?.[0], /SEQUENCE:\d/.exec(ics(mail))?.[0], /UID:\S+/.exec(ics(mail))?.[0]])).toEqual([
      ['METHOD:REQUEST', 'SEQUENCE:0', `UID:${meeting}@localhost`],
      ['METHOD:REQUEST', 'SEQUENCE:1', `UID:${meeting}@localhost`],
      ['METHOD:CANCEL', 'SEQUENCE:2', `UID:${meeting}@localhost`],
    ]);
  });

  test('speak the contact’s language, and nobody is written to where no address is known', async () => {
    const { camilla, company, anna } = await ready();
    await app.owner.query(`insert into vn.consultant_profile values ($1, $2, $3, '{}', '{}', 0, 0, '{da,pl}', '{}', 'school', 1)`, [anna.centreId, anna.id, anna.schoolId]);
    const [slot] = await slotsFor(app, camilla, company, '?language=pl');
    expect(slot?.why.language).toBe('pl');
    const contact = { name: 'Ola', role: '', phone: null, email: `ola-${company.cvr}@firma.example`, language: 'pl' };
    expect((await book(app, camilla, company, slot?.choice ?? '', { handover: handover({ contact }) })).status).toBe(201);
    expect((await mailsTo(app, contact.email))[0]?.text).toContain('Dear Ola');
    const count = app.mails.length;
    const [next] = await slotsFor(app, camilla, company);
    await book(app, camilla, company, next?.choice ?? '', { handover: handover({ contact: { name: 'Per', email: '' } }) });
    await app.jobs.drain();
    expect(app.mails.slice(count).map(({ to }) => to)).toEqual([anna.email]);
  });
});
