-- A company that wants a visit and got no time is called again when there is one; a company that has one is called no more (row 2.05).
set local role vn_gate;
create or replace function vn.settle_item(p_item uuid, p_outcome text, p_retry_at timestamptz, p_callback_at timestamptz, p_only_for uuid) returns timestamptz language plpgsql security definer set search_path = vn, pg_temp as $$
declare tried int; next_at timestamptz;
begin
  select count(*) into tried from vn.call c where c.centre_id = ctx.centre() and c.queue_item_id = p_item and c.outcome = 'no_answer' and c.undone_at is null;
  next_at := case when p_outcome = 'call_back' then p_callback_at
                  when p_outcome = 'no_answer' and tried < (vn.outreach_settings()).attempts then p_retry_at
                  when p_outcome = 'wants_contact' and not exists (
                    select from vn.meeting m join vn.queue_item i on i.centre_id = m.centre_id and i.company_id = m.company_id
                     where m.centre_id = ctx.centre() and i.id = p_item and m.state = 'booked' and upper(m.during) > ctx.now()) then p_retry_at end;
  if next_at is null then
    update vn.queue_item q set state = 'done', closed_because = case p_outcome when 'no_answer' then 'attempts' when 'not_now' then 'not_now' else 'outcome' end, attempts = tried, promised = false, only_for = null where q.centre_id = ctx.centre() and q.id = p_item;
  else
    -- Whoever talked may book with the same answer sent twice: the item remembers who it was.
    update vn.queue_item q set state = 'waiting', closed_because = null, claimed_by = case when p_outcome = 'wants_contact' then q.claimed_by end, attempts = tried, available_at = next_at, promised = p_outcome in ('call_back', 'wants_contact'), only_for = case when p_outcome = 'call_back' then p_only_for end
     where q.centre_id = ctx.centre() and q.id = p_item;
  end if;
  return next_at;
end $$;
-- A meeting that was booked, by whomever, takes its company out of the queues. What somebody is talking with stays in their hands.
create function vn.meeting_gate() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  update vn.queue_item q set state = 'done', closed_because = 'meeting', promised = false, only_for = null where q.centre_id = new.centre_id and q.company_id = new.company_id and q.state = 'waiting';
  return null;
end $$;
grant execute on function vn.meeting_gate() to vn_owner;
reset role;

set local role vn_owner;
alter table vn.queue_item drop constraint queue_item_closed_because_check;
alter table vn.queue_item add constraint queue_item_closed_because_check check (closed_because in ('outcome', 'meeting', 'not_now', 'attempts', 'quarantine', 'objection', 'protected', 'ceased', 'no_phone', 'campaign'));
create trigger t2_gate after insert or update of state on vn.meeting for each row when (new.state = 'booked') execute function vn.meeting_gate();
reset role;
