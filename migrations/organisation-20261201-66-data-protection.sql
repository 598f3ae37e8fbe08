/* Data protection: what a centre owes persons whose data it has. One more audience, vn_protection, reads and empties the columns that the register of personal data
   (organisation/data-protection/model.ts) names, and nothing else: not who did what and when, not a figure. It is somebody with the role data_protection, or the house,
   and like everybody bound to the centre. */
do $$
begin
  if not exists (select from pg_roles where rolname = 'vn_protection') then
    create role vn_protection nologin nosuperuser nobypassrls;
  end if;
  grant vn_protection to vn_app;
end $$;
grant usage on schema ctx, vn to vn_protection;

set local role vn_owner;
-- What a centre chose for a kind of data that has a clock, and whether the clock stands still.
create table vn.retention_setting (
  centre_id uuid not null references vn.centre,
  clock text not null check (clock ~ '^[a-z_]{3,40}$'),
  -- Null: the default.
  months smallint check (months between 0 and 120),
  paused_until date,
  paused_because text check (length(paused_because) between 3 and 300),
  set_by uuid not null references vn.person,
  set_at timestamptz not null,
  version int not null default 1,
  primary key (centre_id, clock),
  check ((paused_until is null) = (paused_because is null))
);
-- That the clock ran on a day, and how much went; nothing else is known of it afterwards.
create table vn.retention_run (
  centre_id uuid not null references vn.centre,
  day date not null,
  clock text not null,
  gone int not null check (gone >= 0),
  primary key (centre_id, day, clock)
);
-- An erasure of one person. Who it was stands in it only until it is carried out.
create table vn.erasure (
  centre_id uuid not null references vn.centre,
  id uuid not null,
  asked_by uuid not null references vn.person,
  asked_at timestamptz not null,
  state text not null default 'running' check (state in ('running', 'done', 'failed')),
  identity jsonb,
  -- Kind of data -> rows.
  counts jsonb not null default '{}',
  -- Kind of data -> why it stays.
  kept jsonb not null default '{}',
  done_at timestamptz,
  primary key (centre_id, id),
  check (case state when 'running' then identity is not null and done_at is null else done_at is not null end),
  check (state <> 'done' or identity is null)
);
create index erasure_newest on vn.erasure (centre_id, asked_at desc, id desc);
-- Whom no file may bring back: e-mail addresses and numbers under a key that the database does not have.
create table vn.erased (
  centre_id uuid not null references vn.centre,
  hash bytea not null,
  erasure_id uuid not null,
  primary key (centre_id, hash),
  foreign key (centre_id, erasure_id) references vn.erasure
);
call vn.tenant('vn.retention_setting', '(select ctx.has(''data_protection''))');
call vn.tenant('vn.retention_run', '(select ctx.has(''data_protection''))', 'false');
call vn.tenant('vn.erasure', '(select ctx.has(''data_protection''))');
call vn.tenant('vn.erased', 'false');
grant select, insert, update on vn.retention_setting to vn_staff;
grant select on vn.retention_run to vn_staff;
grant select, insert on vn.erasure to vn_staff;
create policy seen_erasure on vn.erased as restrictive for insert to vn_staff with check (false);
-- Files of companies are read as somebody who keeps the register.
create policy import_reads on vn.erased for select to vn_import using (true);
grant select on vn.erased to vn_import;
grant select (centre_id) on vn.erased to vn_staff;
create trigger t9_append_only before update or delete on vn.retention_run for each statement execute function vn.no_change();

