-- The mail that a centre wrote: whether it left, why not, and sent again by a press. Its text is read by nobody.
set local role vn_owner;
alter table vn.mail
  add tries int not null default 0,
  -- What the receiving server said last: its three digits, or the code of a broken line ('ECONNREFUSED'). Never its sentence, which may name anybody.
  add failed_because text check (length(failed_because) <= 40);
create index mail_centre on vn.mail (centre_id, at desc, id desc);
grant update (tries, failed_because) on vn.mail to vn_post;
reset role;

set local role vn_gate;
/* One page of the centre's mail, the newest first. Numbers of four digits and more are left out of the subject: it may be a code that signs in. Mail of signing in itself is of
   no centre and stands nowhere. */
create function vn.outbox(p_state text, p_at timestamptz, p_id uuid, p_most int) returns table (id uuid, at timestamptz, to_address text, subject text, state text, tries int, failed_because text, sent_at timestamptz)
language plpgsql stable security definer set search_path = vn, pg_temp rows 50 as $$
begin
  if not (ctx.has('coordinator') or ctx.has('administrator')) then raise exception 'forbidden' using errcode = '42501'; end if;
  return query select m.id, m.at, m.to_address, regexp_replace(m.subject, '[0-9]{4,}', '…', 'g'), m.state, m.tries,
     case when m.state = 'failed' and vn.mail_withheld(m.to_address) then 'withheld' else m.failed_because end, m.sent_at from vn.mail m
   where m.centre_id = ctx.centre() and (p_state is null or m.state = p_state) and (p_at is null or (m.at, m.id) < (p_at, p_id))
   order by m.at desc, m.id desc limit p_most;
end $$;
-- A mail that failed waits again. `result`: done, not_failed, withheld (somebody said no, or was erased), unknown.
create function vn.resend_mail(p_mail uuid) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare found_state text; found_to text;
begin
  if not (ctx.has('coordinator') or ctx.has('administrator')) then raise exception 'forbidden' using errcode = '42501'; end if;
  select m.state, m.to_address into found_state, found_to from vn.mail m where m.centre_id = ctx.centre() and m.id = p_mail for update;
  if not found then return 'unknown'; elsif found_state <> 'failed' then return 'not_failed'; elsif vn.mail_withheld(found_to) then return 'withheld'; end if;
  update vn.mail m set state = 'waiting' where m.id = p_mail;
  return 'done';
end $$;
revoke execute on function vn.outbox(text, timestamptz, uuid, int), vn.resend_mail(uuid) from public;
grant execute on function vn.outbox(text, timestamptz, uuid, int), vn.resend_mail(uuid) to vn_staff;
reset role;
