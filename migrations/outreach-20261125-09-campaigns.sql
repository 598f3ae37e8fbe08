-- Campaigns with their frozen target lists, and the hearing in which every school is asked which companies it already serves.
set local role vn_owner;
-- Every default of the decisions is a setting of the centre. No row: the defaults.
create table vn.outreach_setting (
  centre_id uuid primary key references vn.centre,
  attempts smallint not null default 4 check (attempts between 1 and 10),
  attempt_hours smallint not null default 4 check (attempt_hours between 4 and 72),
  lease_minutes smallint not null default 10 check (lease_minutes between 5 and 60),
  call_from time not null default '09:00',
  call_to time not null default '16:00',
  callback_grace_minutes smallint not null default 30 check (callback_grace_minutes between 5 and 240),
  not_now_months smallint not null default 3 check (not_now_months between 3 and 24),
  not_interested_months smallint not null default 6 check (not_interested_months between 6 and 36),
  meeting_minutes smallint not null default 60 check (meeting_minutes between 30 and 240),
  share_weeks smallint not null default 13 check (share_weeks between 4 and 52),
  share_lead smallint not null default 3 check (share_lead between 1 and 10),
  small_cell smallint not null default 5 check (small_cell between 3 and 20),
  reminder_days smallint not null default 2 check (reminder_days between 1 and 14),
  version int not null default 1,
  check (call_to > call_from)
);

create table vn.campaign (
  centre_id uuid not null references vn.centre,
  id uuid not null,
  name text not null check (length(name) between 1 and 120),
  -- What it is for, in words; and why these companies, which is what the caller says (row 2.17).
  goal text not null check (length(goal) between 1 and 500),
  why text not null check (length(why) between 1 and 300),
  -- Breadth is for phoners, a trade for consultants who know it (row 2.10).
  aim text not null check (aim in ('breadth', 'trade')),
  routes text[] not null check (cardinality(routes) between 1 and 4 and routes <@ array['call_centre', 'consultants', 'other_actors', 'company_network']),
  starts date not null,
  ends date not null,
  criteria jsonb not null,
  -- A part of the companies that match, drawn by lot: the same seed draws the same.
  draw int check (draw between 1 and 100000),
  seed int not null,
  frozen_at timestamptz,
  hearing_opened_at timestamptz,
  hearing_deadline timestamptz,
  hearing_closed_at timestamptz,
  ended_at timestamptz,
  paused boolean not null default false,
  -- Others may call from here on; a campaign that is over may not.
  heard boolean not null generated always as (hearing_closed_at is not null and ended_at is null) stored,
  version int not null default 1,
  created_at timestamptz not null,
  created_by uuid not null references vn.person,
  primary key (centre_id, id),
  constraint campaign_heard unique (centre_id, id, heard),
  check (ends >= starts),
  check (hearing_opened_at is null or frozen_at is not null),
  check ((hearing_opened_at is null) = (hearing_deadline is null)),
  check (hearing_closed_at is null or hearing_opened_at is not null)
);
create unique index campaign_name on vn.campaign (centre_id, lower(name)) where ended_at is null;
create table vn.campaign_script (
  centre_id uuid not null,
  campaign_id uuid not null,
  language text not null check (length(language) = 2),
  text text not null check (length(text) between 1 and 2000),
  primary key (centre_id, campaign_id, language),
  foreign key (centre_id, campaign_id) references vn.campaign on delete cascade
);
create table vn.target (
  centre_id uuid not null,
  campaign_id uuid not null,
  company_id uuid not null,
  -- The one production unit that is approached: the head unit in the area first. Null where the register knows none.
  unit_id uuid references vn.unit,
  -- What of the criteria it met, as facts that the screens put into words.
  facts jsonb not null,
  -- Written once, at the hearing's close, for all schools at once; only the gate reads it.
  struck boolean not null default false,
  -- Whether it could be called when the hearing closed; null before. One word for whatever the reason.
  available boolean,
  primary key (centre_id, campaign_id, company_id),
  constraint target_struck unique (centre_id, campaign_id, company_id, struck),
  foreign key (centre_id, campaign_id) references vn.campaign,
  foreign key (centre_id, company_id) references vn.relation
);
create index target_company on vn.target (centre_id, company_id);
create table vn.hearing (
  centre_id uuid not null,
  campaign_id uuid not null,
  school_id uuid not null,
  answered_at timestamptz,
  answered_by uuid references vn.person,
  reminded_at timestamptz,
  primary key (centre_id, campaign_id, school_id),
  foreign key (centre_id, campaign_id) references vn.campaign,
  foreign key (centre_id, school_id) references vn.school
);
-- A link that a school hands to its own colleagues: they strike for the school without signing in.
create table vn.hearing_forward (
  centre_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  school_id uuid not null,
  token_hash bytea not null unique,
  name text not null check (length(name) between 1 and 200),
  created_at timestamptz not null,
  created_by uuid not null references vn.person,
  ended_at timestamptz,
  primary key (centre_id, id),
  foreign key (centre_id, campaign_id, school_id) references vn.hearing
);
-- What a school says of one company: struck, or looked at and kept. The school is part of the key, so two schools strike one company without meeting.
create table vn.hearing_mark (
  centre_id uuid not null,
  campaign_id uuid not null,
  company_id uuid not null,
  school_id uuid not null,
  struck boolean not null,
  reason text check (reason in ('course', 'agreement', 'internship', 'dialogue', 'other')),
  known_by text check (length(known_by) <= 200),
  at timestamptz not null,
  person_id uuid references vn.person,
  forward_id uuid,
  primary key (centre_id, campaign_id, company_id, school_id),
  foreign key (centre_id, campaign_id, company_id) references vn.target,
  foreign key (centre_id, campaign_id, school_id) references vn.hearing,
  check (struck = (reason is not null)),
  check ((person_id is null) <> (forward_id is null))
);
create index hearing_mark_school on vn.hearing_mark (centre_id, campaign_id, school_id);

