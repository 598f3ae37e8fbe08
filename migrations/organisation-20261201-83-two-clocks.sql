-- Two more clocks: lines of the log, and people who worked here.
set local role vn_owner;
grant delete on vn.audit to vn_protection;
-- Whatever a centre chooses, nobody who is asked takes a line out, and nobody at all a young one.
create policy house_forgets on vn.audit as restrictive for delete to vn_protection using ((select ctx.person()) is null and at < (select ctx.now()) - interval '24 months');
reset role;

set local role vn_gate;
create or replace function vn.due_beside(p_clock text, p_before timestamptz) returns table (id uuid, since timestamptz) language plpgsql stable security definer set search_path = vn, pg_temp as $$
begin
  if not ctx.has('data_protection') then raise exception 'forbidden' using errcode = '42501'; end if;
  if p_clock = 'mails' then
    return query select m.id, m.at from vn.mail m where m.centre_id = ctx.centre() and m.state <> 'waiting' and m.at < p_before;
  elsif p_clock = 'sessions' then
    return query select s.id, coalesce(s.ended_at, s.expires_at) from vn.session s where s.centre_id = ctx.centre() and coalesce(s.ended_at, s.expires_at) < p_before;
  elsif p_clock = 'staff_left' then
    -- Whoever is something in another centre is that centre's matter too, and stays.
    return query select p.id, x.left_at from vn.person_centre pc join vn.person p on p.id = pc.person_id join vn.centre c on c.id = pc.centre_id
        cross join lateral (select max(upper(m.during))::timestamp at time zone c.tz left_at from vn.membership m
                             where m.centre_id = pc.centre_id and m.person_id = pc.person_id having bool_and(not upper_inf(m.during))) x
      where pc.centre_id = ctx.centre() and p.email <> 'slettet-' || p.id || '@slettet.invalid' and x.left_at < p_before and vn.erase_staff(p.id, false) = 'done';
  end if;
end $$;
create or replace function vn.forget_beside(p_clock text, p_before timestamptz, p_most int) returns int language plpgsql security definer set search_path = vn, pg_temp as $$
declare n int := 0; gone record;
begin
  if ctx.person() is not null or not ctx.has('data_protection') then raise exception 'forbidden' using errcode = '42501'; end if;
  if p_clock = 'mails' then
    delete from vn.mail m where m.id in (select d.id from vn.due_beside(p_clock, p_before) d limit p_most);
    get diagnostics n = row_count;
  elsif p_clock = 'sessions' then
    delete from vn.session s where s.id in (select d.id from vn.due_beside(p_clock, p_before) d limit p_most);
    get diagnostics n = row_count;
  elsif p_clock = 'staff_left' then
    for gone in select d.id from vn.due_beside(p_clock, p_before) d limit p_most loop
      if vn.erase_staff(gone.id, true) = 'done' then n := n + 1; end if;
    end loop;
  end if;
  return n;
end $$;
reset role;
