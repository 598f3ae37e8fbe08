-- Neutral business advisers as first contact (row 2.30): they hand companies over through the one entrance, and see what became of their own hand-overs.
set local role vn_owner;
create table vn.adviser (
  centre_id uuid not null references vn.centre,
  id uuid not null,
  -- The partner that the adviser works for.
  organisation text not null check (length(organisation) between 1 and 200),
  name text not null check (length(name) between 1 and 200),
  -- Forgotten when it ends.
  email text check (length(email) between 3 and 320),
  language text not null check (language in ('da', 'en')),
  -- Said yes to be kept and mailed.
  consented_at timestamptz not null,
  made_by uuid not null references vn.person,
  made_at timestamptz not null,
  token_hash bytea not null,
  linked_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  primary key (centre_id, id),
  check ((ended_at is null) = (email is not null))
);
create unique index adviser_token on vn.adviser (centre_id, token_hash);
create unique index adviser_once on vn.adviser (centre_id, lower(email)) where ended_at is null;
call vn.tenant('vn.adviser', 'true', '(select ctx.has(''consultant'')) or (select ctx.has(''coordinator''))');
grant select (centre_id, id, organisation, name, email, language, consented_at, made_by, made_at, linked_at, expires_at, ended_at), insert, update on vn.adviser to vn_staff;

alter table vn.enquiry
  drop constraint enquiry_channel_check,
  drop constraint enquiry_check1,
  add constraint enquiry_channel_check check (channel in ('web', 'mail', 'phone', 'walk_in', 'tip', 'adviser')),
  -- Nobody of the centre took it down.
  add constraint enquiry_taken_by check ((channel in ('web', 'adviser')) = (taken_by is null)),
  add town text check (length(town) between 1 and 100),
  add adviser_id uuid,
  -- What the adviser promised the company.
  add promised text check (length(promised) between 1 and 2000),
  -- Whoever has it has taken it up, and spoken with the company.
  add accepted_at timestamptz,
  add contacted_at timestamptz,
  add foreign key (centre_id, adviser_id) references vn.adviser,
  add constraint enquiry_adviser check ((channel = 'adviser') = (adviser_id is not null)),
  add constraint enquiry_accepted check (accepted_at is null or owner_id is not null),
  add constraint enquiry_contacted check (contacted_at is null or accepted_at is not null);
create index enquiry_adviser_of on vn.enquiry (centre_id, adviser_id, received_at desc) where adviser_id is not null;
reset role;

set local role vn_gate;
-- As before; whoever gets it by hand has not taken it up yet.
create or replace function vn.pass_enquiry(p_id uuid, p_person uuid, p_school uuid, p_reason text, p_version int) returns void language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  update vn.enquiry e set owner_id = p_person, school_id = p_school, because = 'by_hand', by_hand_reason = p_reason, routed_at = ctx.now(), reminded_at = null, accepted_at = null, contacted_at = null, version = e.version + 1
   where e.centre_id = ctx.centre() and e.id = p_id and e.version = p_version and e.answered_at is null
     and (ctx.has('coordinator') or (ctx.has('consultant') and ctx.person() = coalesce(e.owner_id, e.taken_by)));
  if not found then raise exception 'forbidden' using errcode = '42501'; end if;
end $$;
-- Whose page a secret address opens, with the centre set for the rest of the transaction; no row for one that is none, was taken back or is a year old.
create function vn.adviser_of(p_hash bytea) returns setof vn.adviser language plpgsql security definer set search_path = vn, pg_temp as $$
declare c record; a vn.adviser;
begin
  for c in select k.id from vn.centre k loop
    perform set_config('app.centre', c.id::text, true);
    select * into a from vn.adviser x where x.token_hash = p_hash and x.ended_at is null and x.expires_at > ctx.now() for update;
    if found then return next a; return; end if;
  end loop;
  perform set_config('app.centre', '', true);
end $$;
/* What an adviser reads: the own hand-overs as they were written, and how far each is. The consultant's name once it was taken up. Nothing of what the company and the
   centre do otherwise: whether it is known, what was answered, what else it asked. */
create function vn.open_adviser_page(p_hash bytea) returns jsonb language plpgsql security definer set search_path = vn, pg_temp as $$
declare a vn.adviser; answer jsonb;
begin
  select * into a from vn.adviser_of(p_hash);
  if not found then return null; end if;
  select jsonb_build_object('centre', c.name, 'zone', c.tz, 'name', a.name, 'organisation', a.organisation, 'until', a.expires_at,
      'handovers', coalesce((select jsonb_agg(jsonb_build_object('id', e.id, 'at', e.received_at, 'companyName', e.company_name, 'town', e.town, 'joined', e.joined_to is not null,
            'state', case when o.answered_at is not null then 'closed' when o.contacted_at is not null then 'contacted' when o.accepted_at is not null then 'taken' else 'received' end,
            'with', case when o.accepted_at is not null then (select w.name from vn.person w where w.id = o.owner_id) end) order by e.received_at desc, e.id desc)
          from (select * from vn.enquiry x where x.centre_id = a.centre_id and x.adviser_id = a.id order by x.received_at desc, x.id desc limit 100) e
          -- One that was joined to an earlier one of the same adviser goes with it.
          join vn.enquiry o on o.centre_id = e.centre_id and o.id = coalesce(e.joined_to, e.id)), '[]'))
    into answer from vn.centre c where c.id = a.centre_id;
  perform set_config('app.centre', '', true);
  return answer;
end $$;
-- A company is handed over. `result`: taken, gone, too_many (of one adviser within a day; the adviser's row is held, so they are counted one after the other).
create function vn.hand_over(p_hash bytea, p_id uuid, p_company_name text, p_cvr text, p_town text, p_person text, p_phone text, p_email text, p_said text, p_promised text, p_most int) returns text
language plpgsql security definer set search_path = vn, pg_temp as $$
declare a vn.adviser;
begin
  select * into a from vn.adviser_of(p_hash);
  if not found then return 'gone'; end if;
  if (select count(*) from vn.enquiry e where e.centre_id = a.centre_id and e.adviser_id = a.id and e.received_at > ctx.now() - interval '1 day') >= p_most then
    perform set_config('app.centre', '', true);
    return 'too_many';
  end if;
  insert into vn.enquiry (centre_id, id, received_at, channel, company_id, company_name, cvr, town, person_name, phone, email, said, promised, adviser_id)
    values (a.centre_id, p_id, ctx.now(), 'adviser', (select r.company_id from vn.relation r join vn.company k on k.id = r.company_id where r.centre_id = a.centre_id and k.cvr = p_cvr),
      p_company_name, p_cvr, p_town, p_person, p_phone, p_email, p_said, p_promised, a.id);
  perform set_config('app.centre', '', true);
  return 'taken';
end $$;
grant execute on function vn.open_adviser_page(bytea), vn.hand_over(bytea, uuid, text, text, text, text, text, text, text, text, int) to vn_visitor, vn_staff, vn_agent, vn_ministry;
reset role;
