-- From hearing of an offer to using it goes a year or more (row 2.32): when somebody asks a company again, and when it used something for the first time.
set local role vn_owner;
create table vn.keep_up (
  centre_id uuid not null,
  company_id uuid not null,
  person_id uuid not null references vn.person,
  every_months smallint not null check (every_months between 1 and 12),
  next_on date not null,
  why text not null check (length(why) between 1 and 500),
  version int not null default 1,
  primary key (centre_id, company_id),
  foreign key (centre_id, company_id) references vn.relation
);
create index keep_up_person on vn.keep_up (centre_id, person_id, next_on);
-- Whose it was stays readable; a colleague may take it over.
call vn.tenant('vn.keep_up', 'true', '(select ctx.has(''consultant'')) or (select ctx.has(''coordinator''))');
grant select, insert, update, delete on vn.keep_up to vn_staff;
create table vn.first_use (
  centre_id uuid not null,
  company_id uuid not null,
  on_day date not null,
  what text not null check (length(what) between 1 and 200),
  noted_by uuid not null references vn.person,
  noted_at timestamptz not null,
  primary key (centre_id, company_id),
  foreign key (centre_id, company_id) references vn.relation
);
call vn.tenant('vn.first_use', 'true', '(select ctx.has(''consultant'')) or (select ctx.has(''coordinator''))');
grant select, insert, update, delete on vn.first_use to vn_staff;
reset role;

set local role vn_gate;
/* Companies by the quarter in which they first heard from the centre, and how many months it took until they used something; null: not yet. */
create function vn.lead_times(p_from date) returns table (quarter date, months int, companies int) language sql stable security definer set search_path = vn, pg_temp as $$
  with heard as (
    select x.company_id, min(x.day) as first_day from (
      select k.company_id, k.day from vn.call k where k.centre_id = ctx.centre() and k.undone_at is null
      union all select r.company_id, r.visited_on from vn.visit_report r where r.centre_id = ctx.centre()
      union all select m.company_id, (lower(m.during) at time zone c.tz)::date from vn.meeting m join vn.centre c on c.id = m.centre_id where m.centre_id = ctx.centre() and m.state = 'done') x
    group by x.company_id)
  select date_trunc('quarter', h.first_day)::date, case when u.on_day is not null then greatest(0, extract(year from age(u.on_day, h.first_day)) * 12 + extract(month from age(u.on_day, h.first_day)))::int end, count(*)::int
    from heard h left join vn.first_use u on u.centre_id = ctx.centre() and u.company_id = h.company_id
   where h.first_day >= p_from and (ctx.has('consultant') or ctx.has('manager') or ctx.has('coordinator')) group by 1, 2;
$$;
grant execute on function vn.lead_times(date) to vn_staff;
reset role;
