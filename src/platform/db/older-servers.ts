/** A statement of a landed migration that servers before `major` do not know, and what comes to the same there. */
interface Stead {
  migration: string;
  major: number;
  from: string;
  to: string;
}

/** Landed migrations are never edited, and PostgreSQL 15 must run them (docs/decisions/0029-older-servers.md). */
export const steads: readonly Stead[] = [
  {
    migration: 'outreach-20261129-37-rebooking.sql',
    major: 17,
    from: 'alter table vn.relation alter column callable set expression as (not objection and not quarantined and not ceased and successor_id is null and (not protected or exception is not null));',
    // A column made anew; whatever rests on it goes before and comes back after.
    to: `alter table vn.queue_item drop constraint gate_company;
alter table vn.relation drop constraint relation_callable, drop column callable;
alter table vn.relation
  add callable boolean not null generated always as (not objection and not quarantined and not ceased and successor_id is null and (not protected or exception is not null)) stored,
  add constraint relation_callable unique (centre_id, company_id, callable);
alter table vn.queue_item add constraint gate_company foreign key (centre_id, company_id, live) references vn.relation (centre_id, company_id, callable);`,
  },
];

/** A migration as a server of this major version is to run it. */
export const sqlFor = (major: number, name: string, sql: string): string =>
  steads.filter(({ migration, major: first }) => migration === name && major < first).reduce((text, { from, to }) => text.replace(from, () => to), sql);
