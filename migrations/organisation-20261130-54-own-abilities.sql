-- How a consultant rates five abilities of a generalist, and what to learn before going to first meetings alone (row 2.21). The consultant's alone: no coordinator, no manager, no log.
set local role vn_owner;
create table vn.own_abilities (
  centre_id uuid not null,
  person_id uuid not null references vn.person,
  -- In the order of the contract's abilities; null is not rated, '' nothing planned.
  levels smallint[] not null check (cardinality(levels) = 5 and array_remove(levels, null) <@ '{1,2,3,4}'),
  learn text[] not null check (cardinality(learn) = 5 and array_position(learn, null) is null),
  learn_by date[] not null check (cardinality(learn_by) = 5),
  version int not null default 1,
  primary key (centre_id, person_id)
);
call vn.tenant('vn.own_abilities', 'person_id = (select ctx.person()) and (select ctx.has(''consultant''))');
grant select, insert, update, delete on vn.own_abilities to vn_staff;
reset role;

set local role vn_gate;
-- Whoever is no consultant here any more has left nothing behind. For the house, every minute.
create function vn.forget_abilities() returns void language plpgsql security definer set search_path = vn, pg_temp as $$
declare today date;
begin
  if not ctx.has('coordinator') or ctx.person() is not null then raise exception 'forbidden' using errcode = '42501'; end if;
  select (ctx.now() at time zone c.tz)::date into today from vn.centre c where c.id = ctx.centre();
  delete from vn.own_abilities a where a.centre_id = ctx.centre()
     and not exists (select from vn.membership m where m.centre_id = ctx.centre() and m.person_id = a.person_id and m.role = 'consultant' and (upper_inf(m.during) or upper(m.during) > today));
end $$;
revoke execute on function vn.forget_abilities() from public;
grant execute on function vn.forget_abilities() to vn_staff;
reset role;
