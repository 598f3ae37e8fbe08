-- Looks at where advice points (rows 3.02, 3.06, 3.07, 3.10): announced before any figure is made, written once, already suppressed.
set local role vn_owner;
create table vn.evaluation (
  centre_id uuid not null references vn.centre,
  id uuid not null,
  purpose text not null check (length(purpose) between 1 and 1000),
  criteria text not null check (length(criteria) between 1 and 2000),
  during daterange not null check (not isempty(during) and not lower_inf(during) and not upper_inf(during)),
  announced_on date not null,
  announced_by uuid not null references vn.person,
  -- From when its figures may be made: two weeks' notice at least, and not before the period is over.
  usable_on date not null,
  called_off_at timestamptz,
  called_off_because text check (length(called_off_because) between 1 and 500),
  published_at timestamptz,
  -- As they were when the figures were made.
  threshold smallint,
  together jsonb,
  version int not null default 1,
  primary key (centre_id, id),
  -- Two looks at overlapping times could be subtracted from each other.
  constraint evaluation_apart exclude using gist (centre_id with =, during with &&) where (called_off_at is null),
  constraint evaluation_notice check (usable_on >= announced_on + 14 and usable_on >= upper(during)),
  check ((called_off_at is null) = (called_off_because is null)),
  check (called_off_at is null or published_at is null),
  check ((published_at is null) = (threshold is null))
);
create table vn.evaluation_row (
  centre_id uuid not null,
  evaluation_id uuid not null,
  place int not null,
  -- Whose consultants pointed; null: those whom the centre employs.
  from_school uuid,
  -- What left the rule of small cells; what it took is nowhere.
  figures jsonb not null,
  primary key (centre_id, evaluation_id, place),
  foreign key (centre_id, evaluation_id) references vn.evaluation,
  foreign key (centre_id, from_school) references vn.school
);
call vn.tenant('vn.evaluation', 'true', '(select ctx.has(''coordinator''))');
-- A school reads its own row; the coordinator all of them.
call vn.tenant('vn.evaluation_row', '(select ctx.has(''coordinator'')) or ((select ctx.has(''manager'')) and from_school = (select ctx.school()))', '(select ctx.has(''coordinator''))');
grant select, insert, update on vn.evaluation to vn_staff;
grant select, insert on vn.evaluation_row to vn_staff;
reset role;

set local role vn_gate;
/* Where advice pointed in the period of an evaluation that was announced, whose day has come, and whose figures are not made yet; at any other time nobody gets a row. */
create function vn.evaluation_pairs(p_evaluation uuid) returns table (from_school uuid, company_id uuid, to_school uuid, need_id uuid, field text, division text, municipality text)
language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare span daterange;
begin
  select e.during into span from vn.evaluation e join vn.centre c on c.id = e.centre_id
   where e.centre_id = ctx.centre() and e.id = p_evaluation and e.called_off_at is null and e.published_at is null and e.usable_on <= (ctx.now() at time zone c.tz)::date and ctx.has('coordinator');
  if not found then raise exception 'forbidden' using errcode = '42501'; end if;
  return query select p.from_school, p.company_id, p.to_school, p.need_id, n.field, left(k.industry_code, 2), k.municipality::text
    from vn.pointed p join vn.need n on n.centre_id = p.centre_id and n.id = p.need_id join vn.company k on k.id = p.company_id
   where p.centre_id = ctx.centre() and p.on_day <@ span;
end $$;
-- Who is told of an evaluation: everybody who advises or answers for a school today.
create function vn.advisers_here() returns table (id uuid, name text, email text, language text) language sql stable security definer set search_path = vn, pg_temp as $$
  select p.id, p.name, p.email, p.language from vn.person p
   where ctx.has('coordinator') and exists (select from vn.membership m join vn.centre c on c.id = m.centre_id
     where m.centre_id = ctx.centre() and m.person_id = p.id and m.role in ('consultant', 'manager') and m.during @> (ctx.now() at time zone c.tz)::date) order by p.id;
$$;
-- Figures are made once, and what was announced stays as it was announced.
create function vn.keep_evaluation() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if tg_op = 'DELETE' or old.published_at is not null or (new.purpose, new.criteria, new.during, new.announced_on, new.usable_on) is distinct from (old.purpose, old.criteria, old.during, old.announced_on, old.usable_on) then
    raise exception 'an evaluation stays as it was announced' using errcode = '42501';
  end if;
  return new;
end $$;
grant execute on function vn.evaluation_pairs(uuid), vn.advisers_here() to vn_staff;
grant execute on function vn.keep_evaluation() to vn_owner;
reset role;

set local role vn_owner;
create trigger t1_keep before update or delete on vn.evaluation for each row execute function vn.keep_evaluation();
create trigger t9_append_only before update or delete on vn.evaluation_row for each statement execute function vn.no_change();
reset role;
