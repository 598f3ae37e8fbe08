/* Who of a company takes its seats in a class (row X.5). The company names them on its own page; the school that runs the class reads them, and nobody else does: not the
   other schools, not the contact person of another school, not the coordinator. Certificates of attendance are made of it, and then the names are forgotten. */
set local role vn_owner;
create table vn.seat_participant (
  centre_id uuid not null,
  id uuid not null,
  seat_id uuid not null,
  -- In the order in which the company wrote them.
  no smallint not null,
  name text not null check (length(name) between 1 and 100),
  made_at timestamptz not null,
  primary key (centre_id, id),
  foreign key (centre_id, seat_id) references vn.seat
);
create index seat_participant_seat on vn.seat_participant (centre_id, seat_id);
-- Was there: a row for each session that somebody came to.
create table vn.participant_attendance (
  centre_id uuid not null,
  participant_id uuid not null,
  starts timestamptz not null,
  said_by uuid not null references vn.person,
  said_at timestamptz not null,
  primary key (centre_id, participant_id, starts),
  foreign key (centre_id, participant_id) references vn.seat_participant on delete cascade
);
call vn.tenant('vn.seat_participant', 'not (select ctx.has(''coordinator'')) and ((select ctx.has(''consultant'')) or (select ctx.has(''manager'')))
  and exists (select from vn.seat s join vn.class c on c.centre_id = s.centre_id and c.id = s.class_id where s.centre_id = seat_participant.centre_id and s.id = seat_id and c.school_id = (select ctx.school()))', 'false');
create policy seen_seat on vn.seat_participant as restrictive for insert to vn_staff with check (false);
call vn.tenant('vn.participant_attendance', 'exists (select from vn.seat_participant p where p.centre_id = participant_attendance.centre_id and p.id = participant_id)');
create policy seen_participant on vn.participant_attendance as restrictive for all to vn_staff
  using (exists (select from vn.seat_participant p where p.centre_id = participant_attendance.centre_id and p.id = participant_id))
  with check (exists (select from vn.seat_participant p where p.centre_id = participant_attendance.centre_id and p.id = participant_id));
grant select on vn.seat_participant to vn_staff;
grant select, insert, delete on vn.participant_attendance to vn_staff;
reset role;

set local role vn_gate;
-- Seats of a company in classes, with whom it named; null: no such page. Names and attendance only for whoever leads there.
create function vn.courses_on_page(p_hash bytea) returns jsonb language plpgsql security definer set search_path = vn, pg_temp as $$
declare p vn.company_page; leads boolean; today date; answer jsonb;
begin
  select exists (select from vn.leader_page_of(p_hash)) into leads;
  select * into p from vn.company_page_of(p_hash);
  if not found then return null; end if;
  select (ctx.now() at time zone c.tz)::date into today from vn.centre c where c.id = p.centre_id;
  select jsonb_build_object('leader', leads, 'today', today, 'seats', coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'title', coalesce(nullif(c.title, ''), k.title), 'school', h.name, 'town', c.town,
        'starts', c.starts, 'ends', c.ends, 'heads', s.heads, 'state', s.state, 'classState', c.state,
        'sessions', (select count(*) from vn.class_session x where x.centre_id = c.centre_id and x.class_id = c.id),
        'people', case when leads then coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name,
              'attended', (select count(*) from vn.participant_attendance a where a.centre_id = t.centre_id and a.participant_id = t.id)) order by t.no, t.id)
            from vn.seat_participant t where t.centre_id = s.centre_id and t.seat_id = s.id), '[]') else '[]' end) order by c.ends < today, c.starts, s.id)
      from vn.seat s join vn.class c on c.centre_id = s.centre_id and c.id = s.class_id join vn.course k on k.centre_id = c.centre_id and k.id = c.course_id join vn.school h on h.centre_id = c.centre_id and h.id = c.school_id
     where s.centre_id = p.centre_id and s.company_id = p.company_id and s.state in ('taken', 'waiting', 'offered') and c.state <> 'cancelled' and c.ends >= today - 365), '[]')) into answer;
  perform set_config('app.centre', '', true);
  return answer;
end $$;
/* Whom a seat is for: whoever is there keeps the row, null in `p_ids` is somebody new (with the id at the same place of `p_new`), and who is not in the list is forgotten. `result`: done, gone, unknown, too_many (more than seats),
   attended (whoever was there can be neither renamed nor removed: their certificate is theirs). */
