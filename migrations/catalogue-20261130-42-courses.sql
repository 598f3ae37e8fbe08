-- What the schools of a centre offer, course by course, and the classes that run (rows 4.01, 4.11, 4.15, 4.16, 4.24, 4.25). All schools see all of it: it is
-- what they tell companies anyhow.
set local role vn_owner;
-- A course belongs to the centre, however many schools run it: that is what makes them equal in presentation.
create table vn.course (
  centre_id uuid not null references vn.centre,
  id uuid not null,
  kind text not null check (kind in ('amu', 'fvu', 'obu', 'avu', 'own')),
  -- AMU: the five digits of the goal. Others: what the school calls it, if anything.
  code text check (length(code) between 1 and 20),
  title text not null check (length(title) between 1 and 200),
  goal text not null default '' check (length(goal) <= 4000),
  -- The joint competence description (FKB) that an AMU goal stands in.
  framework char(4) check (framework ~ '^\d{4}$'),
  framework_title text not null default '' check (length(framework_title) <= 200),
  field text not null check (field in ('certificates', 'basic_skills', 'training', 'management', 'digital', 'apprentices', 'experience')),
  -- Sections of the industry nomenclature; empty: all of them.
  industries text[] not null,
  -- Whether it ends in a certificate that the law or the trade asks for, or in what somebody can do (row 4.24).
  awards text not null check (awards in ('certificate', 'competence')),
  days numeric(5, 1) check (days > 0 and days <= 400),
  hours numeric(6, 1) check (hours > 0 and hours <= 3000),
  -- What people say who need it, in their own words (row 4.16).
  says text[] not null default '{}',
  -- A file brought it, and nobody has looked at it yet.
  unseen boolean not null default false,
  retired boolean not null default false,
  version int not null default 1,
  primary key (centre_id, id),
  check (kind <> 'amu' or code ~ '^\d{5}$')
);
create unique index course_code on vn.course (centre_id, kind, code) where code is not null;
-- What is searched: the parts of all these words, written with the course. Equality of texts keeps its index under row policies, which an array's operators do not.
create table vn.course_term (
  centre_id uuid not null,
  term text not null,
  course_id uuid not null,
  -- No foreign key: whether a course is in use is asked of those that point to it. The trigger takes the terms away with the course.
  primary key (centre_id, term, course_id)
);
create index course_term_course on vn.course_term (centre_id, course_id);
-- Which schools run it, and whom to call there.
create table vn.course_school (
  centre_id uuid not null,
  course_id uuid not null,
  school_id uuid not null,
  contact_name text not null default '' check (length(contact_name) <= 200),
  contact_phone text not null default '' check (length(contact_phone) <= 40),
  contact_email text not null default '' check (length(contact_email) <= 320),
  primary key (centre_id, course_id, school_id),
  foreign key (centre_id, course_id) references vn.course,
  foreign key (centre_id, school_id) references vn.school
);
-- Forms of delivery beside the usual ones that every centre has (row 4.25). One that is in use is retired, not removed.
create table vn.delivery_form (
  centre_id uuid not null references vn.centre,
  code text not null check (code ~ '^[a-z0-9_]{1,40}$'),
  name_da text not null check (length(name_da) between 1 and 80),
  name_en text not null check (length(name_en) between 1 and 80),
  retired boolean not null default false,
  version int not null default 1,
  primary key (centre_id, code)
);
create table vn.class (
  centre_id uuid not null,
  id uuid not null,
  -- What the national search calls it (kviknummer): free text, one class each.
  no text check (length(no) between 1 and 40),
  course_id uuid not null,
  school_id uuid not null,
  title text not null default '' check (length(title) <= 200),
  place text not null default '' check (length(place) <= 200),
  street text not null default '' check (length(street) <= 200),
  postcode char(4) check (postcode ~ '^\d{4}$'),
  town text not null default '' check (length(town) <= 100),
  -- Of the postcode; null where it is not known. Written with the row.
  latitude real,
  longitude real,
  starts date not null,
  ends date not null check (ends >= starts),
  -- Days of the week that it meets, 1 is Monday; empty where nobody said.
  weekdays smallint[] not null default '{}' check (weekdays <@ '{1,2,3,4,5,6,7}'),
  part text not null check (part in ('day', 'evening', 'weekend', 'shift')),
  delivery text not null,
  deadline date,
  -- When it is said whether it runs.
  decided_by date,
  minimum int not null check (minimum between 0 and 500),
  maximum int not null check (maximum between 1 and 500),
  -- Seats that are taken in another system, as of then.
  taken_elsewhere int not null default 0 check (taken_elsewhere between 0 and 500),
  taken_as_of timestamptz,
  -- Runs even with one.
  guaranteed boolean not null default false,
  state text not null default 'tentative' check (state in ('tentative', 'confirmed', 'cancelled')),
  cancelled_because text check (length(cancelled_because) between 1 and 300),
  -- Others may join.
  open boolean not null default true,
  -- Øre for each participant; null where nobody said. Participants' fees bear no VAT (momsloven § 13).
  price bigint check (price between 0 and 100000000),
  supplement bigint check (supplement between 0 and 100000000),
  supplement_for text not null default '' check (length(supplement_for) <= 300),
  text text not null default '' check (length(text) <= 4000),
  contact_name text not null default '' check (length(contact_name) <= 200),
  contact_phone text not null default '' check (length(contact_phone) <= 40),
  contact_email text not null default '' check (length(contact_email) <= 320),
  version int not null default 1,
  primary key (centre_id, id),
  foreign key (centre_id, course_id) references vn.course,
  foreign key (centre_id, school_id) references vn.school,
  check (minimum <= maximum),
  check ((state = 'cancelled') = (cancelled_because is not null)),
  check ((taken_elsewhere = 0) or (taken_as_of is not null))
);
create unique index class_no on vn.class (centre_id, no) where no is not null;
create index class_starts on vn.class (centre_id, starts, id);
create index class_course on vn.class (centre_id, course_id, starts, id);
create index class_school on vn.class (centre_id, school_id, starts, id);
-- When a class meets, where it is cut into pieces (row 4.15).
create table vn.class_session (
  centre_id uuid not null,
  class_id uuid not null,
  no smallint not null check (no between 1 and 200),
  during tstzrange not null check (not isempty(during) and not lower_inf(during) and not upper_inf(during)),
  primary key (centre_id, class_id, no),
  foreign key (centre_id, class_id) references vn.class,
  exclude using gist (centre_id with =, class_id with =, during with &&)
);
call vn.tenant('vn.course', 'true', '(select ctx.has(''coordinator'')) or (select ctx.has(''manager''))');
call vn.tenant('vn.course_term', 'false', 'false');
call vn.tenant('vn.course_school', 'true', '(select ctx.has(''coordinator'')) or ((select ctx.has(''manager'')) and school_id = (select ctx.school()))');
call vn.tenant('vn.delivery_form', 'true', '(select ctx.has(''coordinator''))');
call vn.tenant('vn.class', 'true', '(select ctx.has(''coordinator'')) or ((select ctx.has(''manager'')) and school_id = (select ctx.school()))');
call vn.tenant('vn.class_session', 'true', '(select ctx.has(''coordinator'')) or exists (select from vn.class c where c.centre_id = class_session.centre_id and c.id = class_id and (select ctx.has(''manager'')) and c.school_id = (select ctx.school()))');
grant select (centre_id) on vn.course_term to vn_staff;
grant select, insert, update on vn.course, vn.class, vn.delivery_form to vn_staff;
grant select, insert, update, delete on vn.course_school, vn.class_session to vn_staff;
reset role;

