-- Mail comes in: a consultant's mail becomes a draft of a visit report (row 2.22), an answer to an invitation stands with its meeting.
set local role vn_owner;
-- Every mail that comes in, until it is known whose it is; afterwards only that it came, so that it is taken once.
create table vn.intake_mail (
  id uuid primary key,
  at timestamptz not null,
  -- Of Message-ID and body: the same mail delivered twice is one.
  print bytea not null unique,
  mailbox text,
  validity bigint,
  uid bigint,
  -- Whom the server that delivered it named as addressee.
  envelope text check (length(envelope) <= 2000),
  -- Too large: only its head is kept.
  cut boolean not null,
  content bytea,
  -- stuck: could not be fetched from the mailbox yet · failed: our fault, looked at by nobody again.
  state text not null check (state in ('stuck', 'new', 'done', 'failed')),
  tries int not null default 0,
  unique (mailbox, validity, uid)
);
create index intake_mail_at on vn.intake_mail (at);
grant select, insert, update, delete on vn.intake_mail to vn_post;
grant select, insert, delete on vn.intake_mail to vn_gate;

-- The own secret address for reports: its hash.
create table vn.intake_address (
  centre_id uuid not null references vn.centre,
  person_id uuid not null references vn.person,
  token_hash bytea not null,
  made_at timestamptz not null,
  primary key (centre_id, person_id)
);
create unique index intake_address_token on vn.intake_address (centre_id, token_hash);
call vn.tenant('vn.intake_address', 'person_id = (select ctx.person())');
grant select, insert, update, delete on vn.intake_address to vn_staff;

-- The mail that a draft was made of: its sender's alone, also after the report was sent.
create table vn.draft_mail (
  centre_id uuid not null references vn.centre,
  person_id uuid not null references vn.person,
  draft_id uuid not null,
  received_at timestamptz not null,
  from_address text not null check (length(from_address) <= 320),
  subject text not null check (length(subject) <= 500),
  text text not null check (length(text) <= 100000),
  companies jsonb not null,
  topics text[] not null,
  refused jsonb not null,
  -- As it came; forgotten after 90 days.
  content bytea,
  primary key (centre_id, person_id, draft_id)
);
create index draft_mail_received on vn.draft_mail (centre_id, received_at);
call vn.tenant('vn.draft_mail', 'person_id = (select ctx.person())');
grant select, insert on vn.draft_mail to vn_staff;

-- What somebody invited answered last: the company's contact, or a consultant by number.
create table vn.meeting_answer (
  centre_id uuid not null,
  meeting_id uuid not null,
  attendee text not null check (attendee = 'contact' or length(attendee) = 36),
  answer text not null check (answer in ('accepted', 'declined', 'tentative', 'proposed')),
  -- Which invitation was answered: an older one than went out last says nothing about now.
  sequence int not null,
  proposed_start timestamptz,
  answered_at timestamptz not null,
  primary key (centre_id, meeting_id, attendee),
  foreign key (centre_id, meeting_id) references vn.meeting on delete cascade,
  check ((answer = 'proposed') >= (proposed_start is not null))
);
call vn.tenant('vn.meeting_answer', '(select ctx.has(''coordinator'')) or vn.sees_meeting(meeting_id)');
create policy seen_meeting on vn.meeting_answer as restrictive for insert to vn_staff with check (false);
grant select on vn.meeting_answer to vn_staff;
reset role;

set local role vn_gate;
-- Keeps a mail that came in. False: it was here before, out of the same place or with the same Message-ID and body.
create function vn.keep_mail(p_id uuid, p_print bytea, p_mailbox text, p_validity bigint, p_uid bigint, p_envelope text, p_cut boolean, p_content bytea) returns boolean
language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  delete from vn.intake_mail i where i.state = 'stuck' and i.mailbox = p_mailbox and i.validity = p_validity and i.uid = p_uid;
  insert into vn.intake_mail (id, at, print, mailbox, validity, uid, envelope, cut, content, state)
    values (p_id, ctx.now(), p_print, p_mailbox, p_validity, p_uid, p_envelope, p_cut, p_content, 'new') on conflict do nothing;
  return found;
end $$;
-- Whose address a secret is, if the sender is that very person and a consultant there today; else nobody's.
create function vn.find_intake(p_hash bytea, p_from text) returns table (centre_id uuid, tz text, person_id uuid, school_id uuid, name text, email text, language text)
language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare c record;
begin
  for c in select k.id, k.tz from vn.centre k order by k.id loop
    perform set_config('app.centre', c.id::text, true);
    return query select c.id, c.tz, p.id, m.school_id, p.name, p.email, p.language from vn.intake_address a join vn.person p on p.id = a.person_id
       join lateral (select x.school_id from vn.membership x where x.centre_id = c.id and x.person_id = a.person_id and x.role = 'consultant' and x.during @> (ctx.now() at time zone c.tz)::date
         order by x.school_id nulls last limit 1) m on true
     where a.centre_id = c.id and a.token_hash = p_hash and lower(p.email) = lower(p_from);
  end loop;
  perform set_config('app.centre', '', true);
