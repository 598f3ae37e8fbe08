set local role vn_owner;
-- Lists of what only grows, by what they are asked for, the newest first.
create index access_log_at on vn.access_log (centre_id, at desc, id desc);
create index access_log_person on vn.access_log (centre_id, person_id, at desc, id desc);
create index audit_event on vn.audit (centre_id, event, at desc, id desc);
create index audit_person on vn.audit (centre_id, person_id, at desc, id desc);
create index mail_state on vn.mail (centre_id, state, at desc, id desc);
-- Whom a line is about stood in an index of JSON that no row policy lets anybody use: only comparing ids is known to give nothing away.
drop index vn.access_log_about;
alter table vn.access_log
  add of_company uuid generated always as (case when about -> 'params' ->> 'company' ~ '^[0-9a-fA-F-]{36}$' then (about -> 'params' ->> 'company')::uuid end) stored,
  add of_contact uuid generated always as (case when about -> 'params' ->> 'contact' ~ '^[0-9a-fA-F-]{36}$' then (about -> 'params' ->> 'contact')::uuid end) stored,
  add of_person uuid generated always as (case when about -> 'params' ->> 'person' ~ '^[0-9a-fA-F-]{36}$' then (about -> 'params' ->> 'person')::uuid end) stored,
  add of_meeting uuid generated always as (case when about -> 'params' ->> 'meeting' ~ '^[0-9a-fA-F-]{36}$' then (about -> 'params' ->> 'meeting')::uuid end) stored,
  add of_report uuid generated always as (case when about -> 'params' ->> 'report' ~ '^[0-9a-fA-F-]{36}$' then (about -> 'params' ->> 'report')::uuid end) stored;
create index access_log_of_company on vn.access_log (centre_id, of_company, at desc) where of_company is not null;
create index access_log_of_contact on vn.access_log (centre_id, of_contact, at desc) where of_contact is not null;
create index access_log_of_person on vn.access_log (centre_id, of_person, at desc) where of_person is not null;
create index access_log_of_meeting on vn.access_log (centre_id, of_meeting, at desc) where of_meeting is not null;
create index access_log_of_report on vn.access_log (centre_id, of_report, at desc) where of_report is not null;
reset role;

set local role vn_gate;
-- Of somebody who stays: a device was lost. Sessions in other centres are those centres' matter.
create function vn.revoke_sessions_of(p_person uuid) returns int language plpgsql security definer set search_path = vn, pg_temp as $$
declare n int;
begin
  if not ctx.has('administrator') then raise exception 'forbidden' using errcode = '42501'; end if;
  update vn.session s set ended_at = ctx.now(), ended_because = 'revoked' where s.person_id = p_person and s.centre_id = ctx.centre() and s.ended_at is null and s.expires_at > ctx.now();
  get diagnostics n = row_count;
  return n;
end $$;
revoke execute on function vn.revoke_sessions_of(uuid) from public;
grant execute on function vn.revoke_sessions_of(uuid) to vn_staff;
reset role;
