import type pg from 'pg';

/** Whatever a migration can make, as lines of text that say all of it: two databases with the same lines are of one shape. The order of columns is left out. */
const parts: Record<string, string> = {
  schema: `select format('%s owner %s %s', n.nspname, pg_get_userbyid(n.nspowner), array(select unnest(n.nspacl)::text order by 1)) line from pg_namespace n where true`,
  relation: `select format('%s.%s kind %s owner %s rls %s %s persistence %s %s %s', n.nspname, c.relname, c.relkind, pg_get_userbyid(c.relowner), c.relrowsecurity, c.relforcerowsecurity, c.relpersistence,
      c.reloptions, array(select unnest(c.relacl)::text order by 1)) line from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'v', 'm', 'S', 'p')`,
  column: `select format('%s.%s.%s %s not null %s default %s generated %s identity %s collation %s %s', n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
      pg_get_expr(d.adbin, d.adrelid), a.attgenerated, a.attidentity, a.attcollation, array(select unnest(a.attacl)::text order by 1)) line
    from pg_attribute a join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'v', 'p') join pg_namespace n on n.oid = c.relnamespace left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where a.attnum > 0 and not a.attisdropped`,
  constraint: `select format('%s.%s %s %s valid %s', n.nspname, c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid), c.convalidated) line from pg_constraint c join pg_namespace n on n.oid = c.connamespace where true`,
  index: `select format('%s valid %s', pg_get_indexdef(i.indexrelid), i.indisvalid) line from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace where true`,
  policy: `select format('%s on %s.%s %s %s %s using %s check %s', p.policyname, p.schemaname, p.tablename, p.permissive, p.roles, p.cmd, p.qual, p.with_check) line from pg_policies p join pg_namespace n on n.nspname = p.schemaname where true`,
  trigger: `select format('%s %s enabled %s', n.nspname, pg_get_triggerdef(t.oid), t.tgenabled) line from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace where not t.tgisinternal`,
  function: `select format('%s owner %s %s', pg_get_functiondef(p.oid), pg_get_userbyid(p.proowner), array(select unnest(p.proacl)::text order by 1)) line from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where p.prokind in ('f', 'p') and not exists (select from pg_depend e where e.objid = p.oid and e.deptype = 'e')`,
  type: `select format('%s.%s %s %s', n.nspname, t.typname, t.typtype, array(select e.enumlabel from pg_enum e where e.enumtypid = t.oid order by e.enumsortorder)) line from pg_type t join pg_namespace n on n.oid = t.typnamespace
    where t.typtype in ('e', 'd') and not exists (select from pg_depend e where e.objid = t.oid and e.deptype = 'e')`,
};

export async function catalogueOf(owner: pg.Client): Promise<string[]> {
  const lines: string[] = [];
  for (const [part, query] of Object.entries(parts)) {
    const found = await owner.query<{ line: string }>(`${query} and n.nspname in ('vn', 'ctx', 'public') order by 1`);
    lines.push(...found.rows.map(({ line }) => `${part}: ${line}`));
  }
  const rights = await owner.query<{ line: string }>(
    `select format('rights by default: %s in %s %s %s', pg_get_userbyid(d.defaclrole), n.nspname, d.defaclobjtype, array(select unnest(d.defaclacl)::text order by 1)) line
       from pg_default_acl d left join pg_namespace n on n.oid = d.defaclnamespace union all select format('extension: %s %s', extname, extversion) from pg_extension order by 1`,
  );
  return [...lines, ...rights.rows.map(({ line }) => line)];
}
