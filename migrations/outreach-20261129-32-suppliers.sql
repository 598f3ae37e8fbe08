-- Subcontractors that a large company names (row 2.29): whom to visit, what may be said in its name, and how many seats are held for them until a day.
set local role vn_owner;
create table vn.supplier_list (
  centre_id uuid not null,
  id uuid not null,
  -- The large company that gave it.
  company_id uuid not null,
  -- Whom to ask there; forgotten with the contact, and when the list is withdrawn.
  contact_id uuid,
  -- What may be said in its name, for as long as the list stands.
  introduction text check (length(introduction) between 1 and 1000),
  seats int check (seats between 1 and 500),
  seats_for text check (length(seats_for) between 1 and 200),
  seats_until date,
  -- Counted by the trigger below and by nothing else.
  seats_taken int not null default 0,
  seats_released_at timestamptz,
  made_by uuid not null references vn.person,
  made_at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_by uuid references vn.person,
  version int not null default 1,
  primary key (centre_id, id),
  unique (centre_id, id, company_id),
  foreign key (centre_id, company_id) references vn.relation,
  foreign key (centre_id, contact_id) references vn.contact on delete set null (contact_id),
  check ((seats is null) = (seats_for is null) and (seats is null) = (seats_until is null)),
  check ((withdrawn_at is null) = (introduction is not null) and (withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null or contact_id is null)),
  constraint supplier_seats_enough check (seats_taken between 0 and coalesce(seats, 0))
);
create index supplier_list_company on vn.supplier_list (centre_id, company_id);
create index supplier_list_contact on vn.supplier_list (centre_id, contact_id) where contact_id is not null;
create index supplier_list_held on vn.supplier_list (centre_id, seats_until) where seats is not null and seats_released_at is null;

create table vn.supplier (
  centre_id uuid not null,
  id uuid not null,
  list_id uuid not null,
  giver_id uuid not null,
  no int not null constraint supplier_most check (no between 1 and 300),
  -- The line as it was written, and what was read in it.
  written text not null check (length(written) between 1 and 300),
  cvr text check (cvr ~ '^\d{8}$'),
  name text check (length(name) between 1 and 300),
  town text check (length(town) between 1 and 100),
  -- Why the line counts for nothing.
  refusal text check (refusal in ('twice', 'itself', 'cvr', 'empty')),
  company_id uuid,
  -- By its number, picked out of the centre's companies, or a suggestion that a person confirmed.
  matched text check (matched in ('cvr', 'picked', 'confirmed')),
  matched_by uuid references vn.person,
  owner_id uuid references vn.person,
  school_id uuid,
  because text check (because in ('contact_person', 'only', 'share', 'draw', 'centre', 'by_hand')),
  by_hand_reason text check (length(by_hand_reason) between 1 and 500),
  seed text,
  told jsonb,
  routed_at timestamptz,
  contacted_at timestamptz,
  -- How many of the held seats the company wants.
  seats int not null default 0 check (seats between 0 and 500),
  version int not null default 1,
  primary key (centre_id, id),
  unique (centre_id, list_id, no),
  foreign key (centre_id, list_id, giver_id) references vn.supplier_list (centre_id, id, company_id),
  foreign key (centre_id, company_id) references vn.relation,
  foreign key (centre_id, school_id) references vn.school,
  -- Whoever gives the list is not on it.
  constraint supplier_not_itself check (company_id <> giver_id),
  check ((company_id is null) = (matched is null)),
  check (refusal is null or company_id is null),
  check (owner_id is null or (company_id is not null and because is not null and routed_at is not null)),
  check ((because = 'by_hand') = (by_hand_reason is not null)),
  check (contacted_at is null or company_id is not null),
  check (seats = 0 or company_id is not null)
);
create unique index supplier_once on vn.supplier (centre_id, list_id, company_id) where company_id is not null;
create index supplier_company on vn.supplier (centre_id, company_id) where company_id is not null;
create index supplier_owner on vn.supplier (centre_id, owner_id) where owner_id is not null and contacted_at is null;
create index supplier_waiting on vn.supplier (centre_id, list_id) where owner_id is null and company_id is not null;
create index supplier_routed on vn.supplier (centre_id, school_id, routed_at) where school_id is not null;
-- The schools of a centre share the work, so all of them see all of it. It says nothing of whose customer a company is.
call vn.tenant('vn.supplier_list', 'true', '(select ctx.has(''consultant'')) or (select ctx.has(''coordinator''))');
call vn.tenant('vn.supplier', 'true', '(select ctx.has(''consultant'')) or (select ctx.has(''coordinator''))');
grant select, insert (centre_id, id, company_id, contact_id, introduction, seats, seats_for, seats_until, made_by, made_at),
  update (contact_id, introduction, seats, seats_for, seats_until, seats_released_at, withdrawn_at, withdrawn_by, version) on vn.supplier_list to vn_staff;
grant select, insert, update (company_id, matched, matched_by, owner_id, school_id, because, by_hand_reason, seed, told, routed_at, contacted_at, seats, version) on vn.supplier to vn_staff;
-- An enquiry about a company that somebody works with already goes to that one.
alter table vn.enquiry drop constraint enquiry_because_check, add constraint enquiry_because_check check (because in ('contact_person', 'same_company', 'only', 'share', 'draw', 'centre', 'by_hand'));
reset role;

