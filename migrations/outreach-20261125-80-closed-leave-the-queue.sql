-- Companies that have closed leave the queue before migration 20261129-37 says that they may not be called, which refused a database in which one waited. Written after that one had
-- landed, and dated before it, so that it runs first; where that one has run, it finds nothing.
set local role vn_gate;
do $$
declare c uuid;
begin
  for c in select id from vn.centre loop
    perform set_config('app.centre', c::text, true);
    update vn.queue_item q set state = 'withdrawn', closed_because = 'ceased'
      from vn.company k where q.centre_id = c and q.live and k.id = q.company_id and k.status = 'ceased';
  end loop;
  perform set_config('app.centre', '', true);
end $$;
reset role;
