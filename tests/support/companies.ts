import { randomUUID } from 'node:crypto';
import type { TestApp } from './app.ts';
import { someCvr } from './factory.ts';

type Facts = Record<string, string | number | boolean | null>;

/** A company put into the register directly, and known to these centres. */
export async function makeCompany(app: TestApp, centres: readonly { id: string }[], facts: Facts = {}): Promise<{ id: string; cvr: string }> {
  const row: Facts = { id: randomUUID(), cvr: someCvr(), name: 'Bjergager Smede', source: 'cvr', created_at: app.clock.now().toISOString(), ...facts };
  await app.owner.query(
    `insert into vn.company (${Object.keys(row).join(', ')}) values (${Object.keys(row)
      .map((_, at) => `$${at + 1}`)
      .join(', ')})`,
    Object.values(row),
  );
  for (const { id } of centres)
    await app.owner.query('insert into vn.relation (centre_id, company_id, since, protected, ceased) values ($1, $2, $3, $4, $5)', [
      id,
      row.id,
      app.clock.now(),
      row.protected ?? false,
      row.status === 'ceased',
    ]);
  return { id: String(row.id), cvr: String(row.cvr) };
}

/** A person at a company whom a centre knows. */
export async function makeContact(app: TestApp, centre: { id: string }, company: { id: string }, name: string, phone: string | null = null): Promise<string> {
  const id = randomUUID();
  await app.owner.query(
    `insert into vn.contact (centre_id, id, company_id, name, role, phone, basis, source, review_on, created_at) values ($1, $2, $3, $4, 'owner', $5, 'public_task', 'Opkald', '2028-11-17', $6)`,
    [centre.id, id, company.id, name, phone, app.clock.now()],
  );
  return id;
}

/** So many companies at once, all of one centre; `at` stands in the name, and everything else is spread evenly. */
export async function manyCompanies(app: TestApp, centre: { id: string }, from: number, to: number, name = `'Firma ' || md5(n::text)`): Promise<void> {
  await app.owner.query(
    `with made as (
       insert into vn.company (id, cvr, name, address, postcode, town, municipality, source, created_at, scheme, industry_code, size_from, size_to)
       select gen_random_uuid(), lpad((50000000 + n)::text, 8, '0'), ${name}, 'Vej ' || n, '7620', 'Limvig', (array['0665', '0671', '0661', '0751'])[1 + n % 4], 'cvr', $4, 'DB25', lpad((10000 + n % 97 * 100)::text, 6, '0'), 5, 9
         from generate_series($2::int, $3::int - 1) n returning id)
     insert into vn.relation (centre_id, company_id, since) select $1, id, $4 from made`,
    [centre.id, from, to, app.clock.now()],
  );
}
