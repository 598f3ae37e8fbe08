/* Training agreements (row 4.21): what outreach is counted by. Who has one with which school is read by that school, by whoever made it (for the other schools, too),
   by the company's contact person and by the coordinator; nobody else. */
set local role vn_owner;
-- Whether one has to do with an agreement; asked by the policies, and by what counts its seats.
create function vn.sees_agreement(p_school uuid, p_company uuid, p_maker uuid) returns boolean language sql stable set search_path = vn, pg_temp as $$
  select ctx.has('coordinator') or ((ctx.has('consultant') or ctx.has('manager')) and coalesce(p_school = ctx.school() or p_maker = ctx.person()
    or exists (select from vn.relation r where r.centre_id = ctx.centre() and r.company_id = p_company and ctx.person() in (r.contact_person, r.deputy)), false));
$$;
create table vn.training_agreement (
  centre_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  school_id uuid not null,
  agreed_on date not null,
  -- What it springs from: a visit with its report, or a meeting or call that was no visit.
  source text not null check (source in ('visit', 'meeting', 'call')),
  report_id uuid,
  -- The campaign that led there: of a visit its own, else as it was said.
  campaign_id uuid,
  note text not null check (length(note) <= 1000),
  state text not null default 'agreed' check (state in ('agreed', 'kept', 'fallen')),
  -- How one knows that it was kept, where no seats were taken here.
  kept_by_word text not null default '' check (length(kept_by_word) <= 300),
  fallen_because text check (length(fallen_because) between 1 and 300),
  state_on date,
  made_by uuid not null references vn.person,
  made_at timestamptz not null,
  version int not null default 1,
  primary key (centre_id, id),
  foreign key (centre_id, company_id) references vn.relation,
  foreign key (centre_id, school_id) references vn.school,
  foreign key (centre_id, report_id) references vn.visit_report,
  foreign key (centre_id, campaign_id) references vn.campaign,
  constraint agreement_source check ((source = 'visit') = (report_id is not null)),
  constraint agreement_fallen check ((state = 'fallen') = (fallen_because is not null) and (state = 'agreed') = (state_on is null))
);
create index training_agreement_company on vn.training_agreement (centre_id, company_id);
create index training_agreement_day on vn.training_agreement (centre_id, agreed_on desc, id);
create index training_agreement_report on vn.training_agreement (centre_id, report_id) where report_id is not null;
create index training_agreement_campaign on vn.training_agreement (centre_id, campaign_id) where campaign_id is not null;
-- For which course, in which class if that is known, how many people and how many seats.
create table vn.agreement_course (
  centre_id uuid not null,
  agreement_id uuid not null,
  no smallint not null check (no between 1 and 20),
  course_id uuid not null,
  class_id uuid,
  people smallint not null check (people between 1 and 500),
  seats smallint not null check (seats between 1 and 1000),
  primary key (centre_id, agreement_id, no),
  foreign key (centre_id, agreement_id) references vn.training_agreement,
  foreign key (centre_id, course_id) references vn.course,
  foreign key (centre_id, class_id) references vn.class
);
create index agreement_course_class on vn.agreement_course (centre_id, class_id) where class_id is not null;
-- How many agreements a calendar year should bring; a row of the yearly plan (1.04) once there is one.
create table vn.agreement_goal (
  centre_id uuid not null references vn.centre,
  year smallint not null check (year between 2000 and 2999),
  goal int not null check (goal between 1 and 100000),
  set_by uuid not null references vn.person,
  set_at timestamptz not null,
  version int not null default 1,
  primary key (centre_id, year)
);
call vn.tenant('vn.training_agreement', 'vn.sees_agreement(school_id, company_id, made_by)');
-- Whoever makes one says so.
create policy made_oneself on vn.training_agreement as restrictive for insert to vn_staff with check (made_by = (select ctx.person()) and state = 'agreed');
create policy seen_campaign on vn.training_agreement as restrictive for insert to vn_staff with check (campaign_id is null or exists (select from vn.campaign c where c.centre_id = training_agreement.centre_id and c.id = campaign_id));
-- What has fallen stays so.
create policy fallen_stands on vn.training_agreement as restrictive for update to vn_staff using (state <> 'fallen') with check (true);
call vn.tenant('vn.agreement_course', 'exists (select from vn.training_agreement a where a.centre_id = agreement_course.centre_id and a.id = agreement_id)');
create policy seen_agreement on vn.agreement_course as restrictive for insert to vn_staff with check (exists (select from vn.training_agreement a where a.centre_id = agreement_course.centre_id and a.id = agreement_id));
call vn.tenant('vn.agreement_goal', '(select ctx.has(''coordinator'')) or (select ctx.has(''manager''))', '(select ctx.has(''coordinator''))');
grant select, insert (centre_id, id, company_id, school_id, agreed_on, source, report_id, campaign_id, note, made_by, made_at),
  update (agreed_on, note, state, kept_by_word, fallen_because, state_on, version) on vn.training_agreement to vn_staff;
