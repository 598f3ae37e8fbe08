import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { TestApp } from './app.ts';
import type { TestPerson } from './factory.ts';
import { clientOf } from './scratch.ts';

interface Made {
  centre: { id: string; schools: Record<string, string>; organisation: string };
  camilla: TestPerson;
}

interface Wanted {
  routes?: readonly string[];
  /** Companies that the first school strikes. */
  struck?: readonly string[];
  close?: boolean;
  name?: string;
}

/** SQL of one's own choice as the application's login, in a person's context; kept. */
export async function acting<T>(app: TestApp, person: TestPerson, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await clientOf(app.database, 'app');
  try {
    await client.query('begin');
    await client.query(
      `select set_config('role', $1, true), set_config('app.centre', $2, true), set_config('app.school', $3, true), set_config('app.person', $4, true), set_config('app.roles', $5, true), set_config('app.now', $6, true)`,
      [`vn_${person.roles.includes('agent') ? 'agent' : 'staff'}`, person.centreId ?? '', person.schoolId ?? '', person.id, person.roles.join(','), app.clock.now().toISOString()],
    );
    const result = await work(client);
    await client.query('commit');
    return result;
  } finally {
    await client.end();
  }
}

/** The superuser's statement, in a centre and at the test's time: what triggers and the gate's functions look at. */
export async function ownerIn(app: TestApp, centre: { id: string }, text: string, values: unknown[] = []): Promise<pg.QueryResult> {
  await app.owner.query(`select set_config('app.centre', $1, false), set_config('app.now', $2, false)`, [centre.id, app.clock.now().toISOString()]);
  return app.owner.query(text, values).finally(() => app.owner.query(`select set_config('app.centre', '', false), set_config('app.now', '', false)`));
}

export const closeHearing = (app: TestApp, by: TestPerson, campaign: string): Promise<boolean> =>
  acting(app, by, async (client) => (await client.query('select vn.close_hearing($1) closed', [campaign])).rows[0].closed);

/** An agreement in force for the centre's call centre. */
export const fileAgreement = (app: TestApp, { centre }: Made): Promise<unknown> =>
  app.owner.query(`insert into vn.processor_agreement (centre_id, id, organisation_id, reference, signed_on, during) values ($1, $2, $3, 'Aftale', '2026-01-01', '[2026-01-01,)')`, [
    centre.id,
    randomUUID(),
    centre.organisation,
  ]);

/** A campaign with these companies on its list, its hearing answered by all and closed, its queue filled. Returns its id. */
export async function queuedCampaign(app: TestApp, made: Made, companies: readonly string[], { routes = ['call_centre'], struck = [], close = true, name }: Wanted = {}): Promise<string> {
  const [id, centre, now] = [randomUUID(), made.centre.id, app.clock.now()];
  const [school] = Object.values(made.centre.schools);
  await ownerIn(
    app,
    made.centre,
    `insert into vn.campaign (centre_id, id, name, goal, why, aim, routes, starts, ends, criteria, seed, frozen_at, hearing_opened_at, hearing_deadline, created_at, created_by)
     values ($1, $2, $3, 'Tale om uddannelse', 'Ingen skole har kontakt', 'breadth', $4, '2026-11-01', '2027-12-31', '{}', 1, $5, $5, $6, $5, $7)`,
    [centre, id, name ?? `Metal ${id}`, routes, now, new Date(now.getTime() + 14 * 86_400_000), made.camilla.id],
  );
  await ownerIn(app, made.centre, `insert into vn.campaign_script values ($1, $2, 'da', 'Goddag, jeg ringer for alle skolerne.')`, [centre, id]);
  await ownerIn(app, made.centre, `insert into vn.target (centre_id, campaign_id, company_id, facts) select $1, $2, unnest($3::uuid[]), '{"size":"small"}'`, [centre, id, companies]);
  await ownerIn(app, made.centre, `insert into vn.hearing (centre_id, campaign_id, school_id, answered_at, answered_by) select $1, $2, unnest($3::uuid[]), $4, $5`, [
    centre,
    id,
    Object.values(made.centre.schools),
    close ? now : null,
    close ? made.camilla.id : null,
  ]);
  await ownerIn(
    app,
    made.centre,
    `insert into vn.hearing_mark (centre_id, campaign_id, company_id, school_id, struck, reason, at, person_id) select $1, $2, unnest($3::uuid[]), $4, true, 'course', $5, $6`,
    [centre, id, struck, school, now, made.camilla.id],
  );
  if (close) await closeHearing(app, made.camilla, id);
  return id;
}