set local role vn_gate;
/* The parts of a text that a search can meet, each marked with where it stands: `f:stem`, and of a long word also how it begins (`f:begin-`) and ends (`f:-end`),
   because Danish writes words together: "gaffeltruck" is found as "truck", "certifikatkursus" as "certifikat". */
create function vn.search_terms(p_field text, p_text text) returns text[] language sql stable security definer set search_path = vn, pg_temp as $$
  with word as (select distinct m[1] w from regexp_matches(replace(lower(p_text), 'aa', 'å'), '[[:alnum:]]+', 'g') m),
       stem as (select w, coalesce((ts_lexize('pg_catalog.danish_stem', w))[1], w) s from word)
  select coalesce(array_agg(distinct p_field || ':' || t.term), '{}') from stem cross join lateral (
      select s term where s <> ''
      union all select left(w, n) || '-' from generate_series(4, length(w) - 3) n where length(w) >= 8
      union all select '-' || right(s, n) from generate_series(4, length(s) - 3) n where length(w) >= 8) t;
$$;
create function vn.write_course_terms() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
declare before text := current_setting('app.centre', true);
begin
  -- In the centre of the course, whoever writes it: a demonstration and a repair come without one.
  perform set_config('app.centre', coalesce(new.centre_id, old.centre_id)::text, true);
  if tg_op <> 'INSERT' then delete from vn.course_term t where t.centre_id = old.centre_id and t.course_id = old.id; end if;
  if tg_op <> 'DELETE' then
    insert into vn.course_term (centre_id, term, course_id)
      select distinct new.centre_id, t, new.id from unnest(vn.search_terms('c', coalesce(new.code, '')) || vn.search_terms('t', new.title) || vn.search_terms('s', array_to_string(new.says, ' '))
        || vn.search_terms('g', new.goal || ' ' || new.framework_title)) t;
  end if;
  perform set_config('app.centre', coalesce(before, ''), true);
  return null;
