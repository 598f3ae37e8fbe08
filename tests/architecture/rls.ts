import type pg from 'pg';

/** What the jobs that read files of companies and of classes need of a centre, under the centre's policy like everybody. */
const importReads = new Set([
  ...['relation', 'contact', 'membership', 'centre_area', 'company_import', 'timeline_entry'],
  ...['erased', 'class_file', 'class_change', 'institution_school', 'school', 'delivery_form', 'course', 'course_school', 'class'],
]);

/** Tables without a centre: why each may have none, and which audiences may read it directly. */
export const withoutCentre: Record<string, { reason: string; readBy?: string[] }> = {
  region: { reason: 'reference: names of regions', readBy: ['vn_visitor', 'vn_staff', 'vn_agent', 'vn_ministry'] },
  centre: { reason: 'the list of centres itself: name and zone, no secrets', readBy: ['vn_visitor', 'vn_staff', 'vn_agent', 'vn_ministry', 'vn_import', 'vn_protection'] },
  instance: { reason: 'one row about the installation', readBy: ['vn_visitor', 'vn_staff', 'vn_agent', 'vn_ministry', 'vn_post', 'vn_app'] },
  company: { reason: 'the national register of public facts: read by grant, because a policy would cost its indexes', readBy: ['vn_staff', 'vn_import', 'vn_protection'] },
  unit: { reason: 'part of the national register', readBy: ['vn_staff', 'vn_import'] },
  company_past: { reason: 'part of the national register', readBy: ['vn_staff', 'vn_import'] },
  unit_past: { reason: 'part of the national register', readBy: ['vn_staff', 'vn_import'] },
  industry: { reason: 'reference: titles of industries', readBy: ['vn_staff', 'vn_import'] },
  municipality: { reason: 'reference: names of municipalities', readBy: ['vn_staff', 'vn_import'] },
  postcode: { reason: 'reference: coordinates of postcodes, read by the function that tells travel times, and where an import names no municipality', readBy: ['vn_import'] },
  contact_search: { reason: 'a policy would cost the index; read only by a definer function that writes the centre out' },
  report_search: { reason: 'a policy would cost the index; read only by a definer function that writes the centre out' },
  import_row: { reason: 'COPY cannot write under a policy; only the import job reads it, staff through a function that asks for the centre', readBy: ['vn_import'] },
  import_change: { reason: 'what the register was before an import; only the import job reads it', readBy: ['vn_import'] },
  class_file_row: { reason: 'COPY cannot write under a policy; only the jobs read it, staff through functions that ask for the centre', readBy: ['vn_import'] },
  person: { reason: 'a person may belong to several centres; read only through functions that answer one’s own centre' },
  person_centre: { reason: 'the way from a person to the centres, before a centre is known' },
  national_role: { reason: 'roles that belong to no centre' },
  api_key: { reason: 'opened before a centre is known; read only through functions that answer one’s own and those one may end' },
  session: { reason: 'opened before a centre is known' },
  sign_in_token: { reason: 'asked for before a centre is known' },
  passkey: { reason: 'opens a session before a centre is known; read only through functions that answer one’s own, and by the sign-in itself' },
  sign_in_attempt: { reason: 'begun before a centre is known; taken once, by its hash' },
  demonstration_person: { reason: 'empty outside a demonstration' },
  idempotency: { reason: 'keyed by person; one’s own keys only' },
  intake_mail: { reason: 'comes in before a centre is known; only the job that reads it reads it', readBy: ['vn_post'] },
  mail: { reason: 'may leave before a centre is known; only the sender reads it', readBy: ['vn_post'] },
  suppression: { reason: 'an objection holds in every centre: keyed hashes, for nobody to read' },
  rate: { reason: 'counters by key, for nobody to read' },
};

interface Table {
  name: string;
  key: string[] | null;
  enabled: boolean;
  forced: boolean;
  policies: { name: string; permissive: boolean; roles: string[]; command: string; using: string | null; check: string | null }[];
  readers: string[];
  app_touches: boolean;
}

const tables = `
  select c.relname name, c.relrowsecurity enabled, c.relforcerowsecurity forced,
    (select array_agg(a.attname::text order by k.place) from pg_index i cross join lateral unnest(i.indkey::int2[]) with ordinality k (number, place)
       join pg_attribute a on a.attrelid = c.oid and a.attnum = k.number where i.indrelid = c.oid and i.indisprimary) key,
    coalesce((select json_agg(json_build_object('name', p.policyname, 'permissive', p.permissive = 'PERMISSIVE', 'roles', p.roles, 'command', p.cmd, 'using', p.qual, 'check', p.with_check))
       from pg_policies p where p.schemaname = 'vn' and p.tablename = c.relname), '[]') policies,
    array(select r.rolname::text from pg_roles r where r.rolname like 'vn\\_%' and r.rolname not in ('vn_owner', 'vn_gate') and has_any_column_privilege(r.oid, c.oid, 'select')) readers,
    has_table_privilege('vn_app', c.oid, 'select, insert, update, delete, truncate, references, trigger') or has_any_column_privilege('vn_app', c.oid, 'select, insert, update, references') app_touches
  from pg_class c where c.relnamespace = 'vn'::regnamespace and c.relkind in ('r', 'p') order by c.relname`;

const centreRule = '(centre_id = ( SELECT ctx.centre() AS centre))';

