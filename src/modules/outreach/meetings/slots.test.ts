import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { makeCompany } from '../../../../tests/support/companies.ts';
import { makeCentre, makePerson } from '../../../../tests/support/factory.ts';
import { agree, book, makeBookable, slotsFor } from '../../../../tests/support/meetings.ts';

const app = await testApp();
const start = app.clock.now().toISOString();

async function ready(facts: Record<string, string> = {}, hours = ['08:00', '16:00']) {
  app.clock.set(start);
  const people = await makeCentre(app);
  await makeBookable(app, people.centre, [people.anna], 20, hours);
  const company = await makeCompany(app, [people.centre], facts);
  return { ...people, company };
}
/** The times of a week's slots where the centre is: "18 08:00". */
async function times(person: { token: string }, company: { id: string }, query = '') {
  const at = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Copenhagen', day: '2-digit', hour: '2-digit', minute: '2-digit' });
  return (await slotsFor(app, person, company, query)).map((slot) => at.format(new Date(slot.start)).replace(' kl. ', ' '));
}
const onDay = (all: readonly string[], day: string) => all.filter((each) => each.startsWith(`${day} `)).map((each) => each.slice(3));
const halfHours = (from: number, to: number) => Array.from({ length: (to - from) * 2 + 1 }, (_, at) => `${String(from + Math.floor(at / 2)).padStart(2, '0')}:${at % 2 ? '30' : '00'}`);