end $$;
-- In which centre a meeting is, for whoever read its number out of an answer.
create function vn.centre_of_meeting(p_meeting uuid) returns table (centre_id uuid, tz text) language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare c record;
begin
  for c in select k.id, k.tz from vn.centre k order by k.id loop
    perform set_config('app.centre', c.id::text, true);
    return query select m.centre_id, c.tz from vn.meeting m where m.centre_id = c.id and m.id = p_meeting and m.said is not null;
  end loop;
  perform set_config('app.centre', '', true);
end $$;
/* Keeps what an attendee answered, and says who that is; nothing where the sender is none. counts: it answers the invitation that went out last, to a meeting that is booked.
   told: nothing new, the same was answered before. */
create function vn.keep_meeting_answer(p_meeting uuid, p_contact boolean, p_from text, p_answer text, p_sequence int, p_proposed timestamptz) returns table (attendee text, name text, counts boolean, told boolean)
language plpgsql security definer set search_path = vn, pg_temp as $$
declare it vn.meeting; who text; called text; was vn.meeting_answer;
begin
  if not ctx.has('coordinator') or ctx.person() is not null then raise exception 'forbidden' using errcode = '42501'; end if;
  select * into it from vn.meeting m where m.centre_id = ctx.centre() and m.id = p_meeting and m.said is not null;
  if not found then return; end if;
  if p_contact then
    select 'contact', it.person_name into who, called where lower(it.person_email) = lower(p_from);
  else
    select p.id::text, p.name into who, called from vn.meeting_staff s join vn.person p on p.id = s.consultant_id
     where s.centre_id = it.centre_id and s.meeting_id = it.id and lower(p.email) = lower(p_from);
  end if;
  if who is null then return; end if;
  select * into was from vn.meeting_answer a where a.centre_id = it.centre_id and a.meeting_id = it.id and a.attendee = who;
  insert into vn.meeting_answer as a (centre_id, meeting_id, attendee, answer, sequence, proposed_start, answered_at) values (it.centre_id, it.id, who, p_answer, p_sequence, p_proposed, ctx.now())
    on conflict on constraint meeting_answer_pkey do update set answer = excluded.answer, sequence = excluded.sequence, proposed_start = excluded.proposed_start, answered_at = excluded.answered_at
    where a.sequence <= excluded.sequence;
  return query select who, called, it.state = 'booked' and p_sequence >= it.sequence, coalesce((was.answer, was.sequence) = (p_answer, p_sequence) and was.proposed_start is not distinct from p_proposed, false);
end $$;
-- Addresses of those who are no consultants here any more; mails whose draft was thrown away; after 90 days what a mail said.
create function vn.forget_intake() returns void language plpgsql security definer set search_path = vn, pg_temp as $$
declare today date;
begin
  if not ctx.has('coordinator') or ctx.person() is not null then raise exception 'forbidden' using errcode = '42501'; end if;
  select (ctx.now() at time zone c.tz)::date into today from vn.centre c where c.id = ctx.centre();
  delete from vn.intake_address a where a.centre_id = ctx.centre()
     and not exists (select from vn.membership m where m.centre_id = ctx.centre() and m.person_id = a.person_id and m.role = 'consultant' and (upper_inf(m.during) or upper(m.during) > today));
  delete from vn.draft_mail d where d.centre_id = ctx.centre()
     and not exists (select from vn.visit_draft v where v.centre_id = d.centre_id and v.person_id = d.person_id and v.id = d.draft_id)
     and not exists (select from vn.visit_report r where r.centre_id = d.centre_id and r.person_id = d.person_id and r.draft_id = d.draft_id);
  update vn.draft_mail d set content = null, text = '' where d.centre_id = ctx.centre() and d.content is not null and d.received_at < ctx.now() - interval '90 days';
end $$;
grant execute on function vn.keep_mail(uuid, bytea, text, bigint, bigint, text, boolean, bytea) to vn_visitor, vn_staff, vn_agent, vn_ministry, vn_post;
grant execute on function vn.find_intake(bytea, text), vn.centre_of_meeting(uuid) to vn_post;
grant execute on function vn.keep_meeting_answer(uuid, boolean, text, text, int, timestamptz), vn.forget_intake() to vn_staff;
reset role;
