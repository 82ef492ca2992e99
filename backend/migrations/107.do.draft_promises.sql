-- A promise is kept from the first confirmation of its order on, also when the order becomes a draft again:
-- before that, what it says is still being written.
alter table purchase_orders add column confirmed_at timestamptz;
update purchase_orders set confirmed_at = created_at where status <> 'draft';

create function purchase_orders_confirm() returns trigger language plpgsql as $$
begin
  new.confirmed_at = coalesce(new.confirmed_at, now());
  return new;
end $$;
create trigger purchase_orders__confirm before insert or update of status on purchase_orders
  for each row when (new.status in ('confirmed', 'closed')) execute function purchase_orders_confirm();

create or replace function purchase_order_lines_freeze() returns trigger language plpgsql as $$
begin
  if old.promised_on is not null and new.promised_on is distinct from old.promised_on
    and not exists (select from purchase_orders o where o.portal_id = new.portal_id and o.order_id = new.order_id and o.confirmed_at is null) then
    raise exception 'the first promise of an order line is kept' using constraint = 'purchase_order_lines__first_promise', errcode = 'check_violation';
  end if;
  return new;
end $$;