set local role vn_gate;
-- Seats are counted under the list's row; what would be more than is held is refused by the list's own check, however many ask at once.
create function vn.count_supplier_seats() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
declare more int := new.seats - case when tg_op = 'UPDATE' then old.seats else 0 end;
begin
  if more = 0 then return null; end if;
  update vn.supplier_list l set seats_taken = l.seats_taken + more
    from vn.centre c where c.id = l.centre_id and l.centre_id = new.centre_id and l.id = new.list_id
     and (more < 0 or (l.withdrawn_at is null and l.seats_released_at is null and l.seats_until >= (ctx.now() at time zone c.tz)::date));
  if not found then raise exception 'no seats are held' using errcode = 'VN032', constraint = 'supplier_seats_held'; end if;
  return null;
end $$;
-- A name that was taken back is not used again.
create function vn.withdrawn_stands() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if old.withdrawn_at is not null and (new.withdrawn_at is distinct from old.withdrawn_at or new.introduction is not null) then
    raise exception 'the list was withdrawn' using errcode = 'VN032', constraint = 'supplier_list_withdrawn';
  end if;
  return new;
end $$;
-- No more lines for a list that was withdrawn.
create function vn.supplier_list_open() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  perform from vn.supplier_list l where l.centre_id = new.centre_id and l.id = new.list_id and l.withdrawn_at is null for update;
  if not found then raise exception 'the list was withdrawn' using errcode = 'VN032', constraint = 'supplier_list_withdrawn'; end if;
  return new;
end $$;
-- What the caller of a company that one holds in the queue may say: who sends us, and in which words.
create function vn.card_introductions(p_item uuid) returns jsonb language sql stable security definer set search_path = vn, pg_temp as $$
  select coalesce(jsonb_agg(jsonb_build_object('from', k.name, 'text', l.introduction) order by l.made_at, l.id), '[]')
    from vn.queue_item q join vn.supplier s on s.centre_id = q.centre_id and s.company_id = q.company_id
    join vn.supplier_list l on l.centre_id = s.centre_id and l.id = s.list_id and l.withdrawn_at is null join vn.company k on k.id = l.company_id
   where q.centre_id = ctx.centre() and q.id = p_item and q.state = 'leased' and q.claimed_by = ctx.person();
$$;
/* Who works with a company for the centre right now, so that no second school rings: whoever has its oldest open enquiry, else its open line of a supplier list.
   Asked by the house only: who has an enquiry is nobody else's business. */
create function vn.works_with(p_company uuid) returns table (person_id uuid, school_id uuid) language plpgsql stable security definer set search_path = vn, pg_temp rows 1 as $$
begin
  if not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  return query select w.owner_id, w.school_id from (
      select e.owner_id, e.school_id, 1 place, e.routed_at from vn.enquiry e where e.centre_id = ctx.centre() and e.company_id = p_company and e.answered_at is null and e.joined_to is null and e.owner_id is not null
      union all
      select s.owner_id, s.school_id, 2, s.routed_at from vn.supplier s join vn.supplier_list l on l.centre_id = s.centre_id and l.id = s.list_id and l.withdrawn_at is null
       where s.centre_id = ctx.centre() and s.company_id = p_company and s.owner_id is not null) w
   where vn.consults(w.owner_id) order by w.place, w.routed_at limit 1;
end $$;
-- As before (rows 2.35, 3.05), and what was passed on out of supplier lists counts in a school's share like an enquiry.
create or replace function vn.enquiry_inputs(p_company uuid) returns jsonb language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare s vn.outreach_setting; today date; since timestamptz; found jsonb;
begin
  if not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  s := vn.outreach_settings();
  since := ctx.now() - make_interval(weeks => s.share_weeks);
  select (ctx.now() at time zone c.tz)::date into today from vn.centre c where c.id = ctx.centre();
  select jsonb_build_object('window', s.share_weeks, 'lead', s.share_lead,
    'division', (select left(k.industry_code, 2) from vn.company k where k.id = p_company),
    'contactPerson', (select coalesce(r.deputy, r.contact_person) from vn.relation r where r.centre_id = ctx.centre() and r.company_id = p_company and r.active and vn.consults(coalesce(r.deputy, r.contact_person))),
    'schools', coalesce((select jsonb_agg(jsonb_build_object('school', h.school_id, 'share', h.share, 'weeksIn', h.weeks_in,
        'booked', (select count(*) from vn.enquiry e where e.centre_id = ctx.centre() and e.school_id = h.school_id and e.because in ('only', 'share', 'draw') and e.routed_at > since)
          + (select count(*) from vn.supplier u where u.centre_id = ctx.centre() and u.school_id = h.school_id and u.because in ('only', 'share', 'draw') and u.routed_at > since)))
      from vn.meeting_shares() h), '[]'),
    'consultants', coalesce((select jsonb_agg(jsonb_build_object('consultant', m.person_id, 'school', m.school_id, 'industries', coalesce(f.industries, '{}')))
      from (select distinct on (x.person_id) x.* from vn.membership x where x.centre_id = ctx.centre() and x.role = 'consultant' and x.during @> today order by x.person_id, x.school_id nulls last) m
      left join vn.consultant_profile f on f.centre_id = m.centre_id and f.person_id = m.person_id
      where not exists (select from vn.absence a where a.centre_id = m.centre_id and a.person_id = m.person_id and a.days @> today)), '[]')) into found;
  return found;
end $$;
grant execute on function vn.count_supplier_seats(), vn.withdrawn_stands(), vn.supplier_list_open() to vn_owner;
grant execute on function vn.card_introductions(uuid) to vn_staff, vn_agent;
grant execute on function vn.works_with(uuid) to vn_staff;
reset role;

set local role vn_owner;
create trigger t1_open before insert on vn.supplier for each row execute function vn.supplier_list_open();
create trigger t2_seats after insert or update of seats on vn.supplier for each row execute function vn.count_supplier_seats();
create trigger t1_withdrawn before update on vn.supplier_list for each row execute function vn.withdrawn_stands();
reset role;
