/* Employees who go, rights that are taken back and days that are booked wait for each other and for whoever adds employees or rights: each takes the company's relation first, as
   those do. Before, a right could be given to somebody who was just being forgotten (a fault), and a day booked that was forgotten with them. */
set local role vn_gate;
create or replace function vn.remove_employee_on_page(p_hash bytea, p_id uuid) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare p vn.company_page; answer text := 'done';
begin
  select * into p from vn.leader_page_of(p_hash);
  if not found then return 'gone'; end if;
  perform from vn.relation r where r.centre_id = p.centre_id and r.company_id = p.company_id for no key update;
  update vn.employee e set name = null, left_at = ctx.now() where e.centre_id = p.centre_id and e.company_id = p.company_id and e.id = p_id and e.left_at is null;
  if not found then answer := 'unknown';
  elsif not exists (select from vn.training_entry t where t.centre_id = p.centre_id and t.employee_id = p_id) then delete from vn.employee e where e.centre_id = p.centre_id and e.id = p_id;
  else update vn.training_account a set entitled = a.used - a.carried where a.centre_id = p.centre_id and a.employee_id = p_id; end if;
  perform set_config('app.centre', '', true);
  return answer;
end $$;
create or replace function vn.remove_right_on_page(p_hash bytea, p_id uuid) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare p vn.company_page; answer text := 'done';
begin
  select * into p from vn.leader_page_of(p_hash);
  if not found then return 'gone'; end if;
  perform from vn.relation r where r.centre_id = p.centre_id and r.company_id = p.company_id for no key update;
  perform from vn.training_right r where r.centre_id = p.centre_id and r.company_id = p.company_id and r.id = p_id for update;
  if not found then answer := 'unknown';
  elsif exists (select from vn.training_entry t where t.centre_id = p.centre_id and t.right_id = p_id) then answer := 'in_use';
  else delete from vn.training_right r where r.centre_id = p.centre_id and r.id = p_id; end if;
  perform set_config('app.centre', '', true);
  return answer;
end $$;
create or replace function vn.book_days_on_page(p_hash bytea, p_ids uuid[], p_right uuid, p_employees uuid[], p_days numeric, p_day date, p_about text, p_seat uuid) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare p vn.company_page; answer text := 'done'; broken text;
begin
  select * into p from vn.leader_page_of(p_hash);
  if not found then return 'gone'; end if;
  perform from vn.relation r where r.centre_id = p.centre_id and r.company_id = p.company_id for no key update;
  if not exists (select from vn.training_right r where r.centre_id = p.centre_id and r.company_id = p.company_id and r.id = p_right)
    or exists (select from unnest(p_employees) x (id) where not exists (select from vn.training_account a where a.centre_id = p.centre_id and a.right_id = p_right and a.employee_id = x.id)) then answer := 'unknown';
  elsif p_seat is not null and not exists (select from vn.seat s where s.centre_id = p.centre_id and s.company_id = p.company_id and s.id = p_seat and s.state = 'taken') then answer := 'seat';
  else
    begin
      -- In the order of the accounts, so that two of them never wait for each other.
      insert into vn.training_entry (centre_id, id, right_id, employee_id, kind, days, day, about, seat_id, at)
        select p.centre_id, x.id, p_right, x.employee, 'used', p_days, p_day, p_about, p_seat, ctx.now() from unnest(p_ids, p_employees) x (id, employee) order by x.employee;
    exception when check_violation then
      get stacked diagnostics broken = constraint_name;
      answer := case broken when 'training_account_enough' then 'not_enough' when 'training_right_closed' then 'closed' when 'training_right_period' then 'outside' when 'training_employee_left' then 'unknown' end;
      if answer is null then raise; end if;
    end;
  end if;
  perform set_config('app.centre', '', true);
  return answer;
end $$;
reset role;
