/* Partnership agreements between a company and the centre (row 4.09), and how each side sees the relation (row 4.10). An agreement has texts, one after the other: a text
   that both have signed stands as it is, and a change is a new text that both sign again. */
set local role vn_owner;
create table vn.partnership (
  centre_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  -- Who answers for it at the centre, signs for it and is reminded.
  owner_id uuid not null references vn.person,
  -- Whose people see it beside the owner and the coordinator: the schools that take part.
  schools uuid[] not null check (cardinality(schools) <= 50 and array_position(schools, null) is null),
  made_by uuid not null references vn.person,
  made_at timestamptz not null,
  primary key (centre_id, id),
  foreign key (centre_id, company_id) references vn.relation
);
create index partnership_company on vn.partnership (centre_id, company_id);
create table vn.partnership_text (
  centre_id uuid not null,
  partnership_id uuid not null,
  no int not null check (no > 0),
  state text not null default 'draft' check (state in ('draft', 'awaiting', 'signed', 'ended', 'renewed')),
  -- In the order of the contract's prompts; '' is not written yet.
  company_expects text[] not null check (cardinality(company_expects) = 4 and array_position(company_expects, null) is null),
  centre_expects text[] not null check (cardinality(centre_expects) = 5 and array_position(centre_expects, null) is null),
  company_role text not null check (length(company_role) <= 1000),
  centre_role text not null check (length(centre_role) <= 1000),
  company_duties text not null check (length(company_duties) <= 1000),
  centre_duties text not null check (length(centre_duties) <= 1000),
  valid_from date not null,
  valid_to date not null,
  review_on date not null,
  -- The review that comes next once it is signed; null: none before the end.
  next_review date,
  written_by uuid not null references vn.person,
  written_at timestamptz not null,
  centre_signer uuid references vn.person,
  centre_signed_at timestamptz,
  -- As typed; and whose page it was: a mark without a key, because contacts may be forgotten and signatures stand.
  company_signer text check (length(company_signer) between 2 and 200),
  company_contact uuid,
  company_signed_at timestamptz,
  ended_on date,
  ended_because text check (length(ended_because) between 1 and 500),
  -- When the owner was told of the company's signature, and of which review day.
  told_at timestamptz,
  reminded_of date,
  version int not null default 1,
  primary key (centre_id, partnership_id, no),
  foreign key (centre_id, partnership_id) references vn.partnership,
  constraint partnership_days check (valid_from <= valid_to and review_on between valid_from and valid_to and (next_review is null or next_review between valid_from and valid_to)),
  -- Nobody signs before both sides have said what they expect.
  constraint partnership_filled check ((state in ('draft', 'ended') and centre_signed_at is null and company_signed_at is null)
    or ('' <> all (company_expects) and '' <> all (centre_expects) and '' not in (company_role, centre_role, company_duties, centre_duties))),
  constraint partnership_signed check (state not in ('signed', 'renewed') or (centre_signed_at is not null and company_signed_at is not null)),
  check (state <> 'draft' or (centre_signed_at is null and company_signed_at is null)),
  check ((centre_signer is null) = (centre_signed_at is null)),
  check ((company_signer is null) = (company_signed_at is null)),
  check ((state = 'ended') = (ended_on is not null) and (state = 'ended') = (ended_because is not null))
);
create unique index partnership_text_open on vn.partnership_text (centre_id, partnership_id) where state in ('draft', 'awaiting');
create unique index partnership_text_signed on vn.partnership_text (centre_id, partnership_id) where state = 'signed';
-- How one side sees the relation on a day: 1 is buyer and seller, 5 is partners, null is not placed; in the order of the contract's rows.
create table vn.relation_view (
  centre_id uuid not null,
  id uuid not null,
  partnership_id uuid not null,
  side text not null check (side in ('centre', 'company')),
  -- Of the company nobody is kept.
  person_id uuid references vn.person,
  at timestamptz not null,
  scores smallint[] not null check (cardinality(scores) = 17 and array_remove(scores, null) <@ '{1,2,3,4,5}' and cardinality(array_remove(scores, null)) > 0),
  primary key (centre_id, id),
  foreign key (centre_id, partnership_id) references vn.partnership,
  check ((side = 'company') = (person_id is null))
);
create index relation_view_of on vn.relation_view (centre_id, partnership_id, at desc);
create trigger t9_append_only before update or delete on vn.relation_view for each statement execute function vn.no_change();

