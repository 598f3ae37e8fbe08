-- One entrance (row 2.35): whoever asks by web, mail, phone or in person is passed on neutrally; so are tips about companies in trouble (row 2.12).
set local role vn_owner;
create table vn.enquiry (
  centre_id uuid not null references vn.centre,
  id uuid not null,
  received_at timestamptz not null,
  channel text not null check (channel in ('web', 'mail', 'phone', 'walk_in', 'tip')),
  -- Known once somebody, or the number, says so.
  company_id uuid,
  company_name text not null check (length(company_name) between 1 and 200),
  cvr text check (cvr ~ '^\d{8}$'),
  person_name text not null default '' check (length(person_name) <= 200),
  phone text check (length(phone) <= 30),
  email text check (length(email) <= 320),
  said text not null check (length(said) between 1 and 4000),
  -- Who gave the tip: a union, a job centre; and why.
  source text check (length(source) between 1 and 200),
  reason text check (reason in ('downturn', 'hiring', 'training', 'other')),
  urgent boolean not null default false,
  taken_by uuid references vn.person,
  owner_id uuid references vn.person,
  school_id uuid,
  -- Why that one: the company's contact person, the rule, the centre's own, or by hand with a reason; and what the rule was told.
  because text check (because in ('contact_person', 'only', 'share', 'draw', 'centre', 'by_hand')),
  by_hand_reason text check (length(by_hand_reason) between 1 and 500),
  seed text,
  told jsonb,
  routed_at timestamptz,
  -- The first enquiry of the same company, which this one was joined to.
  joined_to uuid,
  answered_at timestamptz,
  answer text check (length(answer) between 1 and 2000),
  reminded_at timestamptz,
  version int not null default 1,
  primary key (centre_id, id),
  foreign key (centre_id, company_id) references vn.relation,
  foreign key (centre_id, school_id) references vn.school,
  foreign key (centre_id, joined_to) references vn.enquiry,
  check ((channel = 'tip') = (source is not null and reason is not null)),
  check ((channel = 'web') = (taken_by is null)),
  check (owner_id is null or (because is not null and routed_at is not null)),
  check ((because = 'by_hand') = (by_hand_reason is not null)),
  check ((answered_at is null) = (answer is null)),
  check (channel = 'tip' or phone is not null or email is not null)
);
create index enquiry_open on vn.enquiry (centre_id, received_at) where answered_at is null and joined_to is null;
create index enquiry_owner on vn.enquiry (centre_id, owner_id, received_at desc);
create index enquiry_company on vn.enquiry (centre_id, company_id) where company_id is not null;
create index enquiry_joined on vn.enquiry (centre_id, joined_to) where joined_to is not null;
-- Who asks whom is nobody's business but theirs: whoever took it, whoever has it, that school, and the coordinator.
call vn.tenant('vn.enquiry', '(select ctx.has(''coordinator'')) or owner_id = (select ctx.person()) or taken_by = (select ctx.person()) or (school_id = (select ctx.school()) and (select ctx.has(''manager'')))',
  '(select ctx.has(''coordinator'')) or owner_id = (select ctx.person()) or (owner_id is null and taken_by = (select ctx.person()))');
grant select, insert, update on vn.enquiry to vn_staff;
reset role;

set local role vn_gate;
-- The centres that can be asked, for the public form.
create function vn.open_centres() returns table (key text, name text) language sql stable security definer set search_path = vn, pg_temp as $$
  select c.key, c.name from vn.centre c order by c.name collate "da-x-icu", c.key;
$$;
-- From the public form: nothing is answered but that it came in.
create function vn.take_enquiry(p_centre_key text, p_id uuid, p_company_name text, p_cvr text, p_person text, p_phone text, p_email text, p_said text) returns boolean
language plpgsql security definer set search_path = vn, pg_temp as $$
declare centre uuid;
begin
  select c.id into centre from vn.centre c where c.key = p_centre_key;
  if not found then return false; end if;
  perform set_config('app.centre', centre::text, true);
  insert into vn.enquiry (centre_id, id, received_at, channel, company_id, company_name, cvr, person_name, phone, email, said)
    values (centre, p_id, ctx.now(), 'web', (select r.company_id from vn.relation r join vn.company k on k.id = r.company_id where r.centre_id = centre and k.cvr = p_cvr), p_company_name, p_cvr, p_person, p_phone, p_email, p_said);
  perform set_config('app.centre', '', true);
  return true;