end $$;
/* The courses that a search may mean, the likeliest first (row 4.16). `p_words`: [{word, weight, no}]: words with the same number say the same thing, and the best of them counts.
   A word stands for itself, for what begins or ends with it, and, where it is long, for the words that it is put together of. */
create function vn.find_courses(p_words jsonb, p_most int) returns table (course uuid, score real, met int[]) language sql stable security definer set search_path = vn, pg_temp as $$
  with word as (select replace(lower(x.word), 'aa', 'å') w, x.weight, x.no from jsonb_to_recordset(p_words) x (word text, weight real, no int)),
       stem as (select w, weight, no, coalesce((ts_lexize('pg_catalog.danish_stem', w))[1], w) s from word),
       -- piece 0: the whole word; 1 and 2: what it begins and ends with, which count together.
       part as (
         select no, 0 piece, s term, weight * 1.0 worth from stem where s <> ''
         union all select no, 0, w || '-', weight * 0.7 from stem where length(w) >= 4
         union all select no, 0, '-' || s, weight * 0.8 from stem where length(s) >= 4
         union all
         select x.no, x.piece, p.term, x.weight * x.share * p.times from (
             select no, 1 piece, weight, coalesce((ts_lexize('pg_catalog.danish_stem', left(w, n)))[1], left(w, n)) text, 0.6 * n / length(w) share from stem, generate_series(4, length(w) - 3) n where length(w) >= 8
             union all select no, 2, weight, right(s, n), 0.6 * n / length(s) from stem, generate_series(4, length(s) - 3) n where length(w) >= 8) x
           cross join lateral (values (x.text, 1.0), (x.text || '-', 0.5), ('-' || x.text, 0.8)) p (term, times)
          where length(x.text) >= 4),
       field (f, times) as (values ('c', 4.0), ('t', 3.0), ('s', 2.0), ('g', 1.0)),
       sought as (select f || ':' || term term, no, piece, max(worth * times) worth from part, field group by 1, 2, 3),
       each_piece as (select t.course_id id, s.no, s.piece, max(s.worth) worth from sought s join vn.course_term t on t.centre_id = ctx.centre() and t.term = s.term group by t.course_id, s.no, s.piece),
       each_word as (select id, no, greatest(max(worth) filter (where piece = 0), sum(worth) filter (where piece > 0)) worth from each_piece group by id, no)
  select w.id, sum(w.worth)::real, array_agg(w.no order by w.no) from each_word w join vn.course c on c.centre_id = ctx.centre() and c.id = w.id and not c.retired group by w.id order by 2 desc, w.id limit p_most;
