import type { TestApp } from './app.ts';
import type { TestPerson } from './factory.ts';

/** The week of the tests' clock and the six after it, by their Mondays. */
export const weeks = ['2026-11-16', '2026-11-23', '2026-11-30', '2026-12-07', '2026-12-14', '2026-12-21', '2026-12-28'];

export async function agree(app: TestApp, centre: { id: string }, scope: 'centre' | 'school' | 'consultant', id: string, agreed: number, of: readonly string[] = weeks): Promise<void> {
  await app.owner.query(
    `insert into vn.capacity (centre_id, scope, scope_id, week, agreed) select $1, $2, $3, w::date, $4 from unnest($5::text[]) w
       on conflict (centre_id, scope, scope_id, week) do update set agreed = excluded.agreed`,
    [centre.id, scope, id, agreed, of],
  );
}

/** Working hours from Monday to Friday, and capacity for the centre, the consultant's school and the consultant. */
export async function makeBookable(app: TestApp, centre: { id: string }, people: readonly TestPerson[], agreed = 20, hours = ['08:00', '16:00']): Promise<void> {
  await agree(app, centre, 'centre', centre.id, agreed);
  for (const person of people) {
    for (let weekday = 1; weekday <= 5; weekday += 1) await app.owner.query('insert into vn.work_hours values ($1, $2, $3, $4, $5)', [centre.id, person.id, weekday, ...hours]);
    if (person.schoolId !== null) await agree(app, centre, 'school', person.schoolId, agreed);
    await agree(app, centre, 'consultant', person.id, agreed);
  }
}

/** A hand-over as somebody would write it. */
export const handover = (over: Record<string, unknown> = {}) => ({
  said: 'De mangler svejsere.',
  wishes: 'Gerne om morgenen.',
  place: 'Havnevej 4, Limvig',
  contact: { name: 'Preben Bjergager', role: 'Ejer', phone: '00 98 76 54', email: 'preben@bjergager.example', language: 'da' },
  ...over,
});

interface ShownSlot {
  choice: string;
  start: string;
  end: string;
  consultant: string;
  why: { rule: string; knowsTrade: boolean; language: string | null; travelMinutes: number };
}

/** What one sees as bookable. */
export async function slotsFor(app: TestApp, person: { token: string }, company: { id: string }, query = ''): Promise<ShownSlot[]> {
  const answer = await app.request(person).get(`/api/companies/${company.id}/slots${query}`);
  return (answer.body.days ?? []).flatMap(({ slots }: { slots: ShownSlot[] }) => slots);
}

export const book = (app: TestApp, person: { token: string }, company: { id: string }, choice: string, over: Record<string, unknown> = {}) =>
  app.request(person).post(`/api/companies/${company.id}/meetings`, { choice, handover: handover(), ...over });

/** Counters that do not say what the rows say; none is right. */
export async function falseCounters(app: TestApp): Promise<unknown[]> {
  const found = await app.owner.query(`
    select c.scope, c.week, c.used, c.agreed from vn.capacity c
     where c.used <> case c.scope
       when 'centre' then (select count(*) from vn.meeting m where m.centre_id = c.centre_id and m.week = c.week and m.live)
       when 'school' then (select count(*) from vn.meeting_staff s where s.centre_id = c.centre_id and s.school_id = c.scope_id and s.week = c.week and s.live)
       else (select count(*) from vn.meeting_staff s where s.centre_id = c.centre_id and s.consultant_id = c.scope_id and s.week = c.week and s.live) end`);
  return found.rows;
}
