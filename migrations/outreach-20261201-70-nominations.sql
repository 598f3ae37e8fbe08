-- Schools that share the callers' time name the companies themselves, each up to its quota (row 2.04).
set local role vn_owner;
alter table vn.campaign
  -- What brings companies onto the list: criteria, or the schools that name them.
  add picked_by text not null default 'criteria' check (picked_by in ('criteria', 'schools')),
  -- What the callers' time carries: hours, and companies in an hour.
  add call_hours int check (call_hours between 1 and 10000),
  add calls_per_hour int check (calls_per_hour between 1 and 60),
  add nominate_until timestamptz,
  add constraint campaign_nominations check ((call_hours is null) = (nominate_until is null) and (calls_per_hour is null) = (nominate_until is null) and (nominate_until is null or picked_by = 'schools'));
grant update (picked_by) on vn.campaign to vn_staff;

create table vn.nomination_quota (
  centre_id uuid not null,
  campaign_id uuid not null,
  school_id uuid not null,
  quota int not null check (quota between 0 and 100000),
  -- Counted by the trigger below; the constraint is what two people of a school at once run against.
  used int not null default 0,
  primary key (centre_id, campaign_id, school_id),
  foreign key (centre_id, campaign_id) references vn.campaign,
  foreign key (centre_id, school_id) references vn.school,
  constraint nomination_quota_kept check (used between 0 and quota)
);
-- The school is part of the key: two schools name one company without meeting.
create table vn.nomination (
  centre_id uuid not null,
  campaign_id uuid not null,
  school_id uuid not null,
  company_id uuid not null,
  -- In the order in which the school named them: it is also the order of its turns.
  no int not null,
  at timestamptz not null,
  person_id uuid not null references vn.person,
  primary key (centre_id, campaign_id, school_id, company_id),
  foreign key (centre_id, campaign_id, school_id) references vn.nomination_quota,
  foreign key (centre_id, company_id) references vn.relation
);
create index nomination_company on vn.nomination (centre_id, campaign_id, company_id);
-- Schools reach their own through the gate alone: the campaign itself is not theirs to see before the hearing.
call vn.tenant('vn.nomination_quota', '(select ctx.has(''coordinator''))', 'false');
call vn.tenant('vn.nomination', '(select ctx.has(''coordinator''))', 'false');
create policy seen_by_coordinator on vn.nomination_quota as restrictive for all to vn_staff using ((select ctx.has('coordinator')));
create policy seen_by_coordinator on vn.nomination as restrictive for all to vn_staff using ((select ctx.has('coordinator')));
grant select on vn.nomination_quota, vn.nomination to vn_staff;
reset role;

set local role vn_gate;
-- Whatever writes a nomination, the school's count goes with it, and is written before the row: of two at once the second waits here, and meets the constraint.
create function vn.count_nomination() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    update vn.nomination_quota q set used = q.used + 1 where q.centre_id = new.centre_id and q.campaign_id = new.campaign_id and q.school_id = new.school_id;
    new.no := 1 + coalesce((select max(m.no) from vn.nomination m where m.centre_id = new.centre_id and m.campaign_id = new.campaign_id and m.school_id = new.school_id), 0);
    return new;
  end if;
  update vn.nomination_quota q set used = q.used - 1 where q.centre_id = old.centre_id and q.campaign_id = old.campaign_id and q.school_id = old.school_id;
  return old;
end $$;

/* Says what each school may name, and until when. `result`: written, not_found, campaign_state, above_total, below_used. */
create function vn.write_quotas(p_campaign uuid, p_hours int, p_per_hour int, p_until timestamptz, p_schools uuid[], p_quotas int[]) returns text
language plpgsql security definer set search_path = vn, pg_temp as $$
declare k vn.campaign;
begin
  if not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  select * into k from vn.campaign x where x.centre_id = ctx.centre() and x.id = p_campaign for update;
  if not found then return 'not_found'; end if;
  if k.picked_by <> 'schools' or k.frozen_at is not null or k.ended_at is not null then return 'campaign_state'; end if;
  if (select coalesce(sum(n), 0) from unnest(p_quotas) n) > p_hours * p_per_hour then return 'above_total'; end if;
  perform from vn.nomination_quota q where q.centre_id = k.centre_id and q.campaign_id = k.id order by q.school_id for update;
  if exists (select from vn.nomination_quota q left join unnest(p_schools, p_quotas) n (school, quota) on n.school = q.school_id
              where q.centre_id = k.centre_id and q.campaign_id = k.id and q.used > coalesce(n.quota, 0)) then return 'below_used'; end if;
  update vn.nomination_quota q set quota = 0 where q.centre_id = k.centre_id and q.campaign_id = k.id and not q.school_id = any (p_schools);
  insert into vn.nomination_quota as q (centre_id, campaign_id, school_id, quota) select k.centre_id, k.id, n.school, n.quota from unnest(p_schools, p_quotas) n (school, quota) order by n.school
    on conflict (centre_id, campaign_id, school_id) do update set quota = excluded.quota;
  update vn.campaign x set call_hours = p_hours, calls_per_hour = p_per_hour, nominate_until = p_until, version = x.version + 1 where x.centre_id = k.centre_id and x.id = k.id;
  return 'written';
