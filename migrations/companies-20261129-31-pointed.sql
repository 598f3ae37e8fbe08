-- What a need is about in one word, and which school somebody pointed the company to for it (rows 3.01, 3.02): counted, never read row by row.
set local role vn_owner;
-- Null where nobody said.
alter table vn.need add field text check (field in ('certificates', 'basic_skills', 'training', 'management', 'digital', 'apprentices', 'experience', 'other'));
-- Whether it stands in a visit report; otherwise it was noted on another way, such as a referral.
alter table vn.need add reported boolean not null default true;
create table vn.pointed (
  centre_id uuid not null,
  -- The report or the referral that says it.
  source_id uuid not null,
  need_id uuid not null,
  to_school uuid not null,
  company_id uuid not null,
  on_day date not null,
  -- Whose consultant pointed; null: one whom the centre employs, or the centre itself (row 3.10). Kept as it was that day.
  from_school uuid,
  primary key (centre_id, source_id, need_id, to_school),
  foreign key (centre_id, need_id) references vn.need on delete cascade,
  foreign key (centre_id, company_id) references vn.relation,
  foreign key (centre_id, from_school) references vn.school,
  foreign key (centre_id, to_school) references vn.school
);
create index pointed_day on vn.pointed (centre_id, on_day);
call vn.tenant('vn.pointed', 'false');
grant select on vn.pointed to vn_staff;
reset role;

set local role vn_gate;
/* Says anew where a report or a referral points. Who the pointing school is follows from whoever acts: their own, and none where the centre employs them. Only for
   needs that stand under this source or were noted for this company, so nobody writes about another's. */
create function vn.point(p_source uuid, p_day date, p_company uuid, p_needs uuid[], p_schools uuid[]) returns void language plpgsql security definer set search_path = vn, pg_temp as $$
declare own uuid;
begin
  if not (ctx.has('consultant') or ctx.has('manager') or ctx.has('coordinator')) then raise exception 'forbidden' using errcode = '42501'; end if;
  if not ctx.has('coordinator') and not exists (select from vn.consultant_profile f where f.centre_id = ctx.centre() and f.person_id = ctx.person() and f.employer = 'centre') then own := ctx.school(); end if;
  delete from vn.pointed p where p.centre_id = ctx.centre() and p.source_id = p_source;
  insert into vn.pointed (centre_id, source_id, need_id, to_school, company_id, on_day, from_school)
    select distinct ctx.centre(), p_source, u.need, u.school, p_company, p_day, own from unnest(p_needs, p_schools) u (need, school)
      join vn.need n on n.centre_id = ctx.centre() and n.id = u.need and n.company_id = p_company;
end $$;
grant execute on function vn.point(uuid, date, uuid, uuid[], uuid[]) to vn_staff;
reset role;