grant select, insert, delete on vn.agreement_course to vn_staff;
grant select, insert, update on vn.agreement_goal to vn_staff;
reset role;

set local role vn_gate;
-- A visit out of a campaign's call counts for that campaign: whoever went there need not know which.
create function vn.agreement_springs() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if new.report_id is not null then
    new.campaign_id := (select c.campaign_id from vn.visit_report r join vn.meeting m on m.centre_id = r.centre_id and m.id = r.meeting_id join vn.call c on c.centre_id = m.centre_id and c.id = m.call_id
      where r.centre_id = new.centre_id and r.id = new.report_id);
  end if;
  return new;
end $$;
/* How many seats the company has taken for each line of an agreement: in its class, else in classes of the course at that school that begin from the day of the agreement on.
   Nothing of an agreement that one has nothing to do with. */
create function vn.agreement_seats(p_agreement uuid) returns table (no smallint, taken int) language sql stable security definer set search_path = vn, pg_temp as $$
  select l.no, coalesce(sum(s.heads), 0)::int
    from vn.training_agreement a join vn.agreement_course l on l.centre_id = a.centre_id and l.agreement_id = a.id
    left join vn.class k on k.centre_id = a.centre_id and k.school_id = a.school_id and case when l.class_id is null then k.course_id = l.course_id and k.starts >= a.agreed_on else k.id = l.class_id end
    left join vn.seat s on s.centre_id = k.centre_id and s.class_id = k.id and s.company_id = a.company_id and s.state = 'taken'
   where a.centre_id = ctx.centre() and a.id = p_agreement and vn.sees_agreement(a.school_id, a.company_id, a.made_by) group by l.no;
$$;
-- What a company sees of its agreements behind its link: no note, nobody of the schools.
create function vn.agreements_on_page(p_hash bytea) returns jsonb language plpgsql security definer set search_path = vn, pg_temp as $$
declare p vn.company_page; answer jsonb;
begin
  select * into p from vn.company_page_of(p_hash);
  if not found then return null; end if;
  select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'school', s.name, 'agreedOn', a.agreed_on, 'state', a.state,
      'courses', (select jsonb_agg(jsonb_build_object('title', coalesce(nullif(k.title, ''), c.title), 'starts', k.starts, 'people', l.people, 'seats', l.seats) order by l.no)
        from vn.agreement_course l join vn.course c on c.centre_id = l.centre_id and c.id = l.course_id left join vn.class k on k.centre_id = l.centre_id and k.id = l.class_id where l.centre_id = a.centre_id and l.agreement_id = a.id))
      order by a.agreed_on desc, a.id), '[]') into answer
    from (select * from vn.training_agreement x where x.centre_id = p.centre_id and x.company_id = p.company_id order by x.agreed_on desc, x.id limit 20) a
    join vn.school s on s.centre_id = a.centre_id and s.id = a.school_id;
  perform set_config('app.centre', '', true);
  return answer;
end $$;
revoke execute on function vn.agreement_springs(), vn.agreement_seats(uuid), vn.agreements_on_page(bytea) from public;
grant execute on function vn.agreement_springs() to vn_owner;
grant execute on function vn.agreement_seats(uuid) to vn_staff;
grant execute on function vn.agreements_on_page(bytea) to vn_visitor, vn_staff, vn_agent, vn_ministry;
reset role;

set local role vn_owner;
grant execute on function vn.sees_agreement(uuid, uuid, uuid) to vn_staff, vn_gate;
revoke execute on function vn.sees_agreement(uuid, uuid, uuid) from public;
create trigger t1_springs before insert on vn.training_agreement for each row execute function vn.agreement_springs();
reset role;