-- Table, the columns that may be emptied, whether rows may go.
do $$
declare r record;
begin
  for r in select * from (values
    ('access_log', '', true),
    ('adviser', 'name, email, ended_at', false),
    ('audit', 'data', false),
    ('call', 'contact_id, note, decision_note, lifted_because, refused_number', false),
    ('call_correction', 'reason', false),
    ('class', 'contact_name, contact_email, contact_phone', false),
    ('class_file', 'samples', false),
    ('company_import', 'samples', false),
    ('company_page', '', true),
    ('company_told', 'text', false),
    ('consultant_meeting_item', 'text', false),
    ('consultant_meeting_minute', 'text', false),
    ('consultant_profile', 'experience', false),
    ('contact', 'name, email, phone, title, role, language, basis, source', true),
    ('contact_person_past', 'note', false),
    ('course_school', 'contact_name, contact_email, contact_phone', false),
    ('draft_mail', 'subject, text, content', false),
    ('employee', 'name, left_at', false),
    ('enquiry', 'person_name, email, phone, company_name, said, answer, source, by_hand_reason, promised', false),
    ('event_party', 'person_name, email, role, company_name, forgotten', false),
    ('first_use', 'what', false),
    ('hearing_forward', 'name', false),
    ('hearing_mark', 'known_by', false),
    ('keep_up', 'why', false),
    ('meeting', 'person_name, person_email, person_phone, person_role, said, wishes, place', false),
    ('meeting_link', 'asked_said', false),
    ('need', 'what', false),
    ('own_company', 'known_by, note, raw', false),
    ('partnership_text', '', false),
    ('pool_member', 'name, email', false),
    ('pool_request', 'person, why, what', false),
    ('pool_vote', 'reason', false),
    ('pooled_need', 'contact_id, what', false),
    ('punch_card_entry', 'about', false),
    ('referral', 'about, reason, outcome_note', false),
    ('referral_event', 'note', false),
    ('relation', 'contact_note, exception_note', false),
    ('report_note', 'text', false),
    ('rotation_person', '', false),
    ('school_capability', 'contact', false),
    ('seat', 'needs', false),
    ('seat_participant', 'name', false),
    ('supplier', 'written, name, by_hand_reason', false),
    ('supplier_list', 'contact_id, introduction', false),
    ('task', 'what, declined_reason', false),
    ('task_event', 'reason', false),
    ('teacher', 'name', false),
    ('timeline_entry', 'data', false),
    ('training_agreement', 'note, kept_by_word, fallen_because', false),
    ('training_entry', 'about', false),
    ('training_right', '', false),
    ('visit_draft', 'content', false),
    ('visit_file', '', true),
    ('visit_offer', 'what', false),
    ('visit_report', 'people, about, agreed, partner', false),
    ('wish_form', 'steward_name, steward_email', false),
    ('working_group', 'purpose, outcome', false)
  ) x (name, columns, removes) loop
    execute format('create policy protection on vn.%I for all to vn_protection using ((select ctx.has(''data_protection''))) with check ((select ctx.has(''data_protection'')))', r.name);
    execute format('grant select on vn.%I to vn_protection', r.name);
    if r.columns <> '' then execute format('grant update (%s) on vn.%I to vn_protection', r.columns, r.name); end if;
    if r.removes then execute format('grant delete on vn.%I to vn_protection', r.name); end if;
  end loop;
  -- What the rows are found through, and what the work itself keeps.
  foreach r.name in array array['course', 'course_pool', 'partnership', 'event', 'rotation', 'rotation_period', 'membership', 'school', 'retention_setting', 'retention_run', 'erasure', 'erased'] loop
    execute format('create policy protection on vn.%I for all to vn_protection using ((select ctx.has(''data_protection''))) with check ((select ctx.has(''data_protection'')))', r.name);
    execute format('grant select on vn.%I to vn_protection', r.name);
  end loop;
end $$;
grant select on vn.centre, vn.company to vn_protection;
grant insert, update (gone) on vn.retention_run to vn_protection;
grant insert on vn.erased, vn.audit to vn_protection;
grant update (state, identity, counts, kept, done_at) on vn.erasure to vn_protection;
create policy own_name on vn.audit as restrictive for insert to vn_protection with check (person_id is not distinct from (select ctx.person()));

-- Found without a walk through everything.
create index contact_email on vn.contact (centre_id, lower(email));
create index contact_name on vn.contact (centre_id, lower(name));
create index access_log_about on vn.access_log using gin ((about -> 'params') jsonb_path_ops);
create index mail_to on vn.mail (centre_id, lower(to_address));
grant update, delete on vn.mail to vn_gate;
grant delete on vn.session, vn.sign_in_token to vn_gate;
grant update on vn.import_row to vn_gate;
reset role;

set local role vn_gate;
/* What is written once stands. Erasing is the one exception: its audience was granted the columns with persons' words and no others, and deletes nothing here but
   what has a clock. */
create or replace function vn.no_change() returns trigger language plpgsql set search_path = vn, pg_temp as $$
begin
  if current_user = 'vn_protection' then return null; end if;
  raise exception '% is append-only', tg_table_name using errcode = 'VN009';