call vn.tenant('vn.outreach_setting', 'true', '(select ctx.has(''coordinator''))');
-- What nobody has been asked about yet is the coordinator's alone.
call vn.tenant('vn.campaign', 'hearing_opened_at is not null or (select ctx.has(''coordinator''))', '(select ctx.has(''coordinator''))');
call vn.tenant('vn.campaign_script', 'true', '(select ctx.has(''coordinator''))');
call vn.tenant('vn.target', 'true', '(select ctx.has(''coordinator''))');
call vn.tenant('vn.hearing', 'school_id = (select ctx.school()) or (select ctx.has(''coordinator''))');
call vn.tenant('vn.hearing_forward', 'school_id = (select ctx.school())');
call vn.tenant('vn.hearing_mark', 'school_id = (select ctx.school()) or (select ctx.has(''coordinator''))', 'school_id = (select ctx.school())');
-- A key to rows that one may not see would tell that they exist.
create policy seen_campaign on vn.campaign_script as restrictive for all to vn_staff using (exists (select from vn.campaign k where k.centre_id = campaign_script.centre_id and k.id = campaign_id));
create policy seen_campaign on vn.target as restrictive for all to vn_staff using (exists (select from vn.campaign k where k.centre_id = target.centre_id and k.id = campaign_id));
create policy seen_campaign on vn.hearing as restrictive for all to vn_staff using (exists (select from vn.campaign k where k.centre_id = hearing.centre_id and k.id = campaign_id));
create policy seen_hearing on vn.hearing_forward as restrictive for all to vn_staff
  using (exists (select from vn.hearing h where h.centre_id = hearing_forward.centre_id and h.campaign_id = hearing_forward.campaign_id and h.school_id = hearing_forward.school_id));
create policy seen_hearing on vn.hearing_mark as restrictive for all to vn_staff
  using (exists (select from vn.hearing h where h.centre_id = hearing_mark.centre_id and h.campaign_id = hearing_mark.campaign_id and h.school_id = hearing_mark.school_id));

-- What the house does by the clock is written down too, as nobody's doing.
create policy house_writes on vn.audit for insert to vn_staff with check (person_id is null and (select ctx.person()) is null);

grant select, insert, update on vn.outreach_setting to vn_staff;
grant select, insert, update, delete on vn.campaign_script to vn_staff;
grant select, insert on vn.campaign to vn_staff;
-- Opening and closing a hearing are the gate's.
grant update (name, goal, why, aim, routes, starts, ends, criteria, draw, seed, frozen_at, ended_at, paused, version) on vn.campaign to vn_staff;
-- "struck" is nobody's to read: it would tell of another school.
grant select (centre_id, campaign_id, company_id, unit_id, facts, available), insert (centre_id, campaign_id, company_id, unit_id, facts), delete on vn.target to vn_staff;
grant select on vn.hearing to vn_staff;
grant insert (centre_id, campaign_id, school_id) on vn.hearing to vn_staff;
grant update (answered_at, answered_by, reminded_at) on vn.hearing to vn_staff;
grant select, insert on vn.hearing_forward to vn_staff;
grant update (ended_at) on vn.hearing_forward to vn_staff;
grant select, insert, update, delete on vn.hearing_mark to vn_staff;
reset role;

