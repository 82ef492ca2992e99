-- Costs of a link are edited in place by several people: whoever saves writes only over what was read.
alter table deal_vendors add column version integer not null default 1;

-- Sums over a period read the index alone.
drop index vendor_spend_months__portal_month;
create index vendor_spend_months__portal_month on vendor_spend_months (portal_id, month)
  include (vendor_id, amount_base_minor, purchase_count, unpriced_count);

create index purchases__portal_deal on purchases (portal_id, deal_id, vendor_id) where deal_id is not null;
create index crm_companies__title_trgm on crm_companies using gin (title gin_trgm_ops);

-- History is written once. Rows leave only together with their vendor or portal.
create function vendor_changes_keep() returns trigger language plpgsql as $$
begin
  -- A cascade runs inside the trigger of the foreign key.
  if tg_op = 'DELETE' and pg_trigger_depth() > 1 then
    return old;
  end if;
  raise exception 'vendor_changes is append-only';
end $$;

create trigger vendor_changes__append_only before update or delete on vendor_changes
  for each row execute function vendor_changes_keep();

-- Ten thousand vendors are sorted by their last purchase without looking into each one's purchases.
create table vendor_last_purchases (
  portal_id integer not null references portals on delete cascade,
  vendor_id uuid not null,
  spent_on date not null,
  primary key (portal_id, vendor_id),
  foreign key (portal_id, vendor_id) references vendors on delete cascade
);
insert into vendor_last_purchases (portal_id, vendor_id, spent_on)
  select portal_id, vendor_id, max(spent_on) from purchases group by 1, 2;

create function vendor_last_purchases_add() returns trigger language plpgsql as $$
begin
  insert into vendor_last_purchases as l (portal_id, vendor_id, spent_on)
  select portal_id, vendor_id, max(spent_on) from added group by 1, 2 order by 1, 2
  on conflict (portal_id, vendor_id) do update set spent_on = excluded.spent_on where l.spent_on < excluded.spent_on;
  return null;
end $$;

create function vendor_last_purchases_remove() returns trigger language plpgsql as $$
begin
  update vendor_last_purchases l set spent_on = p.spent_on
  from (select distinct portal_id, vendor_id from removed) r,
    lateral (select max(spent_on) as spent_on from purchases where portal_id = r.portal_id and vendor_id = r.vendor_id) p
  where l.portal_id = r.portal_id and l.vendor_id = r.vendor_id and p.spent_on is not null and l.spent_on <> p.spent_on;
  delete from vendor_last_purchases l using (select distinct portal_id, vendor_id from removed) r
  where l.portal_id = r.portal_id and l.vendor_id = r.vendor_id
    and not exists (select from purchases p where p.portal_id = l.portal_id and p.vendor_id = l.vendor_id);
  return null;
end $$;

create function vendor_last_purchases_change() returns trigger language plpgsql as $$
begin
  insert into vendor_last_purchases as l (portal_id, vendor_id, spent_on)
  select portal_id, vendor_id, max(spent_on) from added group by 1, 2 order by 1, 2
  on conflict (portal_id, vendor_id) do update set spent_on = excluded.spent_on where l.spent_on < excluded.spent_on;
  update vendor_last_purchases l set spent_on = p.spent_on
  from (select distinct portal_id, vendor_id from removed) r,
    lateral (select max(spent_on) as spent_on from purchases where portal_id = r.portal_id and vendor_id = r.vendor_id) p
  where l.portal_id = r.portal_id and l.vendor_id = r.vendor_id and p.spent_on is not null and l.spent_on <> p.spent_on;
  delete from vendor_last_purchases l using (select distinct portal_id, vendor_id from removed) r
  where l.portal_id = r.portal_id and l.vendor_id = r.vendor_id
    and not exists (select from purchases p where p.portal_id = l.portal_id and p.vendor_id = l.vendor_id);
  return null;
end $$;

create trigger purchases__last_added after insert on purchases
  referencing new table as added for each statement execute function vendor_last_purchases_add();
create trigger purchases__last_removed after delete on purchases
  referencing old table as removed for each statement execute function vendor_last_purchases_remove();
create trigger purchases__last_changed after update on purchases
  referencing old table as removed new table as added for each statement execute function vendor_last_purchases_change();