function tableFaults(table: Table): string[] {
  const faults: string[] = [];
  const say = (what: string) => faults.push(`${table.name}: ${what}`);
  // Tenant tables are for staff, and for the ministry and for data protection where a table says so in a policy of its own; an exception names its readers.
  const exception = withoutCentre[table.name];
  const readers =
    exception === undefined
      ? ['vn_staff', ...(importReads.has(table.name) ? ['vn_import'] : []), ...['vn_ministry', 'vn_protection'].filter((role) => table.policies.some((each) => each.roles.includes(role)))]
      : (exception.readBy ?? []);
  for (const role of table.readers) if (!readers.includes(role)) say(`${role} may read it`);
  if (exception !== undefined) return faults;
  if (table.key?.[0] !== 'centre_id') say('centre_id is not first in its primary key, and it is no exception');
  if (!table.enabled || !table.forced) say('row level security is not forced');
  const tenant = table.policies.find((each) => each.name === 'tenant');
  if (tenant === undefined || tenant.permissive || tenant.command !== 'ALL' || tenant.roles.join() !== 'public' || tenant.using !== centreRule || tenant.check !== centreRule)
    say('the restrictive tenant policy is missing or different');
  const gate = table.policies.find((each) => each.name === 'gate');
  if (gate === undefined || gate.roles.join() !== 'vn_gate' || gate.command !== 'ALL') say('the gate policy is missing or different');
  if (table.app_touches) say('the application’s login has rights of its own on it');
  return faults;
}

const functions = `
  select p.oid::regprocedure::text name, r.rolname owner, coalesce((select s from unnest(p.proconfig) s where s like 'search_path=%'), '') search_path,
    exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0 and a.privilege_type = 'EXECUTE') public
  from pg_proc p join pg_roles r on r.oid = p.proowner where p.pronamespace in ('vn'::regnamespace, 'ctx'::regnamespace) and p.prosecdef`;

/** A foreign key is checked without row policies: it tells whether a hidden row exists, unless a restrictive "seen" policy asks first. */
const leakingKeys = `
  select k.conname, f.relname from_table, t.relname to_table from pg_constraint k
    join pg_class f on f.oid = k.conrelid join pg_class t on t.oid = k.confrelid
    join pg_policies p on p.schemaname = 'vn' and p.tablename = t.relname and p.policyname = 'row_rule' and p.qual <> 'true'
  where k.contype = 'f' and f.relnamespace = 'vn'::regnamespace and k.conrelid <> k.confrelid
    and not exists (select from pg_policies s where s.schemaname = 'vn' and s.tablename = f.relname and s.permissive = 'RESTRICTIVE' and s.policyname like 'seen%')`;

/** Everything in the database that the rules of tenant separation do not allow. Run as the superuser. */
export async function separationFaults(owner: pg.Client): Promise<string[]> {
  const faults = (await owner.query<Table>(tables)).rows.flatMap(tableFaults);
  for (const row of (await owner.query(functions)).rows) {
    if (row.owner !== 'vn_gate') faults.push(`${row.name}: runs with the rights of ${row.owner}, not of vn_gate`);
    if (!/^search_path=vn, pg_temp$/.test(row.search_path)) faults.push(`${row.name}: has no fixed search_path`);
    if (row.public) faults.push(`${row.name}: everybody may execute it`);
  }
  for (const row of (await owner.query(`select r.rolname from pg_roles r where r.rolname like 'vn\\_%' and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication)`))
    .rows)
    faults.push(`${row.rolname}: is mighty`);
  const app =
    await owner.query(`select exists (select from pg_class c where c.relowner = r.oid) or exists (select from pg_proc p where p.proowner = r.oid) or exists (select from pg_namespace n where n.nspowner = r.oid) owns, r.rolinherit inherits,
    pg_has_role(r.oid, 'vn_owner', 'member') or pg_has_role(r.oid, 'vn_gate', 'member') becomes from pg_roles r where r.rolname = 'vn_app'`);
  for (const row of app.rows) {
    if (row.owns) faults.push('vn_app: owns something');
    if (row.inherits) faults.push('vn_app: inherits the rights of the audiences');
    if (row.becomes) faults.push('vn_app: may become the owner or the gate');
  }
  for (const row of (
    await owner.query(
      `select c.relname, c.relkind, coalesce('security_invoker=true' = any (c.reloptions), false) invoker from pg_class c where c.relnamespace = 'vn'::regnamespace and c.relkind in ('S', 'v', 'm', 'f')`,
    )
  ).rows) {
    if (row.relkind === 'S') faults.push(`${row.relname}: a sequence counts across centres`);
    else if (row.relkind !== 'v' || !row.invoker) faults.push(`${row.relname}: a view runs with its owner’s rights`);
  }
  for (const row of (await owner.query(leakingKeys)).rows) faults.push(`${row.from_table}: its foreign key to ${row.to_table} tells of hidden rows (no "seen" policy)`);
  return faults;
}

export const tenantTables = async (owner: pg.Client): Promise<string[]> =>
  (await owner.query<{ name: string }>(`select c.relname name from pg_class c where c.relnamespace = 'vn'::regnamespace and c.relkind in ('r', 'p') and c.relrowsecurity order by 1`)).rows.map(
    (row) => row.name,
  );

export const allTables = async (owner: pg.Client): Promise<string[]> => (await owner.query<Table>(tables)).rows.map((row) => row.name);
