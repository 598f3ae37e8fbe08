-- The company's own page (row X.4): opened by a secret address that was mailed to somebody there who said yes to it.
set local role vn_owner;
create table vn.company_page (
  centre_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  contact_id uuid not null,
  token_hash bytea not null,
  made_by uuid not null references vn.person,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  -- Asked to be called: one open call at a time, however often the button is pressed.
  asked_at timestamptz,
  -- Wants no more mails from the centre.
  no_mail_at timestamptz,
  primary key (centre_id, id),
  foreign key (centre_id, company_id) references vn.relation,
  foreign key (centre_id, contact_id) references vn.contact on delete cascade
);
create unique index company_page_token on vn.company_page (centre_id, token_hash);
-- One open page for each contact: a new address ends the one before.
create unique index company_page_one on vn.company_page (centre_id, contact_id) where ended_at is null;
create index company_page_company on vn.company_page (centre_id, company_id);
call vn.tenant('vn.company_page', 'true', '(select ctx.has(''consultant'')) or (select ctx.has(''coordinator''))');
grant select (centre_id, id, company_id, contact_id, made_by, made_at, expires_at, ended_at, asked_at, no_mail_at), insert, update on vn.company_page to vn_staff;
reset role;

set local role vn_gate;
-- Whose page a secret address opens, with the centre set for the rest of the transaction; no row for one that is none, has ended or is a year old.
create function vn.company_page_of(p_hash bytea) returns setof vn.company_page language plpgsql security definer set search_path = vn, pg_temp as $$
declare c record; p vn.company_page;
begin
  for c in select k.id from vn.centre k loop
    perform set_config('app.centre', c.id::text, true);
    select * into p from vn.company_page x where x.token_hash = p_hash and x.ended_at is null and x.expires_at > ctx.now();
    if found then return next p; return; end if;
  end loop;
  perform set_config('app.centre', '', true);
end $$;
/* What the company reads: its one contact person, the meetings ahead, what it does itself by when, what it was told, what is kept about whoever opened the page.
   No report, no note, no other school, nobody else at the company. */
create function vn.open_company_page(p_hash bytea) returns jsonb language plpgsql security definer set search_path = vn, pg_temp as $$
declare p vn.company_page; today date; answer jsonb;
begin
  select * into p from vn.company_page_of(p_hash);
  if not found then return null; end if;
  select (ctx.now() at time zone c.tz)::date into today from vn.centre c where c.id = p.centre_id;
  select jsonb_build_object('centre', c.name, 'zone', c.tz, 'company', k.name, 'askedAt', p.asked_at, 'noMailAt', p.no_mail_at, 'until', p.expires_at,
      'contactPerson', (select jsonb_build_object('name', w.name, 'email', w.email, 'phone', w.phone,
            'school', (select s.name from vn.membership m join vn.school s on s.centre_id = m.centre_id and s.id = m.school_id where m.centre_id = r.centre_id and m.person_id = w.id and m.role = 'consultant' and m.during @> today order by s.name limit 1))
          from vn.person w where w.id = coalesce(r.deputy, r.contact_person) and r.active),
      'meetings', coalesce((select jsonb_agg(jsonb_build_object('start', lower(m.during), 'end', upper(m.during), 'place', m.place,
            'who', (select jsonb_agg(w.name order by s.learns, w.name) from vn.meeting_staff s join vn.person w on w.id = s.consultant_id where s.centre_id = m.centre_id and s.meeting_id = m.id)) order by m.during)
          from vn.meeting m where m.centre_id = p.centre_id and m.company_id = p.company_id and m.state = 'booked' and upper(m.during) > ctx.now()), '[]'),
      'ours', coalesce((select jsonb_agg(jsonb_build_object('what', t.what, 'due', t.due) order by t.due, t.id) from vn.task t
          where t.centre_id = p.centre_id and t.company_id = p.company_id and t.by_company and t.done_at is null), '[]'),
      'told', coalesce((select jsonb_agg(d.x order by d.at desc) from (select jsonb_build_object('at', d.at, 'text', d.text, 'by', w.name) x, d.at at from vn.company_told d join vn.person w on w.id = d.person_id
          where d.centre_id = p.centre_id and d.company_id = p.company_id order by d.at desc limit 10) d (x, at)), '[]'),
      'kept', (select jsonb_build_object('name', t.name, 'role', t.role, 'phone', t.phone, 'email', t.email, 'source', t.source, 'reviewOn', t.review_on) from vn.contact t where t.centre_id = p.centre_id and t.id = p.contact_id))
    into answer
    from vn.relation r join vn.centre c on c.id = r.centre_id join vn.company k on k.id = r.company_id where r.centre_id = p.centre_id and r.company_id = p.company_id;
  perform set_config('app.centre', '', true);
  return answer;
end $$;
-- "Please call me": an enquiry of the company, from whoever opened the page; pressed again it changes nothing while it is open.
create function vn.ask_from_page(p_hash bytea, p_id uuid, p_said text) returns boolean language plpgsql security definer set search_path = vn, pg_temp as $$
declare p vn.company_page;
begin
  select * into p from vn.company_page_of(p_hash);
  if not found then return false; end if;
  if not exists (select from vn.enquiry e where e.centre_id = p.centre_id and e.company_id = p.company_id and e.channel = 'web' and e.answered_at is null and e.received_at = p.asked_at) then
    insert into vn.enquiry (centre_id, id, received_at, channel, company_id, company_name, person_name, phone, email, said)
      select p.centre_id, p_id, ctx.now(), 'web', p.company_id, k.name, t.name, t.phone, t.email, p_said
        from vn.company k, vn.contact t where k.id = p.company_id and t.centre_id = p.centre_id and t.id = p.contact_id;
    update vn.company_page x set asked_at = ctx.now() where x.centre_id = p.centre_id and x.id = p.id;
  end if;
  perform set_config('app.centre', '', true);
  return true;
end $$;
create function vn.mail_from_page(p_hash bytea, p_mail boolean) returns boolean language plpgsql security definer set search_path = vn, pg_temp as $$
declare p vn.company_page;
begin
  select * into p from vn.company_page_of(p_hash);
  if not found then return false; end if;
  update vn.company_page x set no_mail_at = case when p_mail then null else coalesce(x.no_mail_at, ctx.now()) end where x.centre_id = p.centre_id and x.id = p.id;
  perform set_config('app.centre', '', true);
  return true;
end $$;
grant execute on function vn.open_company_page(bytea), vn.ask_from_page(bytea, uuid, text), vn.mail_from_page(bytea, boolean) to vn_visitor, vn_staff, vn_agent, vn_ministry;
reset role;
