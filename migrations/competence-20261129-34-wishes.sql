-- Wishes for training (row 2.14): a shop steward gathers what colleagues would like to learn, without anybody's name.
set local role vn_owner;
create table vn.wish_form (
  centre_id uuid not null references vn.centre,
  id uuid not null,
  company_id uuid not null,
  -- Whose consultant asked; null: the centre itself.
  school_id uuid,
  made_by uuid not null references vn.person,
  made_at timestamptz not null,
  template text not null check (template in ('general', 'production', 'reading_and_maths')),
  -- Topics of this company alone; what a colleague ticks is called own1 to own5.
  own text[] not null default '{}' check (cardinality(own) <= 5 and array_position(own, null) is null),
  topics text[] not null check (cardinality(topics) between 1 and 40 and array_position(topics, null) is null),
  first_day date not null,
  last_day date not null,
  steward_name text not null check (length(steward_name) between 1 and 200),
  steward_email text check (length(steward_email) <= 320),
  steward_language text not null check (steward_language in ('da', 'en')),
  -- Counts up with every new link of the steward's; the one before opens nothing any more.
  steward_no int not null default 1,
  -- The secret addresses, under a key that the database does not have: colleagues', the steward's, and the counts' where the steward shares them.
  code_hash bytea not null,
  steward_hash bytea not null,
  share_no int not null default 0,
  share_hash bytea,
  -- Counted once, when the days are over. What is too little to be shown is not kept.
  closed_at timestamptz,
  answers int,
  counts jsonb,
  threshold smallint,
  version int not null default 1,
  primary key (centre_id, id),
  foreign key (centre_id, company_id) references vn.relation,
  foreign key (centre_id, school_id) references vn.school,
  check (last_day >= first_day and last_day - first_day <= 92),
  check ((closed_at is null) = (counts is null) and (closed_at is null) = (threshold is null) and (closed_at is not null or answers is null))
);
create unique index wish_form_code on vn.wish_form (centre_id, code_hash);
create unique index wish_form_steward on vn.wish_form (centre_id, steward_hash);
create unique index wish_form_share on vn.wish_form (centre_id, share_hash);
-- Two forms at once would be asked of the same persons, and one could be taken from the other.
create unique index wish_form_one on vn.wish_form (centre_id, company_id) where closed_at is null;
/* What one person ticked, until the form is counted; then it is gone. No name, no address, no time: the id is drawn by lot and says neither. Nobody reads it. */
create table vn.wish_answer (
  centre_id uuid not null,
  form_id uuid not null,
  id uuid not null,
  topics text[] not null,
  -- Typed in by the steward, from paper.
  paper boolean not null,
  primary key (centre_id, form_id, id),
  foreign key (centre_id, form_id) references vn.wish_form on delete cascade
);
call vn.tenant('vn.wish_form', '(select ctx.has(''coordinator'')) or ((select ctx.has(''consultant'')) and (school_id is null or school_id = (select ctx.school())))',
  '(select ctx.has(''coordinator'')) or ((select ctx.has(''consultant'')) and (school_id = (select ctx.school()) or made_by = (select ctx.person())))');
call vn.tenant('vn.wish_answer', 'false', 'false');
create policy seen_form on vn.wish_answer as restrictive for all to vn_staff using (false);
grant select (centre_id) on vn.wish_answer to vn_staff;
grant select (centre_id, id, company_id, school_id, made_by, made_at, template, own, topics, first_day, last_day, steward_name, steward_email, steward_language, steward_no, closed_at, answers, counts, threshold, version), insert,
  update (steward_name, steward_email, steward_language, steward_no, steward_hash, version), delete on vn.wish_form to vn_staff;
reset role;

set local role vn_gate;
-- Finds the form behind a secret address, in whichever centre, and stays in that centre.
create function vn.wish_form_behind(p_hash bytea, p_as text) returns vn.wish_form language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare c record; it vn.wish_form;
begin
  for c in select k.id from vn.centre k loop
    perform set_config('app.centre', c.id::text, true);
    select x.* into it from vn.wish_form x where x.centre_id = c.id and p_hash = case p_as when 'colleague' then x.code_hash when 'steward' then x.steward_hash else x.share_hash end;
    if found then return it; end if;
  end loop;
  perform set_config('app.centre', '', true);
  return null;
end $$;
/* What an address opens. Nothing in it depends on what was answered until the form is counted: whoever looks twice learns nothing about who answered in between.
   How many paper forms were typed in is told to whoever typed them. */
create function vn.open_wishes(p_hash bytea, p_as text) returns jsonb language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare it vn.wish_form;
begin
  it := vn.wish_form_behind(p_hash, p_as);
  if it.id is null then return null; end if;
  return (select jsonb_build_object('id', it.id, 'company', k.name, 'centre', c.name, 'steward', it.steward_name, 'topics', it.topics, 'own', it.own, 'firstDay', it.first_day, 'lastDay', it.last_day,
      'state', case when it.closed_at is not null then 'counted' when n.today < it.first_day then 'ahead' when n.today > it.last_day then 'over' else 'open' end)
    || case when p_as = 'colleague' then '{}' else jsonb_build_object('result', case when it.closed_at is not null then jsonb_build_object('answers', it.answers, 'counts', it.counts, 'threshold', it.threshold) end) end
    || case when p_as <> 'steward' then '{}' else jsonb_build_object('shareNo', case when it.share_hash is not null then it.share_no end,
      'paper', case when it.closed_at is null then (select count(*) from vn.wish_answer a where a.centre_id = it.centre_id and a.form_id = it.id and a.paper) end) end
    from vn.centre c cross join lateral (select (ctx.now() at time zone c.tz)::date today) n join vn.company k on k.id = it.company_id where c.id = it.centre_id);