call vn.tenant('vn.partnership',
  '(select ctx.has(''coordinator'')) or (((select ctx.has(''consultant'')) or (select ctx.has(''manager''))) and ((select ctx.school()) = any (schools) or owner_id = (select ctx.person())))',
  '(select ctx.has(''coordinator'')) or ((select ctx.has(''consultant'')) and owner_id = (select ctx.person()))');
-- What one sees of an agreement is seen of its texts; the owner and the coordinator write.
call vn.tenant('vn.partnership_text', 'exists (select from vn.partnership p where p.centre_id = partnership_text.centre_id and p.id = partnership_id)',
  'exists (select from vn.partnership p where p.centre_id = partnership_text.centre_id and p.id = partnership_id and ((select ctx.has(''coordinator'')) or ((select ctx.has(''consultant'')) and p.owner_id = (select ctx.person()))))');
create policy seen_partnership on vn.partnership_text as restrictive for insert to vn_staff with check (state = 'draft' and exists (select from vn.partnership p where p.centre_id = partnership_text.centre_id and p.id = partnership_id));
create policy only_drafts on vn.partnership_text as restrictive for delete to vn_staff using (state in ('draft', 'awaiting') and no > 1);
call vn.tenant('vn.relation_view', 'exists (select from vn.partnership p where p.centre_id = relation_view.centre_id and p.id = partnership_id)',
  'side = ''centre'' and person_id = (select ctx.person()) and ((select ctx.has(''consultant'')) or (select ctx.has(''coordinator'')))');
create policy seen_partnership on vn.relation_view as restrictive for insert to vn_staff with check (exists (select from vn.partnership p where p.centre_id = relation_view.centre_id and p.id = partnership_id));
grant select, insert, update (owner_id, schools) on vn.partnership to vn_staff;
-- The company's signature is the company's alone.
grant select, delete, insert (centre_id, partnership_id, no, company_expects, centre_expects, company_role, centre_role, company_duties, centre_duties, valid_from, valid_to, review_on, written_by, written_at),
  update (state, company_expects, centre_expects, company_role, centre_role, company_duties, centre_duties, valid_from, valid_to, review_on, next_review, written_by, written_at, centre_signer, centre_signed_at,
    ended_on, ended_because, told_at, reminded_of, version) on vn.partnership_text to vn_staff;
grant select, insert on vn.relation_view to vn_staff;
reset role;

set local role vn_gate;
/* A text is written while it is a draft and frozen from then on; whoever goes back to the draft takes both signatures off. The second signature makes it hold, and the text
   that held before is renewed by it. */