end $$;
create or replace function vn.mark_gate() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if current_setting('role') = 'vn_protection' then return new; end if;
  perform from vn.campaign k where k.centre_id = coalesce(new.centre_id, old.centre_id) and k.id = coalesce(new.campaign_id, old.campaign_id)
     and k.hearing_opened_at is not null and k.hearing_closed_at is null and k.ended_at is null and k.hearing_deadline > ctx.now() for share;
  if not found then raise exception 'the hearing is not open' using errcode = 'VN003'; end if;
  return coalesce(new, old);
end $$;
create or replace function vn.meeting_stands() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
declare row record := case when tg_op = 'DELETE' then old else new end; closed timestamptz;
begin
  if current_setting('role') = 'vn_protection' then return row; end if;
  select m.closed_at into closed from vn.consultant_meeting m where m.centre_id = row.centre_id and m.id = row.meeting_id for share;
  -- Whoever cannot see the meeting changes nothing of it.
  if not found or closed is not null and not (tg_op = 'INSERT' and tg_table_name = 'consultant_meeting_minute' and to_jsonb(row) ->> 'kind' = 'correction') then
    raise exception 'the meeting is closed' using errcode = 'VN028', constraint = 'consultant_meeting_closed';
  end if;
  return row;
end $$;

-- How long a centre keeps a kind of data: what it chose, else so many months; for ever as long as the clock is paused.
create function vn.kept(p_clock text, p_months int) returns interval language sql stable security definer set search_path = vn, pg_temp as $$
  select coalesce((select case when s.paused_until >= (ctx.now() at time zone c.tz)::date then interval '1000 years' else make_interval(months => coalesce(s.months, p_months)) end
      from vn.retention_setting s join vn.centre c on c.id = s.centre_id where s.centre_id = ctx.centre() and s.clock = p_clock), make_interval(months => p_months));
$$;
create or replace function vn.forget_participants(p_months int) returns void language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if ctx.person() is not null or not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  delete from vn.seat_participant t using vn.seat s, vn.class c, vn.centre z
   where t.centre_id = ctx.centre() and s.centre_id = t.centre_id and s.id = t.seat_id and c.centre_id = s.centre_id and c.id = s.class_id and z.id = t.centre_id
     and (s.state in ('withdrawn', 'declined', 'lapsed') or (c.ends + vn.kept('participants', p_months))::date < (ctx.now() at time zone z.tz)::date);
end $$;
drop function vn.forget_event_people(timestamptz);
create function vn.forget_event_people() returns void language sql security definer set search_path = vn, pg_temp as $$
  update vn.event_party p set person_name = '', role = '', email = null, forgotten = true from vn.event e
   where ctx.has('coordinator') and p.centre_id = ctx.centre() and e.centre_id = p.centre_id and e.id = p.event_id and upper(e.during) < ctx.now() - vn.kept('event_people', 12) and not p.forgotten;
$$;
create or replace function vn.forget_wish_forms() returns void language sql security definer set search_path = vn, pg_temp as $$
  delete from vn.wish_form f using vn.centre c where c.id = f.centre_id and f.centre_id = ctx.centre() and ctx.has('coordinator') and f.last_day < (ctx.now() at time zone c.tz)::date - vn.kept('wish_forms', 24);
$$;
create or replace function vn.forget_rotation_people() returns void language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if ctx.person() is not null or not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  delete from vn.rotation_person n using vn.rotation r, vn.centre c where n.centre_id = ctx.centre() and r.centre_id = n.centre_id and r.id = n.rotation_id and c.id = n.centre_id
    and (not r.live or coalesce((select max(x.last_day) from vn.rotation_period x where x.centre_id = r.centre_id and x.rotation_id = r.id), (r.made_at at time zone c.tz)::date)
      < (ctx.now() at time zone c.tz)::date - vn.kept('rotation_initials', 12));
end $$;
create or replace function vn.forget_pools() returns void language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if ctx.person() is not null or not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  update vn.pool_request r set person = null, why = '' where r.centre_id = ctx.centre() and r.person is not null and r.decided_at < ctx.now() - vn.kept('pool_requests', 12);
  delete from vn.course_pool o where o.centre_id = ctx.centre() and (o.closed_at < ctx.now() - interval '730 days'
    or not exists (select from vn.company_page p where p.centre_id = o.centre_id and p.company_id = o.company_id and least(coalesce(p.ended_at, p.expires_at), p.expires_at) > ctx.now() - interval '365 days'));
