-- Punch cards (row 4.06): assistance that a company has paid for in advance, drawn at the school that sold it or at others that agreed to honour it.
set local role vn_owner;
create table vn.punch_card (
  centre_id uuid not null,
  id uuid not null,
  school_id uuid not null,
  company_id uuid not null,
  name text not null check (length(name) between 1 and 150),
  units int not null check (units between 1 and 1000),
  -- Øre without VAT, for the whole card.
  price bigint not null check (price between 0 and 100000000),
  vat smallint not null check (vat in (0, 25)),
  -- Why it costs nothing.
  free_because text check (length(free_because) between 1 and 300),
  valid_from date not null,
  valid_to date not null,
  -- Whose people know of it: the seller and all that were asked to honour it.
  schools uuid[] not null check (cardinality(schools) between 1 and 50 and array_position(schools, null) is null),
  sold_by uuid not null references vn.person,
  sold_at timestamptz not null,
  -- Kept by the ledger alone.
  balance int not null default 0,
  -- What the uses cost together, in øre.
  drawn bigint not null default 0,
  primary key (centre_id, id),
  foreign key (centre_id, school_id) references vn.school,
  foreign key (centre_id, company_id) references vn.relation,
  constraint punch_card_balance check (balance >= 0),
  check (balance <= units),
  check (drawn between 0 and price),
  check ((price = 0) = (free_because is not null)),
  check (valid_to >= valid_from),
  check (school_id = any (schools))
);
create index punch_card_company on vn.punch_card (centre_id, company_id);
-- A school that was asked to honour a card, and what its own manager answered.
create table vn.punch_card_school (
  centre_id uuid not null,
  card_id uuid not null,
  school_id uuid not null,
  state text not null default 'asked' check (state in ('asked', 'agreed', 'declined')),
  answered_by uuid references vn.person,
  answered_at timestamptz,
  primary key (centre_id, card_id, school_id),
  foreign key (centre_id, card_id) references vn.punch_card,
  foreign key (centre_id, school_id) references vn.school,
  check ((state = 'asked') = (answered_by is null) and (state = 'asked') = (answered_at is null))
);
/* The ledger. Its id is the key that the sender gave: the same one again is the same entry. `about` says what for, never who: the card is the company's. */
create table vn.punch_card_entry (
  centre_id uuid not null,
  id uuid not null,
  card_id uuid not null,
  -- Its place in the card's ledger, and the balance and the øre that followed from it; the ledger writes them itself.
  no int not null default 0,
  balance int not null default 0,
  amount bigint not null default 0,
  kind text not null check (kind in ('bought', 'used', 'given_back', 'moved')),
  units int not null,
  about text not null check (length(about) between 1 and 300),
  -- Where it was used or given back; of a purchase the seller.
  school_id uuid not null,
  -- The use that is given back, or moved to another purpose.
  of_id uuid,
  day date not null,
  by_id uuid not null references vn.person,
  at timestamptz not null,
  primary key (centre_id, id),
  unique (centre_id, card_id, no),
  unique (centre_id, card_id, id, school_id),
  foreign key (centre_id, card_id) references vn.punch_card,
  foreign key (centre_id, school_id) references vn.school,
  foreign key (centre_id, card_id, of_id, school_id) references vn.punch_card_entry (centre_id, card_id, id, school_id),
  check (case kind when 'bought' then units > 0 when 'used' then units < 0 when 'given_back' then units > 0 else units = 0 end),
  check ((kind in ('given_back', 'moved')) = (of_id is not null))
);
create unique index punch_card_bought on vn.punch_card_entry (centre_id, card_id) where kind = 'bought';
create unique index punch_card_given_back on vn.punch_card_entry (centre_id, of_id) where kind = 'given_back';
create index punch_card_entry_day on vn.punch_card_entry (centre_id, day);
create trigger t9_append_only before update or delete on vn.punch_card_entry for each statement execute function vn.no_change();

call vn.tenant('vn.punch_card', '(select ctx.has(''coordinator'')) or (((select ctx.has(''consultant'')) or (select ctx.has(''manager''))) and (select ctx.school()) = any (schools))',
  '(select ctx.has(''coordinator'')) or ((select ctx.has(''manager'')) and school_id = (select ctx.school()))');
