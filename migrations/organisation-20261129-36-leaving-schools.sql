-- A school leaves the centre: its last day, and with it everything that somebody is there; what it did stays and bears its name.
set local role vn_owner;
alter table vn.school
  -- The last day in the centre; it can be taken back until it is over.
  add left_on date,
  -- When the house had ended what was left of it.
  add gone_at timestamptz,
  add check (gone_at is null or left_on is not null);
-- What a role was before its school wrote its last day; given back when that is taken back.
alter table vn.membership add before_leaving daterange;
create index membership_school on vn.membership (centre_id, school_id) where school_id is not null;
reset role;

set local role vn_gate;
-- Whether a school is in the centre on a day.
create function vn.school_here(p_school uuid, p_day date) returns boolean language sql stable security definer set search_path = vn, pg_temp as $$
  select exists (select from vn.school s where s.centre_id = ctx.centre() and s.id = p_school and (s.left_on is null or s.left_on >= p_day));
$$;
-- Nobody is anything at a school after its last day, whoever writes it. VN036: the school has left before the role would begin.
create function vn.membership_school() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
declare last date;
begin
  -- Whoever writes a last day and whoever gives a role there come one after the other.
  select s.left_on into last from vn.school s where s.centre_id = new.centre_id and s.id = new.school_id for share;
  if last is null or (not upper_inf(new.during) and upper(new.during) <= last + 1) then return new; end if;
  if lower(new.during) > last then raise exception 'the school has left' using errcode = 'VN036', constraint = 'school_left'; end if;
  new.before_leaving := new.during;
  new.during := daterange(lower(new.during), last + 1);
  return new;
end $$;
/* Writes a school's last day, or takes it back (null). Roles that had not begun by then are removed and do not come back.
   `result`: done, changed, over (it has left already), past, not_found. */
create function vn.school_leaves(p_school uuid, p_left_on date, p_version int) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare s vn.school; today date;
begin
  if not (ctx.has('administrator') or ctx.has('coordinator')) then raise exception 'forbidden' using errcode = '42501'; end if;
  -- Roles before the school, as everybody who ends one.
  perform from vn.membership m where m.centre_id = ctx.centre() and m.school_id = p_school order by m.id for update;
  select * into s from vn.school x where x.centre_id = ctx.centre() and x.id = p_school for update;
  if not found then return 'not_found'; end if;
  if s.version <> p_version then return 'changed'; end if;
  select (ctx.now() at time zone c.tz)::date into today from vn.centre c where c.id = ctx.centre();
  if s.left_on < today then return 'over'; end if;
  if p_left_on < today then return 'past'; end if;
  update vn.school x set left_on = null where x.centre_id = s.centre_id and x.id = s.id;
  -- Only what the last day had ended: a role that somebody ended earlier stays ended.
  update vn.membership m set during = m.before_leaving, before_leaving = null
   where m.centre_id = s.centre_id and m.school_id = s.id and m.before_leaving is not null and upper(m.during) = s.left_on + 1;
  update vn.school x set left_on = p_left_on, version = x.version + 1 where x.centre_id = s.centre_id and x.id = s.id;
  if p_left_on is not null then
    delete from vn.membership m where m.centre_id = s.centre_id and m.school_id = s.id and lower(m.during) > p_left_on;
    update vn.membership m set during = m.during where m.centre_id = s.centre_id and m.school_id = s.id and (upper_inf(m.during) or upper(m.during) > p_left_on + 1);
  end if;
  return 'done';
end $$;
-- Schools whose last day is over, each once: sessions under their hat end. The house asks every minute.
create function vn.schools_gone() returns table (school_id uuid, sessions int) language plpgsql security definer set search_path = vn, pg_temp as $$
declare s record; today date;
begin
  if not ctx.has('coordinator') or ctx.person() is not null then raise exception 'forbidden' using errcode = '42501'; end if;
  select (ctx.now() at time zone c.tz)::date into today from vn.centre c where c.id = ctx.centre();
  for s in update vn.school x set gone_at = ctx.now() where x.centre_id = ctx.centre() and x.left_on < today and x.gone_at is null returning x.id loop
    school_id := s.id;
    update vn.session t set ended_at = ctx.now(), ended_because = 'left' where t.centre_id = ctx.centre() and t.school_id = s.id and t.ended_at is null;
    get diagnostics sessions = row_count;
    return next;
  end loop;
end $$;
grant execute on function vn.school_here(uuid, date) to vn_staff;
grant execute on function vn.membership_school() to vn_owner;
grant execute on function vn.school_leaves(uuid, date, int), vn.schools_gone() to vn_staff;
reset role;

set local role vn_owner;
create trigger t0_school before insert or update of during, school_id on vn.membership for each row when (new.school_id is not null) execute function vn.membership_school();
reset role;
