-- Mail that a server took and gave back later: the mail it was, why, and at whose address.
set local role vn_owner;
alter table vn.mail drop constraint mail_state_check;
alter table vn.mail
  add constraint mail_state_check check (state in ('waiting', 'sent', 'failed', 'returned')),
  -- Of the secret in the address that a sent mail comes back to; each sending has its own.
  add return_hash bytea check (octet_length(return_hash) = 32),
  -- What a server reported about it (RFC 3463): 5.1.1. Never its sentence, which may name anybody.
  add report_status text check (report_status ~ '^[245][.][0-9]{1,3}[.][0-9]{1,3}$'),
  add reported_at timestamptz,
  add constraint mail_returned check (state <> 'returned' or (report_status is not null and reported_at is not null));
create unique index mail_return on vn.mail (return_hash) where return_hash is not null;
grant update (return_hash) on vn.mail to vn_post;
-- Since when mail to this person's address comes back, because there is nobody of that name.
alter table vn.contact add email_returned_at timestamptz;
create function vn.forget_returned() returns trigger language plpgsql set search_path = vn, pg_temp as $$
begin
  new.email_returned_at := null;
  return new;
end $$;
create trigger t0_new_address before update of email on vn.contact for each row when (new.email is distinct from old.email) execute function vn.forget_returned();
reset role;

set local role vn_gate;
/* What was reported about the mail that a secret belongs to: it came back for good, or is late. Where its address knows nobody (`p_nobody`), the people of the centre with that
   address are marked. Once only: a mail that came back is no longer on its way. `false` where the secret is nobody's. */
create function vn.mail_came_back(p_hash bytea, p_status text, p_final boolean, p_nobody boolean) returns boolean language plpgsql security definer set search_path = vn, pg_temp as $$
declare m vn.mail; before text := current_setting('app.centre', true);
begin
  select x.* into m from vn.mail x where x.return_hash = p_hash and x.state in ('waiting', 'sent') for update;
  if not found then return false; end if;
  update vn.mail x set state = case when p_final then 'returned' else x.state end, report_status = p_status, reported_at = ctx.now() where x.id = m.id;
  if p_final and p_nobody and m.centre_id is not null then
    perform set_config('app.centre', m.centre_id::text, true);
    update vn.contact k set email_returned_at = ctx.now() where k.centre_id = m.centre_id and lower(k.email) = lower(m.to_address) and k.email_returned_at is null;
    perform set_config('app.centre', coalesce(before, ''), true);
  end if;
  return true;
end $$;
drop function vn.outbox(text, timestamptz, uuid, int);
-- As before; and what was reported about a mail after it left.
create function vn.outbox(p_state text, p_at timestamptz, p_id uuid, p_most int)
  returns table (id uuid, at timestamptz, to_address text, subject text, state text, tries int, failed_because text, sent_at timestamptz, report_status text, reported_at timestamptz)
language plpgsql stable security definer set search_path = vn, pg_temp rows 50 as $$
begin
  if not (ctx.has('coordinator') or ctx.has('administrator')) then raise exception 'forbidden' using errcode = '42501'; end if;
  return query select m.id, m.at, m.to_address, regexp_replace(m.subject, '[0-9]{4,}', '…', 'g'), m.state, m.tries,
     case when m.state in ('failed', 'returned') and vn.mail_withheld(m.to_address) then 'withheld' else m.failed_because end, m.sent_at, m.report_status, m.reported_at from vn.mail m
   where m.centre_id = ctx.centre() and (p_state is null or m.state = p_state) and (p_at is null or (m.at, m.id) < (p_at, p_id))
   order by m.at desc, m.id desc limit p_most;
end $$;
-- As before; one that came back may be sent again too, and what was reported about the first time is forgotten.
create or replace function vn.resend_mail(p_mail uuid) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare found_state text; found_to text;
begin
  if not (ctx.has('coordinator') or ctx.has('administrator')) then raise exception 'forbidden' using errcode = '42501'; end if;
  select m.state, m.to_address into found_state, found_to from vn.mail m where m.centre_id = ctx.centre() and m.id = p_mail for update;
  if not found then return 'unknown'; elsif found_state not in ('failed', 'returned') then return 'not_failed'; elsif vn.mail_withheld(found_to) then return 'withheld'; end if;
  update vn.mail m set state = 'waiting', return_hash = null, report_status = null, reported_at = null where m.id = p_mail;
  return 'done';
end $$;
revoke execute on function vn.outbox(text, timestamptz, uuid, int), vn.mail_came_back(bytea, text, boolean, boolean) from public;
grant execute on function vn.outbox(text, timestamptz, uuid, int) to vn_staff;
grant execute on function vn.mail_came_back(bytea, text, boolean, boolean) to vn_post;
reset role;