create function vn.partnership_text_moves() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if (old.state, new.state) not in (values ('draft', 'draft'), ('draft', 'awaiting'), ('draft', 'ended'), ('awaiting', 'draft'), ('awaiting', 'awaiting'), ('awaiting', 'ended'),
      ('signed', 'signed'), ('signed', 'ended'), ('signed', 'renewed')) then
    raise exception 'no such step' using errcode = '23514', constraint = 'partnership_step'; end if;
  if old.state <> 'draft' and (new.company_expects, new.centre_expects, new.company_role, new.centre_role, new.company_duties, new.centre_duties, new.valid_from, new.valid_to, new.review_on)
      is distinct from (old.company_expects, old.centre_expects, old.company_role, old.centre_role, old.company_duties, old.centre_duties, old.valid_from, old.valid_to, old.review_on) then
    raise exception 'frozen' using errcode = '23514', constraint = 'partnership_frozen'; end if;
  if new.state = 'draft' then
    new.centre_signer := null; new.centre_signed_at := null; new.company_signer := null; new.company_contact := null; new.company_signed_at := null; new.told_at := null;
    return new;
  end if;
  if (old.centre_signed_at is not null and (new.centre_signer, new.centre_signed_at) is distinct from (old.centre_signer, old.centre_signed_at))
      or (old.company_signed_at is not null and (new.company_signer, new.company_contact, new.company_signed_at) is distinct from (old.company_signer, old.company_contact, old.company_signed_at)) then
    raise exception 'signatures stand' using errcode = '23514', constraint = 'partnership_frozen'; end if;
  if old.centre_signed_at is null and new.centre_signed_at is not null and new.centre_signer is distinct from ctx.person() then
    raise exception 'nobody signs for another' using errcode = '23514', constraint = 'partnership_step'; end if;
  if new.state = 'awaiting' and new.centre_signed_at is not null and new.company_signed_at is not null then
    update vn.partnership_text t set state = 'renewed', version = t.version + 1 where t.centre_id = new.centre_id and t.partnership_id = new.partnership_id and t.state = 'signed';
    new.state := 'signed';
    new.next_review := new.review_on;
  end if;
  return new;
end $$;
grant execute on function vn.partnership_text_moves() to vn_owner;
-- What the company reads of its agreements on its own page: texts, signatures, days. No school, no note. Null: no such page.
create function vn.partnerships_on_page(p_hash bytea) returns jsonb language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare p vn.company_page; answer jsonb;
begin
  select * into p from vn.company_page_of(p_hash);
  if not found then return null; end if;
  select jsonb_build_object('company', k.name, 'centre', c.name, 'zone', c.tz, 'agreements', coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'no', t.no, 'state', t.state, 'owner', w.name,
        'companyExpects', t.company_expects, 'centreExpects', t.centre_expects, 'companyRole', t.company_role, 'centreRole', t.centre_role, 'companyDuties', t.company_duties, 'centreDuties', t.centre_duties,
        'validFrom', t.valid_from, 'validTo', t.valid_to, 'reviewOn', t.review_on, 'nextReview', t.next_review, 'version', t.version,
        'centreSigned', case when t.centre_signed_at is not null then jsonb_build_object('name', g.name, 'at', t.centre_signed_at) end,
        'companySigned', case when t.company_signed_at is not null then jsonb_build_object('name', t.company_signer, 'at', t.company_signed_at) end) order by s.made_at desc, s.id, t.no desc)
      from vn.partnership s join vn.partnership_text t on t.centre_id = s.centre_id and t.partnership_id = s.id join vn.person w on w.id = s.owner_id left join vn.person g on g.id = t.centre_signer
     where s.centre_id = p.centre_id and s.company_id = p.company_id and t.state in ('draft', 'awaiting', 'signed')), '[]'))
    into answer from vn.centre c, vn.company k where c.id = p.centre_id and k.id = p.company_id;
  perform set_config('app.centre', '', true);
  return answer;
end $$;
-- The company's own part of a draft. done, gone (no such page), unknown (no such agreement), changed (written since), step (no draft any more).
create function vn.write_expectations_on_page(p_hash bytea, p_id uuid, p_no int, p_version int, p_expects text[]) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare p vn.company_page; t vn.partnership_text; answer text := 'done';
begin
  select * into p from vn.company_page_of(p_hash);
  if not found then return 'gone'; end if;
  select x.* into t from vn.partnership_text x join vn.partnership s on s.centre_id = x.centre_id and s.id = x.partnership_id
   where x.centre_id = p.centre_id and s.company_id = p.company_id and s.id = p_id and x.no = p_no for update of x;
  if not found then answer := 'unknown';
  elsif t.version <> p_version then answer := 'changed';
  elsif t.state <> 'draft' then answer := 'step';
  else update vn.partnership_text x set company_expects = p_expects, version = x.version + 1 where x.centre_id = t.centre_id and x.partnership_id = t.partnership_id and x.no = t.no; end if;
  perform set_config('app.centre', '', true);
  return answer;
