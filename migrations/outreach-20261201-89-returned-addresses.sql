-- Mail that came back: whose address was mended since, so that it goes there when it is sent again.
set local role vn_owner;
-- The person whose address it went to, once that person has another one.
alter table vn.mail add contact_id uuid;
create index mail_undelivered on vn.mail (centre_id, lower(to_address)) where state in ('failed', 'returned');
create index contact_returned on vn.contact (centre_id, company_id) where email_returned_at is not null;
reset role;

set local role vn_gate;
create function vn.follow_address() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  update vn.mail m set contact_id = new.id where m.centre_id = new.centre_id and lower(m.to_address) = lower(old.email) and m.state in ('failed', 'returned');
  return null;
end $$;
revoke execute on function vn.follow_address() from public;
grant execute on function vn.follow_address() to vn_owner;
/* Where a mail goes when it is sent again: the address that its person has now, unless that one is marked too; else the one it had. */
create function vn.address_now(p_contact uuid, p_to text) returns text language sql stable security definer set search_path = vn, pg_temp as $$
  select coalesce((select k.email from vn.contact k where k.centre_id = ctx.centre() and k.id = p_contact and k.email is not null and k.email_returned_at is null), p_to);
$$;
revoke execute on function vn.address_now(uuid, text) from public;
drop function vn.outbox(text, timestamptz, uuid, int);
-- As before; and where a mail would go now, or at which company somebody still has the address that nobody has.
create function vn.outbox(p_state text, p_at timestamptz, p_id uuid, p_most int)
  returns table (id uuid, at timestamptz, to_address text, subject text, state text, tries int, failed_because text, sent_at timestamptz, report_status text, reported_at timestamptz,
    again_to text, company_id uuid, contact_id uuid)
language plpgsql stable security definer set search_path = vn, pg_temp rows 50 as $$
begin
  if not (ctx.has('coordinator') or ctx.has('administrator')) then raise exception 'forbidden' using errcode = '42501'; end if;
  return query select m.id, m.at, m.to_address, regexp_replace(m.subject, '[0-9]{4,}', '…', 'g'), m.state, m.tries,
     case when a.again_to is not null and vn.mail_withheld(a.again_to) then 'withheld' else m.failed_because end, m.sent_at, m.report_status, m.reported_at,
     a.again_to, k.company_id, k.id
    from vn.mail m
    cross join lateral (select case when m.state in ('failed', 'returned') then vn.address_now(m.contact_id, m.to_address) end again_to) a
    left join lateral (select x.company_id, x.id from vn.contact x where x.centre_id = m.centre_id and lower(x.email) = lower(a.again_to) and x.email_returned_at is not null order by x.id limit 1) k on true
   where m.centre_id = ctx.centre() and (p_state is null or m.state = p_state) and (p_at is null or (m.at, m.id) < (p_at, p_id))
   order by m.at desc, m.id desc limit p_most;
end $$;
drop function vn.resend_mail(uuid);
-- As before; to the address that the person has now. `sent_to` with the result done.
create function vn.resend_mail(p_mail uuid, out result text, out sent_to text) language plpgsql security definer set search_path = vn, pg_temp as $$
declare m vn.mail;
begin
  if not (ctx.has('coordinator') or ctx.has('administrator')) then raise exception 'forbidden' using errcode = '42501'; end if;
  select x.* into m from vn.mail x where x.centre_id = ctx.centre() and x.id = p_mail for update;
  if not found then result := 'unknown'; return; end if;
  if m.state not in ('failed', 'returned') then result := 'not_failed'; return; end if;
  sent_to := vn.address_now(m.contact_id, m.to_address);
  if vn.mail_withheld(sent_to) then result := 'withheld'; return; end if;
  update vn.mail x set state = 'waiting', to_address = sent_to, return_hash = null, report_status = null, reported_at = null where x.id = p_mail;
  result := 'done';
end $$;
revoke execute on function vn.outbox(text, timestamptz, uuid, int), vn.resend_mail(uuid) from public;
grant execute on function vn.outbox(text, timestamptz, uuid, int), vn.resend_mail(uuid) to vn_staff;
reset role;

set local role vn_owner;
-- After the mark of the old address is gone.
create trigger t1_follow_address after update of email on vn.contact for each row when (new.email is distinct from old.email and new.email is not null and old.email is not null)
  execute function vn.follow_address();
reset role;
