-- What joins calls and meetings: the way of a campaign's companies, counted past the row policies and disclosed by the rule of small cells; booking from a call, and back.
set local role vn_gate;
-- How far the companies of a campaign have come, one count a company at each station, and where the others were lost. Undone calls never happened.
create function vn.campaign_progress(p_campaign uuid) returns jsonb language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare found jsonb;
begin
  if not (ctx.has('coordinator') or ctx.has('manager') or ctx.has('consultant')) then raise exception 'forbidden' using errcode = '42501'; end if;
  with t as (select x.company_id, x.struck, x.available from vn.target x join vn.campaign k on k.centre_id = x.centre_id and k.id = x.campaign_id
              where x.centre_id = ctx.centre() and x.campaign_id = p_campaign and (k.hearing_opened_at is not null or ctx.has('coordinator'))),
       last as (select distinct on (c.company_id) c.company_id, c.outcome, c.reason, c.id from vn.call c
                 where c.centre_id = ctx.centre() and c.campaign_id = p_campaign and c.undone_at is null order by c.company_id, c.at desc, c.id desc),
       met as (select distinct on (m.company_id) m.company_id, m.state from vn.meeting m join vn.call c on c.centre_id = m.centre_id and c.id = m.call_id
                where m.centre_id = ctx.centre() and c.campaign_id = p_campaign and m.state <> 'held' order by m.company_id, (m.state = 'cancelled'), m.made_at desc),
       q as (select i.company_id, i.state, i.closed_because from vn.queue_item i where i.centre_id = ctx.centre() and i.campaign_id = p_campaign),
       each as (select t.*, last.outcome, last.reason, met.state met, q.state queue, q.closed_because,
                       last.outcome is not null called, coalesce(last.outcome = 'wants_contact' or met.state <> 'cancelled', false) wants, coalesce(met.state <> 'cancelled', false) booked, coalesce(met.state = 'done', false) held
                  from t left join last on last.company_id = t.company_id left join met on met.company_id = t.company_id left join q on q.company_id = t.company_id)
  select jsonb_build_object(
    'listed', count(*), 'free', count(*) filter (where available), 'called', count(*) filter (where called), 'wants', count(*) filter (where wants), 'booked', count(*) filter (where booked), 'held', count(*) filter (where held),
    'struck', count(*) filter (where struck), 'unavailable', count(*) filter (where available = false and not struck),
    'waiting', count(*) filter (where available and not called and queue in ('waiting', 'leased')), 'withdrawn', count(*) filter (where available and not called and queue not in ('waiting', 'leased')),
    'not_now', count(*) filter (where not wants and outcome = 'not_now'), 'not_interested', count(*) filter (where not wants and outcome = 'not_interested'), 'no_answer', count(*) filter (where not wants and outcome = 'no_answer'),
    'call_back', count(*) filter (where not wants and outcome = 'call_back'), 'undecided', count(*) filter (where not wants and outcome in ('wrong_number', 'coordinator_needed')),
    'time', count(*) filter (where not wants and reason = 'time'), 'internal', count(*) filter (where not wants and reason = 'internal'), 'no_need', count(*) filter (where not wants and reason = 'no_need'), 'other', count(*) filter (where not wants and reason = 'other'),
    'no_slot', count(*) filter (where wants and not booked and met is null), 'cancelled', count(*) filter (where not booked and met = 'cancelled'), 'planned', count(*) filter (where met = 'booked'), 'no_show', count(*) filter (where met = 'no_show'))
    into found from each;
  return found || jsonb_build_object(
    'days', coalesce((select jsonb_agg(jsonb_build_object('day', d.day, 'companies', d.companies, 'calls', d.calls, 'minutes', d.minutes) order by d.day) from (
      select c.day, count(distinct c.company_id) companies, count(*) calls, (sum(coalesce(c.seconds, 0)) / 60)::int minutes from vn.call c
       where c.centre_id = ctx.centre() and c.campaign_id = p_campaign and c.undone_at is null group by c.day) d), '[]'));
end $$;
-- Which company an item is about, for whoever holds it: an agent knows no company by its id. Null: the lease is somebody else's by now.
create function vn.leased_company(p_item uuid, p_lease int) returns table (company_id uuid, place text) language sql stable security definer set search_path = vn, pg_temp as $$
  select q.company_id, concat_ws(', ', coalesce(u.address, c.address), nullif(concat_ws(' ', coalesce(u.postcode, c.postcode), coalesce(u.town, c.town)), ''))
    from vn.queue_item q join vn.company c on c.id = q.company_id left join vn.target t on t.centre_id = q.centre_id and t.campaign_id = q.campaign_id and t.company_id = q.company_id left join vn.unit u on u.id = t.unit_id
   where q.centre_id = ctx.centre() and q.id = p_item and q.lease_no = p_lease and q.claimed_by = ctx.person() and q.state in ('leased', 'done');
$$;
-- A meeting that a call brought about goes with the call when it is undone or corrected: time and capacity are free again. Null: there is none.
create function vn.drop_meeting_of(p_call uuid, p_entry uuid) returns uuid language plpgsql security definer set search_path = vn, pg_temp as $$
declare m record;
begin
  select x.id, x.week into m from vn.meeting x join vn.call c on c.centre_id = x.centre_id and c.id = x.call_id
   where x.centre_id = ctx.centre() and x.call_id = p_call and x.state = 'booked' and (ctx.has('coordinator') or (c.person_id = ctx.person() and c.undone_at is not null));
  if not found then return null; end if;
  perform vn.lock_weeks(m.week);
  update vn.meeting x set state = 'cancelled', cancelled_because = 'mistake', version = x.version + 1, sequence = x.sequence + 1 where x.centre_id = ctx.centre() and x.id = m.id and x.state = 'booked';
  if not found then return null; end if;
  perform vn.tell_meeting(p_entry, 'meeting.cancelled', m.id);
  return m.id;
end $$;
grant execute on function vn.leased_company(uuid, int), vn.drop_meeting_of(uuid, uuid) to vn_agent, vn_staff;
grant execute on function vn.campaign_progress(uuid) to vn_staff;
reset role;