end $$;
-- The company signs what it has read. `signed`: it has done so before.
create function vn.sign_partnership_on_page(p_hash bytea, p_id uuid, p_no int, p_version int, p_name text) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare p vn.company_page; t vn.partnership_text; answer text := 'done';
begin
  select * into p from vn.company_page_of(p_hash);
  if not found then return 'gone'; end if;
  select x.* into t from vn.partnership_text x join vn.partnership s on s.centre_id = x.centre_id and s.id = x.partnership_id
   where x.centre_id = p.centre_id and s.company_id = p.company_id and s.id = p_id and x.no = p_no for update of x;
  if not found then answer := 'unknown';
  elsif t.company_signed_at is not null then answer := 'signed';
  elsif t.version <> p_version then answer := 'changed';
  elsif t.state <> 'awaiting' then answer := 'step';
  else
    update vn.partnership_text x set company_signer = p_name, company_contact = p.contact_id, company_signed_at = ctx.now(), version = x.version + 1
     where x.centre_id = t.centre_id and x.partnership_id = t.partnership_id and x.no = t.no;
  end if;
  perform set_config('app.centre', '', true);
  return answer;
end $$;
-- How both sides see the relation, newest first, by day. Null: no such page.
create function vn.relation_views_on_page(p_hash bytea) returns jsonb language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare p vn.company_page; answer jsonb;
begin
  select * into p from vn.company_page_of(p_hash);
  if not found then return null; end if;
  select coalesce(jsonb_agg(jsonb_build_object('partnership', s.id, 'zone', c.tz, 'views', coalesce((select jsonb_agg(jsonb_build_object('side', v.side, 'at', v.at, 'scores', v.scores) order by v.at desc, v.id desc)
      from (select * from vn.relation_view x where x.centre_id = s.centre_id and x.partnership_id = s.id order by x.at desc, x.id desc limit 100) v), '[]')) order by s.made_at desc, s.id), '[]')
    into answer from vn.partnership s join vn.centre c on c.id = s.centre_id where s.centre_id = p.centre_id and s.company_id = p.company_id
     and exists (select from vn.partnership_text t where t.centre_id = s.centre_id and t.partnership_id = s.id and t.state in ('draft', 'awaiting', 'signed'));
  perform set_config('app.centre', '', true);
  return answer;
end $$;
create function vn.view_relation_on_page(p_hash bytea, p_id uuid, p_partnership uuid, p_scores smallint[]) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare p vn.company_page; answer text := 'done';
begin
  select * into p from vn.company_page_of(p_hash);
  if not found then return 'gone'; end if;
  insert into vn.relation_view (centre_id, id, partnership_id, side, at, scores)
    select s.centre_id, p_id, s.id, 'company', ctx.now(), p_scores from vn.partnership s where s.centre_id = p.centre_id and s.company_id = p.company_id and s.id = p_partnership;
  if not found then answer := 'unknown'; end if;
  perform set_config('app.centre', '', true);
  return answer;
end $$;
revoke execute on function vn.partnership_text_moves(), vn.partnerships_on_page(bytea), vn.write_expectations_on_page(bytea, uuid, int, int, text[]), vn.sign_partnership_on_page(bytea, uuid, int, int, text),
  vn.relation_views_on_page(bytea), vn.view_relation_on_page(bytea, uuid, uuid, smallint[]) from public;
grant execute on function vn.partnerships_on_page(bytea), vn.write_expectations_on_page(bytea, uuid, int, int, text[]), vn.sign_partnership_on_page(bytea, uuid, int, int, text),
  vn.relation_views_on_page(bytea), vn.view_relation_on_page(bytea, uuid, uuid, smallint[]) to vn_visitor, vn_staff, vn_agent, vn_ministry;
reset role;
set local role vn_owner;
create trigger t5_moves before update on vn.partnership_text for each row execute function vn.partnership_text_moves();
reset role;