describe('2.16 only what can really be booked is shown', () => {
  test('from the next working day within working hours, six weeks ahead', async () => {
    const { camilla, company } = await ready();
    const shown = await times(camilla, company);
    expect([...new Set(shown.map((each) => each.slice(0, 2)))]).toEqual(['18', '19', '20']);
    expect(onDay(shown, '18')).toEqual(halfHours(8, 15));
    const { weeks } = (await app.request(camilla).get(`/api/companies/${company.id}/slots`)).body;
    expect(weeks.map(({ week }: { week: string }) => week)).toEqual(['2026-11-16', '2026-11-23', '2026-11-30', '2026-12-07', '2026-12-14', '2026-12-21', '2026-12-28']);
    // Six weeks from Tuesday 17 November end on Tuesday 29 December.
    expect([...new Set((await times(camilla, company, '?week=2026-12-28')).map((each) => each.slice(0, 2)))]).toEqual(['28', '29']);
  });

  test('on a Friday that is Monday', async () => {
    const { camilla, company } = await ready();
    app.clock.set('2026-11-20T10:00:00+01:00');
    expect((await times(camilla, company))[0]).toBe('23 08:00');
    app.clock.set(start);
  });

  test('AC25 public holidays are closed: none over 2026-04-02 to 06, and a booking there is refused', async () => {
    const { camilla, company, centre, anna } = await ready();
    app.clock.set('2026-03-24T09:00:00+01:00');
    const mondays = ['2026-03-23', '2026-03-30', '2026-04-06', '2026-04-13'];
    for (const [scope, id] of [
      ['centre', centre.id],
      ['school', centre.schools.a],
      ['consultant', anna.id],
    ] as const)
      await agree(app, centre, scope, id, 20, mondays);
    expect([...new Set((await times(camilla, company, '?week=2026-03-30')).map((each) => each.slice(0, 2)))]).toEqual(['30', '31', '01']);
    expect([...new Set((await times(camilla, company, '?week=2026-04-06')).map((each) => each.slice(0, 2)))]).toEqual(['07', '08', '09', '10']);
    const days = (await app.request(camilla).get(`/api/companies/${company.id}/slots?week=2026-03-30`)).body.days;
    expect(days.find(({ day }: { day: string }) => day === '2026-04-02').holiday).toEqual({ da: 'Skærtorsdag', en: 'Maundy Thursday' });
    for (const day of ['2026-04-02', '2026-04-03', '2026-04-04', '2026-04-05', '2026-04-06']) {
      const choice = Buffer.from(encodeURIComponent(JSON.stringify([anna.id, `${day}T08:00:00.000Z`]))).toString('base64url');
      expect(await book(app, camilla, company, choice), day).toMatchObject({ status: 409, body: { code: 'slot_taken' } });
    }
    app.clock.set(start);
  });

  test('at eight on the wall, before and after the clocks change', async () => {
    const { camilla, company, centre, anna } = await ready();
    app.clock.set('2026-10-20T09:00:00+02:00');
    for (const [scope, id] of [
      ['centre', centre.id],
      ['school', centre.schools.a],
      ['consultant', anna.id],
    ] as const)
      await agree(app, centre, scope, id, 20, ['2026-10-19', '2026-10-26']);
    expect((await slotsFor(app, camilla, company, '?week=2026-10-19'))[0]?.start).toBe('2026-10-21T06:00:00.000Z');
    expect((await slotsFor(app, camilla, company, '?week=2026-10-26'))[0]?.start).toBe('2026-10-26T07:00:00.000Z');
    app.clock.set(start);
  });

  test('not while teaching, and not on the way from it or back to it', async () => {
    const { camilla, company, anna } = await ready();
    const written = await app.request(anna).put(
      `/api/people/${anna.id}/work-time`,
      {
        hours: [
          { weekday: 3, starts: '08:00', ends: '16:00' },
          { weekday: 4, starts: '08:00', ends: '16:00' },
        ],
        teaching: [{ weekday: 3, starts: '10:00', ends: '12:00', from: '2026-11-01', to: '2026-11-20' }],
      },
      { 'if-match': '"0"' },
    );
    expect(written.status, written.text).toBe(200);
    const shown = await times(camilla, company);
    // Half an hour each way, and an hour's meeting.
    expect(onDay(shown, '18')).toEqual(['08:00', '08:30', '12:30', '13:00', '13:30', '14:00', '14:30', '15:00']);
    expect(onDay(shown, '19')).toEqual(halfHours(8, 15));
    expect(onDay(await times(camilla, company, '?week=2026-11-23'), '25')).toEqual(halfHours(8, 15));
  });

  test('not while absent, and not while a calendar file says busy', async () => {
    const { camilla, company, anna, dorte } = await ready();
    expect((await app.request(dorte).post(`/api/people/${anna.id}/absences`, { from: '2026-11-19', to: '2026-11-19' })).status).toBe(201);
    const text = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', 'BEGIN:VEVENT', 'UID:1', 'DTSTART;TZID=Europe/Copenhagen:20261118T080000', 'DURATION:PT4H', 'END:VEVENT', 'END:VCALENDAR'].join('\r\n');
    expect((await app.request(anna).put(`/api/people/${anna.id}/calendar-file`, { fileName: 'skema.ics', text })).status).toBe(200);
    const shown = await times(camilla, company);
    expect(onDay(shown, '18')).toEqual(halfHours(12, 15).slice(1));
    expect(onDay(shown, '19')).toEqual([]);
  });

  test('not during another meeting, nor without the way to this one after it', async () => {
    const { camilla, company, centre } = await ready();
    const elsewhere = await makeCompany(app, [centre]);
    const ten = (await slotsFor(app, camilla, elsewhere)).find((each) => each.start === '2026-11-18T09:00:00.000Z');
    expect((await book(app, camilla, elsewhere, ten?.choice ?? '')).status).toBe(201);
    // 10 to 11 is taken; before it one must leave at 9.30, after it the way here is half an hour.
    expect(onDay(await times(camilla, company), '18')).toEqual(['08:00', '08:30', '11:30', '12:00', '12:30', '13:00', '13:30', '14:00', '14:30', '15:00']);
  });
});

describe('2.16 the way there', () => {
  const travel = async (school: string | null, facts: Record<string, string>) => {
    const { camilla, company, centre } = await ready(facts);
    await app.owner.query('update vn.school set postcode = $1 where id = $2', [school, centre.schools.a]);
    return (await slotsFor(app, camilla, company))[0]?.why.travelMinutes;
  };
  test.each([
    ['next door: a quarter of an hour at least', '7620', { postcode: '7620' }, 15],
    ['Lemvig to Holstebro, 28 km as the crow flies, 36 km of road', '7620', { postcode: '7500' }, 45],
    ['Holstebro to Aarhus', '7500', { postcode: '8000' }, 135],
    ['a postcode that nobody knows: the middle of its municipality', '7620', { postcode: '7621', municipality: '0665' }, 15],
    ['nothing known of the company', '7620', {}, 30],
    ['nothing known of the school', null, { postcode: '7620' }, 30],
  ] as const)('%s', async (_what, school, facts, minutes) => expect(await travel(school, facts)).toBe(minutes));
});