set local role vn_gate;
-- The centre's settings, defaults included.
create function vn.outreach_settings() returns vn.outreach_setting language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare s vn.outreach_setting;
begin
  select * into s from vn.outreach_setting x where x.centre_id = ctx.centre();
  if not found then
    s := row (ctx.centre(), 4, 4, 10, '09:00', '16:00', 30, 3, 6, 60, 13, 3, 5, 2, 0);
  end if;
  return s;
end $$;

-- No company that may not be called comes onto a list, whoever writes it; by statement, for a list may be a hundred thousand.
create function vn.target_gate() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
declare n int;
begin
  select count(*) into n from (select 1 from vn.relation r join fresh f on f.centre_id = r.centre_id and f.company_id = r.company_id where r.callable for share of r) x;
  if n <> (select count(*) from fresh) then raise exception 'a company on the list may not be called' using errcode = 'VN006'; end if;
  return null;
end $$;
-- Marks are made while the hearing is open and not a moment longer; closing waits for those under way.
create function vn.mark_gate() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  perform from vn.campaign k where k.centre_id = coalesce(new.centre_id, old.centre_id) and k.id = coalesce(new.campaign_id, old.campaign_id)
     and k.hearing_opened_at is not null and k.hearing_closed_at is null and k.ended_at is null and k.hearing_deadline > ctx.now() for share;
  if not found then raise exception 'the hearing is not open' using errcode = 'VN003'; end if;
  return coalesce(new, old);
end $$;

-- Opens a hearing for every school of the centre. False: there is no such list that waits for one.
create function vn.open_hearing(p_campaign uuid, p_deadline timestamptz) returns boolean language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  update vn.campaign k set hearing_opened_at = ctx.now(), hearing_deadline = p_deadline, version = k.version + 1
   where k.centre_id = ctx.centre() and k.id = p_campaign and k.frozen_at is not null and k.hearing_opened_at is null and k.ended_at is null;
  if not found then return false; end if;
  insert into vn.hearing (centre_id, campaign_id, school_id) select s.centre_id, p_campaign, s.id from vn.school s where s.centre_id = ctx.centre();
  return true;
end $$;
-- Closes once, for all, in one statement: others learn "not available", and no timestamp, order or transaction tells by whom; and what may be called is in the queue
-- at the same time (vn.fill_queue comes with the calls). False: it was not open.
create function vn.close_hearing(p_campaign uuid) returns boolean language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  update vn.campaign k set hearing_closed_at = ctx.now(), version = k.version + 1
   where k.centre_id = ctx.centre() and k.id = p_campaign and k.hearing_opened_at is not null and k.hearing_closed_at is null and k.ended_at is null
     -- Before the deadline only when every school has answered.
     and (k.hearing_deadline <= ctx.now() or not exists (select from vn.hearing h where h.centre_id = k.centre_id and h.campaign_id = k.id and h.answered_at is null));
  if not found then return false; end if;
  update vn.target t set struck = x.struck, available = x.callable and not x.struck
    from (select g.company_id, r.callable, exists (select from vn.hearing_mark m where m.centre_id = g.centre_id and m.campaign_id = g.campaign_id and m.company_id = g.company_id and m.struck) struck
            from vn.target g join vn.relation r on r.centre_id = g.centre_id and r.company_id = g.company_id where g.centre_id = ctx.centre() and g.campaign_id = p_campaign) x
   where t.centre_id = ctx.centre() and t.campaign_id = p_campaign and t.company_id = x.company_id;
  perform vn.fill_queue(p_campaign, true);
  return true;
end $$;

-- Whether a company may be approached at all, in one word: false for whatever reason there is. What a hearing took is told only where three schools or more were heard.
create function vn.available(p_company uuid) returns boolean language sql stable security definer set search_path = vn, pg_temp as $$
  select r.callable and not exists (
           select from vn.target t join vn.campaign k on k.centre_id = t.centre_id and k.id = t.campaign_id and k.heard
            where t.centre_id = r.centre_id and t.company_id = r.company_id and t.struck
              and (select count(*) from vn.hearing h where h.centre_id = k.centre_id and h.campaign_id = k.id) >= 3)
    from vn.relation r where r.centre_id = ctx.centre() and r.company_id = p_company;
$$;