-- What one sees of a card is seen of its schools and its ledger.
call vn.tenant('vn.punch_card_school', 'exists (select from vn.punch_card c where c.centre_id = punch_card_school.centre_id and c.id = card_id)', 'exists (select from vn.punch_card c where c.centre_id = punch_card_school.centre_id and c.id = card_id and punch_card_school.school_id = any (c.schools) and punch_card_school.school_id <> c.school_id)');
create policy seen_card on vn.punch_card_school as restrictive for insert to vn_staff with check (state = 'asked'
  and exists (select from vn.punch_card c where c.centre_id = punch_card_school.centre_id and c.id = card_id and ((select ctx.has('coordinator')) or ((select ctx.has('manager')) and c.school_id = (select ctx.school())))));
create policy answered_by_itself on vn.punch_card_school as restrictive for update to vn_staff using ((select ctx.has('manager')) and school_id = (select ctx.school())) with check (answered_by = (select ctx.person()));
call vn.tenant('vn.punch_card_entry', 'exists (select from vn.punch_card c where c.centre_id = punch_card_entry.centre_id and c.id = card_id)',
  'by_id = (select ctx.person()) and ((select ctx.has(''coordinator'')) or school_id = (select ctx.school()))');
create policy seen_card on vn.punch_card_entry as restrictive for insert to vn_staff with check (exists (select from vn.punch_card c where c.centre_id = punch_card_entry.centre_id and c.id = card_id));
-- The balance is nobody's to write.
grant select, insert (centre_id, id, school_id, company_id, name, units, price, vat, free_because, valid_from, valid_to, schools, sold_by, sold_at) on vn.punch_card to vn_staff;
grant select, insert (centre_id, card_id, school_id), update (state, answered_by, answered_at) on vn.punch_card_school to vn_staff;
grant select, insert (centre_id, id, card_id, kind, units, about, school_id, of_id, day, by_id, at) on vn.punch_card_entry to vn_staff;
reset role;

set local role vn_gate;
-- Whoever writes into a ledger waits for whoever is writing in it.
create function vn.lock_punch_card(p_card uuid) returns void language sql security definer set search_path = vn, pg_temp as $$
  select from vn.punch_card c where c.centre_id = ctx.centre() and c.id = p_card for update;
$$;
grant execute on function vn.lock_punch_card(uuid) to vn_staff;
/* Every entry moves the balance with it; the CHECK on the card says when there is nothing left. A unit costs the price divided by the units, whole øre; whatever empties
   the card takes what then remains, so that all of it together is exactly the price – also when something was given back in between. */
create function vn.punch_card_moves() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
declare c vn.punch_card; u vn.punch_card_entry; today date;
begin
  select k.* into strict c from vn.punch_card k where k.centre_id = new.centre_id and k.id = new.card_id for update;
  select (ctx.now() at time zone z.tz)::date into strict today from vn.centre z where z.id = new.centre_id;
  if new.kind = 'bought' and (new.units <> c.units or new.school_id <> c.school_id) then raise exception 'bought as sold' using errcode = '23514', constraint = 'punch_card_as_sold'; end if;
  if new.kind = 'used' then
    if new.day < c.valid_from or new.day > c.valid_to or today > c.valid_to or new.day > today then raise exception 'not valid that day' using errcode = '23514', constraint = 'punch_card_valid'; end if;
    if new.school_id <> c.school_id and not exists (select from vn.punch_card_school s where s.centre_id = c.centre_id and s.card_id = c.id and s.school_id = new.school_id and s.state = 'agreed') then
      raise exception 'not honoured there' using errcode = '23514', constraint = 'punch_card_honoured'; end if;
    new.amount := case when c.balance + new.units <= 0 then c.price - c.drawn else -new.units * (c.price / c.units) end;
  elsif new.of_id is not null then
    select e.* into u from vn.punch_card_entry e where e.centre_id = new.centre_id and e.card_id = new.card_id and e.id = new.of_id and e.kind = 'used';
    if not found or exists (select from vn.punch_card_entry e where e.centre_id = new.centre_id and e.of_id = new.of_id and e.kind = 'given_back') or (new.kind = 'given_back' and new.units <> -u.units) then
      raise exception 'no such use' using errcode = '23514', constraint = 'punch_card_use'; end if;
    new.amount := case new.kind when 'given_back' then -u.amount else 0 end;
  end if;
  update vn.punch_card k set balance = k.balance + new.units, drawn = k.drawn + new.amount where k.centre_id = c.centre_id and k.id = c.id;
  new.balance := c.balance + new.units;
  new.no := (select count(*) + 1 from vn.punch_card_entry e where e.centre_id = c.centre_id and e.card_id = c.id);
  return new;
end $$;
grant execute on function vn.punch_card_moves() to vn_owner;
reset role;
set local role vn_owner;
create trigger t5_moves before insert on vn.punch_card_entry for each row execute function vn.punch_card_moves();
reset role;