end $$;
/* Keeps what one person ticked: done, gone (no such form), closed (not on its days), unknown (no topic of this form), full. The same id again is the same answer.
   Colleagues send it by their code; the steward types it in from paper. */
create function vn.send_wishes(p_hash bytea, p_paper boolean, p_id uuid, p_topics text[]) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare it vn.wish_form;
begin
  it := vn.wish_form_behind(p_hash, case when p_paper then 'steward' else 'colleague' end);
  -- Against its being counted meanwhile: what comes too late is refused, never half counted.
  select x.* into it from vn.wish_form x where x.centre_id = it.centre_id and x.id = it.id for share;
  if not found then return 'gone'; end if;
  if it.closed_at is not null or not exists (select from vn.centre c where c.id = it.centre_id and (ctx.now() at time zone c.tz)::date between it.first_day and it.last_day) then return 'closed'; end if;
  if not p_topics <@ it.topics then return 'unknown'; end if;
  if (select count(*) from vn.wish_answer a where a.centre_id = it.centre_id and a.form_id = it.id) >= 5000 then return 'full'; end if;
  insert into vn.wish_answer (centre_id, form_id, id, topics, paper) values (it.centre_id, it.id, p_id, p_topics, p_paper) on conflict do nothing;
  return 'done';
end $$;
-- Takes back a paper form that was typed in wrongly.
create function vn.take_back_paper(p_hash bytea, p_id uuid) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare it vn.wish_form;
begin
  it := vn.wish_form_behind(p_hash, 'steward');
  select x.* into it from vn.wish_form x where x.centre_id = it.centre_id and x.id = it.id for share;
  if not found then return 'gone'; end if;
  if it.closed_at is not null then return 'closed'; end if;
  delete from vn.wish_answer a where a.centre_id = it.centre_id and a.form_id = it.id and a.id = p_id and a.paper;
  return case when found then 'done' else 'gone' end;
end $$;
-- The steward shares the counts, or takes that back. A new address each time.
create function vn.share_wishes(p_hash bytea, p_no int, p_share bytea) returns boolean language plpgsql security definer set search_path = vn, pg_temp as $$
declare it vn.wish_form;
begin
  it := vn.wish_form_behind(p_hash, 'steward');
  update vn.wish_form x set share_hash = p_share, share_no = case when p_share is null then x.share_no else p_no end
   where x.centre_id = it.centre_id and x.id = it.id and x.closed_at is not null and (p_share is null or p_no = x.share_no + 1);
  return found;
end $$;
-- The next number of a shared address.
create function vn.next_share(p_hash bytea) returns table (id uuid, no int) language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare it vn.wish_form;
begin
  it := vn.wish_form_behind(p_hash, 'steward');
  return query select it.id, it.share_no + 1 where it.id is not null;
end $$;
/* Forms whose days are over, with how many ticked what, on the phone and on paper. For the house alone, which is no person: nobody reads these figures. */
create function vn.wishes_to_count() returns table (id uuid, topics text[], threshold int, phones int, papers int, ticked jsonb) language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if ctx.person() is not null or not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  return query
    with due as materialized (select f.* from vn.wish_form f join vn.centre c on c.id = f.centre_id
      where f.centre_id = ctx.centre() and f.closed_at is null and f.last_day < (ctx.now() at time zone c.tz)::date order by f.id for update of f)
    select d.id, d.topics, (vn.outreach_settings()).small_cell::int, (select count(*)::int from vn.wish_answer a where a.centre_id = d.centre_id and a.form_id = d.id and not a.paper),
        (select count(*)::int from vn.wish_answer a where a.centre_id = d.centre_id and a.form_id = d.id and a.paper),
        coalesce((select jsonb_object_agg(t.topic, jsonb_build_object('phone', t.phone, 'paper', t.paper)) from (
          select u.topic, count(*) filter (where not a.paper) phone, count(*) filter (where a.paper) paper from vn.wish_answer a cross join lateral (select distinct unnest(a.topics) topic) u
           where a.centre_id = d.centre_id and a.form_id = d.id group by u.topic) t), '{}')
      from due d;
end $$;
-- Keeps what may be shown, and forgets every answer.
create function vn.count_wishes(p_form uuid, p_answers int, p_counts jsonb, p_threshold int) returns void language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if ctx.person() is not null or not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  update vn.wish_form f set closed_at = ctx.now(), answers = p_answers, counts = p_counts, threshold = p_threshold, version = f.version + 1 where f.centre_id = ctx.centre() and f.id = p_form and f.closed_at is null;
  if found then delete from vn.wish_answer a where a.centre_id = ctx.centre() and a.form_id = p_form; end if;
end $$;
-- Two years after its last day a form is forgotten, its steward with it.
create function vn.forget_wish_forms() returns void language sql security definer set search_path = vn, pg_temp as $$
  delete from vn.wish_form f using vn.centre c where c.id = f.centre_id and f.centre_id = ctx.centre() and ctx.has('coordinator') and f.last_day < (ctx.now() at time zone c.tz)::date - 730;
$$;
grant execute on function vn.wishes_to_count(), vn.count_wishes(uuid, int, jsonb, int), vn.forget_wish_forms() to vn_staff;
grant execute on function vn.open_wishes(bytea, text), vn.send_wishes(bytea, boolean, uuid, text[]), vn.take_back_paper(bytea, uuid), vn.share_wishes(bytea, int, bytea), vn.next_share(bytea) to vn_visitor, vn_staff, vn_agent, vn_ministry;
reset role;
