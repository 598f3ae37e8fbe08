-- "Never call us" can be lifted by the coordinator of the centre that was told it: it was a slip, or the company has changed its mind.
set local role vn_owner;
alter table vn.call
  add lifted_at timestamptz,
  add lifted_by uuid references vn.person,
  add lifted_because text check (length(lifted_because) between 1 and 500),
  add check ((lifted_at is null) = (lifted_because is null)),
  add check (lifted_at is null or objection);
-- Carried to the other centres, and by now to be carried back.
create index call_uncarried on vn.call (centre_id, at) where lifted_at is not null and spread_at is not null;
create index call_objection on vn.call (centre_id, company_id) where objection;
reset role;

set local role vn_gate;
-- Whether the company has told this centre, and nobody took it back.
create function vn.objects_here(p_company uuid) returns boolean language sql stable security definer set search_path = vn, pg_temp as $$
  select exists (select from vn.call c where c.centre_id = ctx.centre() and c.company_id = p_company and c.objection and c.undone_at is null and c.lifted_at is null);
$$;
/* Lifts what one call wrote down, with the reason. `result`: lifted, none (undone, lifted before, or there was no objection), not_found.
   What another centre was told holds on: the house asks for it. Nothing comes into the company's story: other schools read that, and would learn why it was not available. */
create function vn.lift_objection(p_call uuid, p_reason text) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare c vn.call;
begin
  if not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  select * into c from vn.call x where x.centre_id = ctx.centre() and x.id = p_call;
  if not found then return 'not_found'; end if;
  perform from vn.relation x where x.centre_id = c.centre_id and x.company_id = c.company_id for update;
  update vn.call x set lifted_at = ctx.now(), lifted_by = ctx.person(), lifted_because = p_reason
   where x.centre_id = c.centre_id and x.id = c.id and x.objection and x.undone_at is null and x.lifted_at is null;
  if not found then return 'none'; end if;
  update vn.relation x set objection = vn.objects_here(c.company_id) where x.centre_id = c.centre_id and x.company_id = c.company_id;
  return 'lifted';
end $$;
create function vn.unsuppress(p_hash bytea) returns void language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  delete from vn.suppression s where s.hash = p_hash and s.times = 1;
  if not found then update vn.suppression s set times = s.times - 1 where s.hash = p_hash; end if;
end $$;
create function vn.mark_carried(p_call uuid) returns void language sql security definer set search_path = vn, pg_temp as $$
  update vn.call c set spread_at = null where c.centre_id = ctx.centre() and c.id = p_call and c.lifted_at is not null and ctx.has('coordinator');
$$;
-- What is known of all centres replaces what was known: told here, or told elsewhere and carried.
create or replace function vn.ask_objections(p_asked uuid[], p_objecting uuid[]) returns void language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  perform from vn.relation r where r.centre_id = ctx.centre() and r.company_id = any (p_asked) order by r.company_id for update;
  update vn.relation r set objection_asked = true, objection = r.company_id = any (p_objecting) or vn.objects_here(r.company_id) where r.centre_id = ctx.centre() and r.company_id = any (p_asked);
end $$;
grant execute on function vn.lift_objection(uuid, text), vn.unsuppress(bytea), vn.mark_carried(uuid) to vn_staff;
reset role;