describe('3.05 who is sent', () => {
  const profile = (app_: typeof app, person: { id: string; centreId: string | null; schoolId: string | null }, over: { industries?: string; languages?: string; area?: string }) =>
    app_.owner.query(`insert into vn.consultant_profile values ($1, $2, $3, $4, '{}', 0, 0, $5, $6, 'school', 1)`, [
      person.centreId,
      person.id,
      person.schoolId,
      over.industries ?? '{}',
      over.languages ?? '{da}',
      over.area ?? '{}',
    ]);
  async function two(facts: Record<string, string> = {}) {
    const all = await ready(facts);
    const jan = await makePerson(app, 'Jan', ['consultant'], { centreId: all.centre.id, schoolId: all.centre.schools.b });
    await makeBookable(app, all.centre, [jan]);
    return { ...all, jan };
  }
  const names = async (person: { token: string }, company: { id: string }, query = '') => [...new Set((await slotsFor(app, person, company, query)).map(({ consultant }) => consultant))].sort();

  test('whoever knows the trade, in either scheme of industries; where nobody names it, everybody', async () => {
    for (const scheme of ['DB07', 'DB25']) {
      const { anna, jan, camilla, company } = await two({ scheme, industry_code: '251100' });
      expect(await names(camilla, company)).toEqual(['Anna', 'Jan']);
      await profile(app, anna, { industries: '{Q}' });
      await profile(app, jan, { industries: '{C}' });
      expect(await names(camilla, company)).toEqual(['Jan']);
      expect((await slotsFor(app, camilla, company))[0]?.why.knowsTrade).toBe(true);
    }
  });

  test('whoever goes to the municipality and speaks the language', async () => {
    const { anna, jan, camilla, company } = await two({ municipality: '0665' });
    await profile(app, anna, { area: '{0661}', languages: '{da,pl}' });
    await profile(app, jan, { area: '{0665,0661}' });
    expect(await names(camilla, company)).toEqual(['Jan']);
    expect(await names(camilla, company, '?language=pl')).toEqual([]);
  });

  test('every choice is written down with its figures, for the coordinator only, and repeating it gives the same answer', async () => {
    const { camilla, anna, company, centre } = await two();
    const made: { at: string; school: string }[] = [];
    for (let at = 0; at < 6; at += 1) {
      const [slot] = await slotsFor(app, camilla, company, '?week=2026-11-23');
      expect((await book(app, camilla, company, slot?.choice ?? '')).status).toBe(201);
    }
    expect((await app.request(anna).get('/api/assignments')).status).toBe(403);
    const log = (await app.request(camilla).get('/api/assignments')).body;
    expect(log).toHaveLength(6);
    for (const line of log) {
      expect(line).toMatchObject({ company: 'Bjergager Smede', seed: expect.stringContaining(company.id) });
      made.push(line);
    }
    const bySchool: Record<string, number> = {};
    for (const { school } of made) bySchool[school] = (bySchool[school] ?? 0) + 1;
    expect(bySchool).toEqual({ 'Skole A': 3, 'Skole B': 3 });
    const { assign } = await import('./rules.ts');
    for (const row of (await app.owner.query('select * from vn.assignment where centre_id = $1', [centre.id])).rows)
      expect(assign(row.inputs.candidates, row.inputs.schools, row.inputs, row.seed)).toMatchObject({ consultant: row.consultant_id, because: row.because });
    await expect(app.owner.query('delete from vn.assignment where centre_id = $1', [centre.id])).rejects.toMatchObject({ code: 'VN009' });
  });

  test('a school that is three ahead of its share is offered no more until another catches up', async () => {
    const { camilla, company, anna, centre } = await two();
    // Only Anna's school has somebody; the other one's share stands.
    await app.owner.query(`delete from vn.work_hours where person_id <> $1 and centre_id = $2`, [anna.id, centre.id]);
    let booked = 0;
    for (let at = 0; at < 10; at += 1) {
      const [slot] = await slotsFor(app, camilla, company, '?week=2026-11-23');
      if (slot === undefined) break;
      expect((await book(app, camilla, company, slot.choice)).status).toBe(201);
      booked += 1;
    }
    expect(booked).toBe(6);
  });

  test('whoever is signed in may read the rule and its figures', async () => {
    const { anna, camilla, dorte, hanne, karen } = await ready();
    for (const person of [anna, camilla, dorte, hanne, karen]) expect((await app.request(person).get('/api/assignment-rule')).body).toEqual({ weeks: 13, lead: 3, minutes: 60, horizonDays: 42 });
    expect((await app.request(null).get('/api/assignment-rule')).status).toBe(401);
  });
});
