-- A call centre's own system calls too, with a key: it is an agent of the organisation without a membership.
set local role vn_gate;
create or replace function vn.calling_state(p_campaign uuid, p_organisation uuid) returns text language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare k vn.campaign;
begin
  select * into k from vn.campaign x where x.centre_id = ctx.centre() and x.id = p_campaign and x.hearing_opened_at is not null;
  if not found or not (ctx.has('coordinator') or vn.calling_route() = any (k.routes)) then return null; end if;
  if ctx.has('agent') and not (vn.agreement_holds(p_organisation) and (exists (
      select from vn.membership m join vn.centre c on c.id = m.centre_id
       where m.centre_id = ctx.centre() and m.person_id = ctx.person() and m.organisation_id = p_organisation and m.role = 'agent' and m.during @> (ctx.now() at time zone c.tz)::date)
    or exists (select from vn.api_key a where a.centre_id = ctx.centre() and a.person_id = ctx.person() and a.machine_role = 'agent' and a.organisation_id = p_organisation
       and a.ended_at is null and a.expires_at > ctx.now()))) then return 'no_agreement'; end if;
  return case when k.ended_at is not null then 'ended' when k.hearing_closed_at is null then 'hearing' when k.paused then 'paused' else 'open' end;
end $$;
reset role;