end $$;

/* Where the own school may name companies, or has. What it says depends on no other school. */
create function vn.nomination_rounds() returns table (campaign_id uuid, name text, goal text, why text, deadline timestamptz, quota int, used int, listed boolean, closed_at timestamptz)
language sql stable security definer set search_path = vn, pg_temp as $$
  select k.id, k.name, k.goal, k.why, k.nominate_until, q.quota, q.used, k.frozen_at is not null, k.hearing_closed_at
    from vn.nomination_quota q join vn.campaign k on k.centre_id = q.centre_id and k.id = q.campaign_id
   where q.centre_id = ctx.centre() and q.school_id = ctx.school() and (ctx.has('consultant') or ctx.has('manager')) and k.ended_at is null and (q.quota > 0 or q.used > 0)
   order by k.frozen_at is not null, k.nominate_until, k.id;
$$;
/* What the own school has named. `available`: null before the hearing has closed, and where its result is the coordinator's; then one word for whatever the reason. */
create function vn.own_nominations(p_campaign uuid) returns table (company_id uuid, cvr text, name text, town text, no int, person text, available boolean)
language sql stable security definer set search_path = vn, pg_temp as $$
  select c.id, c.cvr::text, c.name, c.town, m.no, vn.person_name(m.person_id),
         case when k.hearing_closed_at is not null and (select count(*) from vn.hearing h where h.centre_id = k.centre_id and h.campaign_id = k.id) >= 3 then coalesce(t.available, false) end
    from vn.nomination m join vn.campaign k on k.centre_id = m.centre_id and k.id = m.campaign_id join vn.company c on c.id = m.company_id
    left join vn.target t on t.centre_id = m.centre_id and t.campaign_id = m.campaign_id and t.company_id = m.company_id
   where m.centre_id = ctx.centre() and m.campaign_id = p_campaign and m.school_id = ctx.school() and (ctx.has('consultant') or ctx.has('manager')) order by m.no;
$$;
/* Names companies for the own school, in this order, while there is room. Each `result`: named, already, not_available, full, unknown; no row at all: there is nothing to name for, or no longer. */
create function vn.nominate(p_campaign uuid, p_companies uuid[]) returns table (company_id uuid, result text) language plpgsql security definer set search_path = vn, pg_temp as $$
declare q vn.nomination_quota; c uuid; left_over int;
begin
  if not (ctx.has('consultant') or ctx.has('manager')) or ctx.school() is null then raise exception 'forbidden' using errcode = '42501'; end if;
  -- Freezing waits for those under way, and then there is nothing to name for.
  perform from vn.campaign k where k.centre_id = ctx.centre() and k.id = p_campaign and k.picked_by = 'schools' and k.frozen_at is null and k.ended_at is null and k.nominate_until > ctx.now() for share;
  if not found then return; end if;
  select * into q from vn.nomination_quota x where x.centre_id = ctx.centre() and x.campaign_id = p_campaign and x.school_id = ctx.school() for update;
  if not found then return; end if;
  left_over := q.quota - q.used;
  foreach c in array p_companies loop
    company_id := c;
    result := case
      when not exists (select from vn.relation r where r.centre_id = q.centre_id and r.company_id = c) then 'unknown'
      when exists (select from vn.nomination m where m.centre_id = q.centre_id and m.campaign_id = q.campaign_id and m.school_id = q.school_id and m.company_id = c) then 'already'
      when not vn.available(c) then 'not_available'
      when left_over = 0 then 'full'
      else 'named' end;
    if result = 'named' then
      insert into vn.nomination (centre_id, campaign_id, school_id, company_id, no, at, person_id) values (q.centre_id, q.campaign_id, q.school_id, c, 0, ctx.now(), ctx.person());
      left_over := left_over - 1;
    end if;
    return next;
  end loop;
end $$;
/* Takes one back while there is still time. */
create function vn.withdraw_nomination(p_campaign uuid, p_company uuid) returns boolean language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if not (ctx.has('consultant') or ctx.has('manager')) or ctx.school() is null then raise exception 'forbidden' using errcode = '42501'; end if;
  perform from vn.campaign k where k.centre_id = ctx.centre() and k.id = p_campaign and k.frozen_at is null and k.ended_at is null and k.nominate_until > ctx.now() for share;
  if not found then return false; end if;
  perform from vn.nomination_quota x where x.centre_id = ctx.centre() and x.campaign_id = p_campaign and x.school_id = ctx.school() for update;
  delete from vn.nomination m where m.centre_id = ctx.centre() and m.campaign_id = p_campaign and m.school_id = ctx.school() and m.company_id = p_company;
  return true;