end $$;
/* What the rule of routing is told (rows 2.35, 3.05): each school's agreed share and how many enquiries went there within the weeks of the rule; consultants of
   today who are not away; the company's contact person, or the deputy. For the coordinator's rights only, so for the house. */
create function vn.enquiry_inputs(p_company uuid) returns jsonb language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare s vn.outreach_setting; today date; found jsonb;
begin
  if not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  s := vn.outreach_settings();
  select (ctx.now() at time zone c.tz)::date into today from vn.centre c where c.id = ctx.centre();
  select jsonb_build_object('window', s.share_weeks, 'lead', s.share_lead,
    'division', (select left(k.industry_code, 2) from vn.company k where k.id = p_company),
    'contactPerson', (select coalesce(r.deputy, r.contact_person) from vn.relation r where r.centre_id = ctx.centre() and r.company_id = p_company and r.active and vn.consults(coalesce(r.deputy, r.contact_person))),
    'schools', coalesce((select jsonb_agg(jsonb_build_object('school', h.school_id, 'share', h.share, 'weeksIn', h.weeks_in,
        'booked', (select count(*) from vn.enquiry e where e.centre_id = ctx.centre() and e.school_id = h.school_id and e.because in ('only', 'share', 'draw') and e.routed_at > ctx.now() - make_interval(weeks => s.share_weeks))))
      from vn.meeting_shares() h), '[]'),
    'consultants', coalesce((select jsonb_agg(jsonb_build_object('consultant', m.person_id, 'school', m.school_id, 'industries', coalesce(f.industries, '{}')))
      from (select distinct on (x.person_id) x.* from vn.membership x where x.centre_id = ctx.centre() and x.role = 'consultant' and x.during @> today order by x.person_id, x.school_id nulls last) m
      left join vn.consultant_profile f on f.centre_id = m.centre_id and f.person_id = m.person_id
      where not exists (select from vn.absence a where a.centre_id = m.centre_id and a.person_id = m.person_id and a.days @> today)), '[]')) into found;
  return found;
end $$;
-- Gives an enquiry to somebody by hand: whoever has it, or took it while nobody has it, and the coordinator. Whoever gives it away sees it no longer.
create function vn.pass_enquiry(p_id uuid, p_person uuid, p_school uuid, p_reason text, p_version int) returns void language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  update vn.enquiry e set owner_id = p_person, school_id = p_school, because = 'by_hand', by_hand_reason = p_reason, routed_at = ctx.now(), reminded_at = null, version = e.version + 1
   where e.centre_id = ctx.centre() and e.id = p_id and e.version = p_version and e.answered_at is null
     and (ctx.has('coordinator') or (ctx.has('consultant') and ctx.person() = coalesce(e.owner_id, e.taken_by)));
  if not found then raise exception 'forbidden' using errcode = '42501'; end if;
end $$;
-- What a mail about an enquiry says: no more than the company's name.
create function vn.enquiry_heading(p_id uuid) returns table (company text, urgent boolean) language sql stable security definer set search_path = vn, pg_temp as $$
  select e.company_name, e.urgent from vn.enquiry e where e.centre_id = ctx.centre() and e.id = p_id and (ctx.has('coordinator') or ctx.has('consultant'));
$$;
grant execute on function vn.enquiry_heading(uuid) to vn_staff;
grant execute on function vn.pass_enquiry(uuid, uuid, uuid, text, int) to vn_staff;
grant execute on function vn.open_centres(), vn.take_enquiry(text, uuid, text, text, text, text, text, text) to vn_visitor, vn_staff, vn_agent, vn_ministry;
grant execute on function vn.enquiry_inputs(uuid) to vn_staff;
reset role;