create function vn.name_participants_on_page(p_hash bytea, p_seat uuid, p_ids uuid[], p_new uuid[], p_names text[]) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare p vn.company_page; s vn.seat; answer text := 'done';
begin
  select * into p from vn.leader_page_of(p_hash);
  if not found then return 'gone'; end if;
  select x.* into s from vn.seat x where x.centre_id = p.centre_id and x.company_id = p.company_id and x.id = p_seat and x.state = 'taken' for no key update;
  if s.id is null or exists (select from unnest(p_ids) x (id) where x.id is not null and not exists (select from vn.seat_participant t where t.centre_id = s.centre_id and t.seat_id = s.id and t.id = x.id)) then answer := 'unknown';
  elsif cardinality(p_ids) > s.heads then answer := 'too_many';
  elsif exists (select from vn.seat_participant t join vn.participant_attendance a on a.centre_id = t.centre_id and a.participant_id = t.id where t.centre_id = s.centre_id and t.seat_id = s.id
      and not exists (select from unnest(p_ids, p_names) x (id, name) where x.id = t.id and x.name = t.name)) then answer := 'attended';
  else
    delete from vn.seat_participant t where t.centre_id = s.centre_id and t.seat_id = s.id and not exists (select from unnest(p_ids) x (id) where x.id = t.id);
    update vn.seat_participant t set name = x.name, no = x.no from unnest(p_ids, p_names) with ordinality x (id, name, no) where t.centre_id = s.centre_id and t.seat_id = s.id and t.id = x.id;
    insert into vn.seat_participant (centre_id, id, seat_id, no, name, made_at) select s.centre_id, x.new, s.id, x.no, x.name, ctx.now() from unnest(p_ids, p_new, p_names) with ordinality x (id, new, name, no) where x.id is null;
  end if;
  perform set_config('app.centre', '', true);
  return answer;
end $$;
/* What certificates of a seat say, of everybody who was there at least once; null: no such page or seat, or nobody was. */
create function vn.certificates_on_page(p_hash bytea, p_seat uuid) returns jsonb language plpgsql security definer set search_path = vn, pg_temp as $$
declare p vn.company_page; answer jsonb;
begin
  select * into p from vn.leader_page_of(p_hash);
  if not found then return null; end if;
  select jsonb_build_object('title', coalesce(nullif(c.title, ''), k.title), 'school', h.name, 'starts', c.starts, 'ends', c.ends, 'zone', z.tz,
      'sessions', (select count(*) from vn.class_session x where x.centre_id = c.centre_id and x.class_id = c.id),
      'people', jsonb_agg(jsonb_build_object('name', t.name, 'company', m.name, 'attended', (select jsonb_agg(jsonb_build_object('starts', lower(x.during), 'ends', upper(x.during)) order by x.during)
          from vn.participant_attendance a join vn.class_session x on x.centre_id = a.centre_id and x.class_id = c.id and lower(x.during) = a.starts where a.centre_id = t.centre_id and a.participant_id = t.id)) order by t.name collate "da-x-icu", t.id))
    into answer
    from vn.seat s join vn.class c on c.centre_id = s.centre_id and c.id = s.class_id join vn.course k on k.centre_id = c.centre_id and k.id = c.course_id join vn.school h on h.centre_id = c.centre_id and h.id = c.school_id
    join vn.centre z on z.id = s.centre_id join vn.company m on m.id = s.company_id join vn.seat_participant t on t.centre_id = s.centre_id and t.seat_id = s.id
   where s.centre_id = p.centre_id and s.company_id = p.company_id and s.id = p_seat and exists (select from vn.participant_attendance a where a.centre_id = t.centre_id and a.participant_id = t.id)
   group by c.centre_id, c.id, c.title, k.title, h.name, c.starts, c.ends, z.tz;
  perform set_config('app.centre', '', true);
  return answer;
end $$;
-- Names are forgotten so many months after the class, and at once where the seat was given back. For the house alone.
create function vn.forget_participants(p_months int) returns void language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if ctx.person() is not null or not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  delete from vn.seat_participant t using vn.seat s, vn.class c, vn.centre z
   where t.centre_id = ctx.centre() and s.centre_id = t.centre_id and s.id = t.seat_id and c.centre_id = s.centre_id and c.id = s.class_id and z.id = t.centre_id
     and (s.state in ('withdrawn', 'declined', 'lapsed') or (c.ends + make_interval(months => p_months))::date < (ctx.now() at time zone z.tz)::date);
end $$;
-- A company that was moved to another class brings its people along.
create function vn.participants_move() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  update vn.seat_participant t set seat_id = new.id where t.centre_id = new.centre_id and t.seat_id = new.moved_from;
  return null;
end $$;
grant execute on function vn.participants_move() to vn_owner;
grant execute on function vn.forget_participants(int) to vn_staff;
grant execute on function vn.courses_on_page(bytea), vn.name_participants_on_page(bytea, uuid, uuid[], uuid[], text[]), vn.certificates_on_page(bytea, uuid) to vn_visitor, vn_staff, vn_agent, vn_ministry;
reset role;
set local role vn_owner;
create trigger t6_people after insert or update of moved_from on vn.seat for each row when (new.moved_from is not null) execute function vn.participants_move();
reset role;