end $$;
create or replace function vn.forget_training_days() returns void language plpgsql security definer set search_path = vn, pg_temp as $$
declare today date;
begin
  if ctx.person() is not null or not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  select (ctx.now() at time zone c.tz)::date into today from vn.centre c where c.id = ctx.centre();
  delete from vn.training_right r where r.centre_id = ctx.centre() and (r.last_day < today - vn.kept('training_days', 24)
    or not exists (select from vn.company_page p where p.centre_id = r.centre_id and p.company_id = r.company_id and least(coalesce(p.ended_at, p.expires_at), p.expires_at) > ctx.now() - interval '365 days'));
  delete from vn.employee e where e.centre_id = ctx.centre() and ((e.left_at is not null and not exists (select from vn.training_account a where a.centre_id = e.centre_id and a.employee_id = e.id))
    or not exists (select from vn.company_page p where p.centre_id = e.centre_id and p.company_id = e.company_id and least(coalesce(p.ended_at, p.expires_at), p.expires_at) > ctx.now() - interval '365 days'));
end $$;

-- Mails of the centre to these addresses, or that name somebody.
create function vn.mails_about(p_addresses text[], p_pattern text) returns table (id uuid, at timestamptz, to_address text, subject text, text text, addressed boolean)
language plpgsql stable security definer set search_path = vn, pg_temp as $$
begin
  if not ctx.has('data_protection') then raise exception 'forbidden' using errcode = '42501'; end if;
  return query select m.id, m.at, m.to_address, m.subject, m.text, lower(m.to_address) = any (p_addresses) from vn.mail m
    where m.centre_id = ctx.centre() and (lower(m.to_address) = any (p_addresses) or p_pattern is not null and (m.subject || ' ' || m.text || ' ' || coalesce(m.calendar, '')) ~* p_pattern) order by m.at, m.id;
end $$;
-- One that still waits to go to somebody who is erased does not go.
create function vn.erase_from_mails(p_ids uuid[], p_addresses text[], p_pattern text, p_word text) returns int language plpgsql security definer set search_path = vn, pg_temp as $$
declare n int;
begin
  if not ctx.has('data_protection') then raise exception 'forbidden' using errcode = '42501'; end if;
  update vn.mail m set to_address = case when lower(m.to_address) = any (p_addresses) then 'slettet@slettet.invalid' else m.to_address end,
      state = case when lower(m.to_address) = any (p_addresses) and m.state = 'waiting' then 'failed' else m.state end,
      subject = case when p_pattern is null then m.subject else left(regexp_replace(m.subject, p_pattern, p_word, 'gi'), 300) end,
      text = case when p_pattern is null then m.text else regexp_replace(m.text, p_pattern, p_word, 'gi') end, calendar = null
    where m.centre_id = ctx.centre() and m.id = any (p_ids);
  get diagnostics n = row_count;
  return n;
end $$;
-- Kept answers live for a day; older ones go here too.
create function vn.erase_from_answers(p_pattern text) returns int language plpgsql security definer set search_path = vn, pg_temp as $$
declare n int;
begin
  if not ctx.has('data_protection') then raise exception 'forbidden' using errcode = '42501'; end if;
  delete from vn.idempotency i where i.at < ctx.now() - interval '1 day';
  delete from vn.idempotency i using vn.person_centre pc where pc.person_id = i.person_id and pc.centre_id = ctx.centre() and p_pattern is not null and i.answer ~* p_pattern;
  get diagnostics n = row_count;
  return n;
end $$;
-- Rows of files that were read and not yet applied.
create function vn.erase_from_imports(p_addresses text[], p_pattern text, p_word text) returns int language plpgsql security definer set search_path = vn, pg_temp as $$
declare n int;
begin
  if not ctx.has('data_protection') then raise exception 'forbidden' using errcode = '42501'; end if;
  update vn.import_row r set contact_name = null, contact_role = null, contact_phone = null, contact_email = null, raw = regexp_replace(r.raw, p_pattern, p_word, 'gi') from vn.company_import i
    where i.centre_id = ctx.centre() and r.import_id = i.id and (lower(r.contact_email) = any (p_addresses) or r.contact_name ~* p_pattern or r.raw ~* p_pattern);
  get diagnostics n = row_count;
  return n;
end $$;
create function vn.erase_from_search(p_reports uuid[], p_pattern text, p_word text) returns void language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if not ctx.has('data_protection') then raise exception 'forbidden' using errcode = '42501'; end if;
  update vn.report_search s set words = regexp_replace(s.words, p_pattern, p_word, 'gi') where s.centre_id = ctx.centre() and s.report_id = any (p_reports);
