-- A hundred thousand relations at once: who inserts one with its protection already right is not written a second time, row by row through the gate.
set local role vn_gate;
create or replace function vn.relation_facts() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  update vn.relation r set protected = true from fresh f join vn.company c on c.id = f.company_id
   where c.protected and not f.protected and r.centre_id = f.centre_id and r.company_id = f.company_id;
  return null;
end $$;
reset role;
