-- From school to school, closed loop (row 3.01): who pointed a company's need to whom, what became of it, and who is credited.
set local role vn_owner;
create table vn.referral (
  centre_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  need_id uuid not null,
  -- Whose credit it is, as of that day; null: the centre's own consultants, or the coordinator.
  from_school uuid,
  from_person uuid not null references vn.person,
  to_school uuid not null,
  -- Who has it at the school that got it.
  owner_id uuid references vn.person,
  about text not null check (length(about) between 1 and 1000),
  state text not null check (state in ('sent', 'accepted', 'started', 'ended', 'declined', 'withdrawn')),
  -- Why it was declined or withdrawn.
  reason text check (length(reason) between 1 and 500),
  outcome text check (outcome in ('agreement', 'course', 'guidance', 'later', 'nothing')),
  outcome_note text not null default '' check (length(outcome_note) <= 1000),
  sent_at timestamptz not null,
  -- When its state last changed, and when somebody was reminded of it since.
  moved_at timestamptz not null,
  reminded_at timestamptz,
  version int not null default 1,
  primary key (centre_id, id),
  foreign key (centre_id, company_id) references vn.relation,
  foreign key (centre_id, need_id) references vn.need,
  foreign key (centre_id, from_school) references vn.school,
  foreign key (centre_id, to_school) references vn.school,
  constraint referral_to_others check (from_school is distinct from to_school),
  check ((state in ('accepted', 'started', 'ended')) = (owner_id is not null)),
  check ((state in ('declined', 'withdrawn')) = (reason is not null)),
  check ((state = 'ended') = (outcome is not null))
);
-- A need is with a school once at a time.
create unique index referral_once on vn.referral (centre_id, need_id, to_school) where state in ('sent', 'accepted', 'started');
create index referral_company on vn.referral (centre_id, company_id);
create index referral_to on vn.referral (centre_id, to_school, moved_at desc);
create index referral_from on vn.referral (centre_id, from_school, moved_at desc);
create table vn.referral_event (
  centre_id uuid not null,
  referral_id uuid not null,
  no int not null,
  at timestamptz not null,
  -- Null: the house.
  person_id uuid references vn.person,
  state text not null,
  owner_id uuid references vn.person,
  note text not null default '' check (length(note) <= 1000),
  primary key (centre_id, referral_id, no),
  foreign key (centre_id, referral_id) references vn.referral
);
-- Two schools and the coordinator; what the centre's own consultants send on is theirs together. A third school never learns that it is there.
call vn.tenant('vn.referral',
  '(select ctx.has(''coordinator'')) or (((select ctx.has(''consultant'')) or (select ctx.has(''manager''))) and (to_school = (select ctx.school()) or from_school is not distinct from (select ctx.school())))');
call vn.tenant('vn.referral_event', 'exists (select from vn.referral r where r.centre_id = referral_event.centre_id and r.id = referral_id)');
grant select, insert, update on vn.referral to vn_staff;
-- Only the trigger writes it.
create policy seen_referral on vn.referral_event as restrictive for insert to vn_staff with check (false);
grant select on vn.referral_event to vn_staff;
reset role;

set local role vn_gate;
-- Every step is kept, whoever takes it.
create function vn.keep_referral() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if tg_op = 'UPDATE' and old.state = new.state and old.owner_id is not distinct from new.owner_id then return null; end if;
  insert into vn.referral_event (centre_id, referral_id, no, at, person_id, state, owner_id, note)
    select new.centre_id, new.id, coalesce(max(e.no), 0) + 1, ctx.now(), ctx.person(), new.state, new.owner_id, coalesce(new.reason, case when new.state = 'ended' then new.outcome_note end, '')
      from vn.referral_event e where e.centre_id = new.centre_id and e.referral_id = new.id;
  return null;
end $$;
-- A need that goes on with another company, because its own went on in that one, takes the referral along that is open.
create function vn.referral_follows() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  update vn.referral r set company_id = new.company_id where r.centre_id = new.centre_id and r.need_id = new.id and r.state in ('sent', 'accepted', 'started');
  return null;
end $$;
-- Who answers for a school today, in order of who is asked first: its managers, else its consultants.
create function vn.answers_for(p_school uuid) returns table (id uuid, name text, email text, language text) language sql stable security definer set search_path = vn, pg_temp as $$
  with here as (
    select distinct m.person_id, m.role from vn.membership m join vn.centre c on c.id = m.centre_id
     where m.centre_id = ctx.centre() and m.school_id = p_school and m.role in ('manager', 'consultant') and m.during @> (ctx.now() at time zone c.tz)::date and (ctx.has('consultant') or ctx.has('manager') or ctx.has('coordinator')))
  select p.id, p.name, p.email, p.language from vn.person p join here h on h.person_id = p.id
   where h.role = 'manager' or not exists (select from here x where x.role = 'manager') order by p.id;
$$;
-- Whether the person works for the school today.
create function vn.works_for(p_person uuid, p_school uuid) returns boolean language sql stable security definer set search_path = vn, pg_temp as $$
  select exists (select from vn.membership m join vn.centre c on c.id = m.centre_id
    where m.centre_id = ctx.centre() and m.person_id = p_person and m.school_id = p_school and m.role in ('manager', 'consultant') and m.during @> (ctx.now() at time zone c.tz)::date);
$$;
grant execute on function vn.answers_for(uuid), vn.works_for(uuid, uuid) to vn_staff;
grant execute on function vn.keep_referral(), vn.referral_follows() to vn_owner;
reset role;

set local role vn_owner;
create trigger t5_referral after update of company_id on vn.need for each row execute function vn.referral_follows();
create trigger t4_referral after insert or update on vn.referral for each row execute function vn.keep_referral();
create trigger t9_append_only before update or delete on vn.referral_event for each statement execute function vn.no_change();
reset role;