end $$;
/* Somebody who worked here becomes a row without a name: what they did stays, who it was is gone, with sessions and codes. done, or why not: unknown, still_here,
   other_centre (somebody of another centre of this installation, or a reader for the ministry). Asked first without doing anything. */
create function vn.erase_staff(p_person uuid, p_do boolean) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare here uuid := ctx.centre(); other record; answer text := 'done';
begin
  if not ctx.has('data_protection') then raise exception 'forbidden' using errcode = '42501'; end if;
  if not exists (select from vn.person_centre x where x.person_id = p_person and x.centre_id = here) then return 'unknown'; end if;
  for other in select x.centre_id, c.tz from vn.person_centre x join vn.centre c on c.id = x.centre_id where x.person_id = p_person loop
    perform set_config('app.centre', other.centre_id::text, true);
    if exists (select from vn.membership m where m.centre_id = other.centre_id and m.person_id = p_person and (upper_inf(m.during) or upper(m.during) > (ctx.now() at time zone other.tz)::date)) then
      if other.centre_id = here then answer := 'still_here'; elsif answer = 'done' then answer := 'other_centre'; end if;
    end if;
  end loop;
  perform set_config('app.centre', here::text, true);
  if answer = 'done' and exists (select from vn.national_role n where n.person_id = p_person and (upper_inf(n.during) or upper(n.during) > ctx.now()::date)) then answer := 'other_centre'; end if;
  if answer = 'done' and p_do then
    update vn.person p set name = 'slettet person', email = 'slettet-' || p.id || '@slettet.invalid', phone = null where p.id = p_person;
    delete from vn.session s where s.person_id = p_person;
    delete from vn.sign_in_token t where t.person_id = p_person;
    delete from vn.passkey k where k.person_id = p_person;
    delete from vn.api_key k where k.person_id = p_person and k.machine_role is null;
    for other in select x.centre_id from vn.person_centre x where x.person_id = p_person loop
      perform set_config('app.centre', other.centre_id::text, true);
      delete from vn.linked_identity l where l.person_id = p_person;
    end loop;
    perform set_config('app.centre', here::text, true);
  end if;
  return answer;
end $$;
-- What of the tables without a centre is due before a moment.
create function vn.due_beside(p_clock text, p_before timestamptz) returns table (id uuid, since timestamptz) language plpgsql stable security definer set search_path = vn, pg_temp as $$
begin
  if not ctx.has('data_protection') then raise exception 'forbidden' using errcode = '42501'; end if;
  return query select m.id, m.at from vn.mail m where p_clock = 'mails' and m.centre_id = ctx.centre() and m.state <> 'waiting' and m.at < p_before
    union all select s.id, coalesce(s.ended_at, s.expires_at) from vn.session s where p_clock = 'sessions' and s.centre_id = ctx.centre() and coalesce(s.ended_at, s.expires_at) < p_before;
end $$;
create function vn.forget_beside(p_clock text, p_before timestamptz, p_most int) returns int language plpgsql security definer set search_path = vn, pg_temp as $$
declare n int := 0;
begin
  if ctx.person() is not null or not ctx.has('data_protection') then raise exception 'forbidden' using errcode = '42501'; end if;
  if p_clock = 'mails' then delete from vn.mail m where m.id in (select d.id from vn.due_beside(p_clock, p_before) d limit p_most);
  else delete from vn.session s where s.id in (select d.id from vn.due_beside(p_clock, p_before) d limit p_most); end if;
  get diagnostics n = row_count;
  return n;
end $$;
-- True for the first who asks on a day: the house, which then has the night's work done.
create function vn.begin_retention(p_day date) returns boolean language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if ctx.person() is not null or not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  insert into vn.retention_run (centre_id, day, clock, gone) values (ctx.centre(), p_day, 'night', 0) on conflict do nothing;
  return found;
end $$;
grant execute on function vn.kept(text, int), vn.people(), vn.mails_about(text[], text), vn.erase_from_mails(uuid[], text[], text, text), vn.erase_from_answers(text), vn.erase_from_imports(text[], text, text),
  vn.erase_from_search(uuid[], text, text), vn.erase_staff(uuid, boolean), vn.due_beside(text, timestamptz), vn.forget_beside(text, timestamptz, int) to vn_protection;
grant execute on function vn.forget_event_people(), vn.begin_retention(date) to vn_staff;
reset role;