-- A colleague's link: which hearing it opens; nothing when it is unknown, taken back, or the hearing is over.
create function vn.open_forward(p_hash bytea) returns table (forward_id uuid, centre_id uuid, campaign_id uuid, school_id uuid, colleague text, campaign text, goal text, school text, centre text, deadline timestamptz, companies int, struck int)
language plpgsql security definer set search_path = vn, pg_temp as $$
declare f record; c record;
begin
  for c in select k.id from vn.centre k loop
    perform set_config('app.centre', c.id::text, true);
    select x.* into f from vn.hearing_forward x where x.token_hash = p_hash and x.ended_at is null;
    if found then
      perform set_config('app.school', f.school_id::text, true);
      return query select f.id, f.centre_id, f.campaign_id, f.school_id, f.name, k.name, k.goal, s.name, n.name, k.hearing_deadline,
        (select count(*)::int from vn.target t where t.centre_id = k.centre_id and t.campaign_id = k.id),
        (select count(*)::int from vn.hearing_mark m where m.centre_id = k.centre_id and m.campaign_id = k.id and m.school_id = f.school_id and m.struck)
        from vn.campaign k join vn.school s on s.centre_id = k.centre_id and s.id = f.school_id join vn.centre n on n.id = k.centre_id
       where k.centre_id = f.centre_id and k.id = f.campaign_id and k.hearing_closed_at is null and k.ended_at is null and k.hearing_deadline > ctx.now();
      return;
    end if;
  end loop;
  perform set_config('app.centre', '', true);
end $$;
-- The list behind a colleague's link, by name; only what says which company it is, and the own school's mark.
create function vn.forwarded_companies(p_hash bytea, p_search text, p_after_name text, p_after_id uuid, p_limit int) returns table (id uuid, name text, cvr text, address text, town text, struck boolean)
language plpgsql security definer set search_path = vn, pg_temp as $$
declare f record;
begin
  select * into f from vn.open_forward(p_hash);
  if not found then return; end if;
  return query select c.id, c.name, c.cvr::text, coalesce(u.address, c.address), coalesce(u.town, c.town), coalesce(m.struck, false)
    from vn.target t join vn.company c on c.id = t.company_id left join vn.unit u on u.id = t.unit_id
    left join vn.hearing_mark m on m.centre_id = t.centre_id and m.campaign_id = t.campaign_id and m.company_id = t.company_id and m.school_id = f.school_id
   where t.centre_id = f.centre_id and t.campaign_id = f.campaign_id and (p_search is null or c.search like all (string_to_array(p_search, ' ')))
     and (p_after_name is null or (c.name collate "da-x-icu", c.id) > (p_after_name collate "da-x-icu", p_after_id))
   order by c.name collate "da-x-icu", c.id limit p_limit;
end $$;
-- A colleague strikes a company for the school, or takes the own strike back. Null: the link opens nothing. False: the company is not on the list.
create function vn.forwarded_mark(p_hash bytea, p_company uuid, p_struck boolean) returns boolean language plpgsql security definer set search_path = vn, pg_temp as $$
declare f record;
begin
  select * into f from vn.open_forward(p_hash);
  if not found then return null; end if;
  if not exists (select from vn.target t where t.centre_id = f.centre_id and t.campaign_id = f.campaign_id and t.company_id = p_company) then return false; end if;
  if p_struck then
    insert into vn.hearing_mark (centre_id, campaign_id, company_id, school_id, struck, reason, known_by, at, forward_id)
      values (f.centre_id, f.campaign_id, p_company, f.school_id, true, 'other', f.colleague, ctx.now(), f.forward_id)
      on conflict on constraint hearing_mark_pkey do update set struck = true, reason = 'other', known_by = excluded.known_by, at = excluded.at, person_id = null, forward_id = excluded.forward_id where not hearing_mark.struck;
  else
    -- Only what came by this link: a strike of somebody else's stands.
    delete from vn.hearing_mark m where m.centre_id = f.centre_id and m.campaign_id = f.campaign_id and m.company_id = p_company and m.school_id = f.school_id and m.forward_id = f.forward_id;
  end if;
  return true;
end $$;
grant execute on function vn.outreach_settings() to vn_staff, vn_agent;
grant execute on function vn.target_gate(), vn.mark_gate() to vn_owner;
grant execute on function vn.open_hearing(uuid, timestamptz), vn.close_hearing(uuid), vn.available(uuid) to vn_staff;
grant execute on function vn.open_forward(bytea), vn.forwarded_companies(bytea, text, text, uuid, int), vn.forwarded_mark(bytea, uuid, boolean) to vn_visitor, vn_staff, vn_agent, vn_ministry;
reset role;

set local role vn_owner;
create trigger t1_gate after insert on vn.target referencing new table as fresh for each statement execute function vn.target_gate();
create trigger t1_open before insert or update or delete on vn.hearing_mark for each row execute function vn.mark_gate();
reset role;