$$;
/* The place of a postcode. One that is not in the list – a firm's own number, a post box – lies about where the one before it does: the numbers run through the country. */
create function vn.place_by_postcode(p_postcode text, out latitude float, out longitude float) language sql stable security definer set search_path = vn, pg_temp as $$
  select o.latitude, o.longitude from (select p.code from vn.postcode p where left(p.code, 2) = left(p_postcode, 2) order by p.code > p_postcode, abs(p.code::int - p_postcode::int) limit 1) n, vn.place_of(n.code, null) o;
$$;
create function vn.write_class_place() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  select o.latitude, o.longitude into new.latitude, new.longitude from vn.place_by_postcode(new.postcode) o;
  return new;
end $$;
-- Kilometres by road as the centre counts them (kit/distance.ts).
create function vn.road_km(p_latitude float, p_longitude float, q_latitude float, q_longitude float) returns float language sql immutable parallel safe as $$
  select 6371 * 1.3 * 2 * asin(least(1, sqrt(sin(radians(q_latitude - p_latitude) / 2) ^ 2 + cos(radians(p_latitude)) * cos(radians(q_latitude)) * sin(radians(q_longitude - p_longitude) / 2) ^ 2)));
$$;
revoke execute on function vn.place_by_postcode(text), vn.write_class_place(), vn.road_km(float, float, float, float) from public;
grant execute on function vn.place_by_postcode(text), vn.road_km(float, float, float, float) to vn_staff;
grant execute on function vn.write_class_place() to vn_owner;
-- The same for whoever has not signed in: what stands on a card and no more, with up to three classes that have not begun. Null: no such centre.
create function vn.search_open_courses(p_centre text, p_words jsonb, p_most int) returns jsonb language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare k vn.centre; today date; before text := current_setting('app.centre', true); answer jsonb;
begin
  select * into k from vn.centre c where c.key = p_centre;
  if not found then return null; end if;
  perform set_config('app.centre', k.id::text, true);
  today := (ctx.now() at time zone k.tz)::date;
  answer := (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'score', f.score, 'met', f.met, 'title', c.title, 'kind', c.kind, 'code', c.code, 'goal', c.goal, 'awards', c.awards, 'days', c.days, 'hours', c.hours,
      'schools', (select coalesce(jsonb_agg(jsonb_build_object('name', s.name, 'contact', jsonb_build_object('name', r.contact_name, 'phone', r.contact_phone, 'email', r.contact_email)) order by s.name collate "da-x-icu"), '[]')
          from vn.course_school r join vn.school s on s.centre_id = r.centre_id and s.id = r.school_id where r.centre_id = k.id and r.course_id = c.id and vn.school_here(s.id, today)),
      'classes', (select coalesce(jsonb_agg(jsonb_build_object('starts', x.starts, 'town', x.town, 'school', x.school) order by x.starts, x.id), '[]')
          from (select l.starts, l.town, l.id, s.name school from vn.class l join vn.school s on s.centre_id = l.centre_id and s.id = l.school_id
                 where l.centre_id = k.id and l.course_id = c.id and l.starts > today and l.state <> 'cancelled' and l.open order by l.starts, l.id limit 3) x)) order by f.score desc, c.id), '[]')
    from vn.find_courses(p_words, p_most) f join vn.course c on c.centre_id = k.id and c.id = f.course);
  -- Whoever is signed in elsewhere stays there.
  perform set_config('app.centre', coalesce(before, ''), true);
  return answer;
end $$;
revoke execute on function vn.search_open_courses(text, jsonb, int) from public;
grant execute on function vn.search_open_courses(text, jsonb, int) to vn_visitor, vn_staff, vn_agent, vn_ministry;
revoke execute on function vn.search_terms(text, text), vn.write_course_terms(), vn.find_courses(jsonb, int) from public;
grant execute on function vn.find_courses(jsonb, int) to vn_staff;
grant execute on function vn.write_course_terms() to vn_owner;
reset role;
set local role vn_owner;
create trigger class_place before insert or update of postcode on vn.class for each row execute function vn.write_class_place();
create trigger course_terms after insert or delete or update of code, title, goal, framework_title, says on vn.course for each row execute function vn.write_course_terms();
reset role;