end $$;

/* Puts a campaign's companies into its queue, as many as may be called now and are in no other; later also those back whose peace is over. Set by set: a list may be a
   hundred thousand. Where schools named them, they come by turns: the n-th of a school with quota q stands at (n - 1/2) / q, so that at any moment each school has had its part of
   the callers' time; what two schools named is called once, at the earlier of its two places. */
create or replace function vn.fill_queue(p_campaign uuid, p_first boolean) returns int language plpgsql security definer set search_path = vn, pg_temp as $$
declare n int; m int; back uuid[]; k vn.campaign;
begin
  select * into k from vn.campaign x where x.centre_id = ctx.centre() and x.id = p_campaign and x.heard;
  if not found then return 0; end if;
  insert into vn.queue_item (centre_id, id, campaign_id, company_id, available_at)
    select s.centre_id, gen_random_uuid(), s.campaign_id, s.company_id, ctx.now() from (
      select t.centre_id, t.campaign_id, t.company_id
        from vn.target t join vn.relation r on r.centre_id = t.centre_id and r.company_id = t.company_id left join vn.unit u on u.id = t.unit_id
       where t.centre_id = ctx.centre() and t.campaign_id = p_campaign and not t.struck and r.callable and (not coalesce(u.protected, false) or r.exception is not null)
         and (p_first or not exists (select from vn.queue_item o where o.centre_id = t.centre_id and o.company_id = t.company_id and (o.campaign_id = t.campaign_id or o.live)))
       -- Waits for whoever is blocking one of them, and then leaves it out; the foreign key would refuse them all.
       order by t.company_id for key share of r) s
    on conflict do nothing; -- in another queue already: queue_one_live decides
  get diagnostics n = row_count;
  if p_first and k.picked_by = 'schools' then
    update vn.queue_item i set available_at = ctx.now() - (x.behind * interval '1 microsecond')
      from (select t.company_id, count(*) over (order by t.turn desc, t.lot desc, t.company_id desc) behind
              from (select y.company_id, min(y.turn) turn, min(y.lot) lot
                      from (select w.company_id, (row_number() over (partition by w.school_id order by w.no) - 0.5) / q.quota turn, md5(k.seed::text || w.school_id::text) lot
                              from vn.nomination w join vn.nomination_quota q on q.centre_id = w.centre_id and q.campaign_id = w.campaign_id and q.school_id = w.school_id
                              join vn.queue_item o on o.centre_id = w.centre_id and o.campaign_id = w.campaign_id and o.company_id = w.company_id and o.state = 'waiting'
                             where w.centre_id = k.centre_id and w.campaign_id = k.id) y group by y.company_id) t) x
     where i.centre_id = k.centre_id and i.campaign_id = k.id and i.company_id = x.company_id and i.state = 'waiting';
  end if;
  if p_first then return n; end if;
  select array_agg(q.id) into back from vn.queue_item q join vn.relation r on r.centre_id = q.centre_id and r.company_id = q.company_id
   where q.centre_id = ctx.centre() and q.campaign_id = p_campaign and r.callable
     and q.closed_because in ('quarantine', 'not_now')
     and not exists (select from vn.queue_item o where o.centre_id = q.centre_id and o.company_id = q.company_id and o.live);
  if back is null then return n; end if;
  -- Relation before item, like everybody.
  perform from vn.relation r where r.centre_id = ctx.centre() and r.company_id in (select q.company_id from vn.queue_item q where q.centre_id = ctx.centre() and q.id = any (back)) order by r.company_id for key share;
  update vn.queue_item q set state = 'waiting', closed_because = null, claimed_by = null, promised = false, only_for = null, attempts = 0, available_at = ctx.now()
    from vn.relation r where q.centre_id = ctx.centre() and q.id = any (back) and r.centre_id = q.centre_id and r.company_id = q.company_id and r.callable and not coalesce(q.live, false);
  get diagnostics m = row_count;
  return n + m;
end $$;
grant execute on function vn.count_nomination() to vn_owner;
grant execute on function vn.write_quotas(uuid, int, int, timestamptz, uuid[], int[]), vn.nomination_rounds(), vn.own_nominations(uuid), vn.nominate(uuid, uuid[]), vn.withdraw_nomination(uuid, uuid) to vn_staff;
reset role;

set local role vn_owner;
create trigger t1_count before insert or delete on vn.nomination for each row execute function vn.count_nomination();
reset role;
