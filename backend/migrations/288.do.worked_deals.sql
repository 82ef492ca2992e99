-- What hangs on won deals, added up for everybody by the day of the win: products with their list prices, and activities.
-- Some people's deals are read one by one. As in the other rollups, rows may fall to zero and stay.

-- What products of one won deal would have cost, and what was taken off, in the base currency of its day. Both are null where there
-- was no rate; a deal without products, or with one whose list price nobody knows, is not in here.
create table insight_listed_deals (
  portal_id integer not null references portals on delete cascade,
  deal_id integer not null,
  day date not null,
  list_value_minor bigint,
  discount_minor bigint,
  primary key (portal_id, deal_id)
);

create table insight_listed_days (
  portal_id integer not null references portals on delete cascade,
  day date not null,
  deal_count integer not null,
  without_rate integer not null,
  list_value_minor bigint not null,
  discount_minor bigint not null,
  primary key (portal_id, day)
);

-- Activities that were completed for won deals between their creation and their winning.
create table insight_activity_days (
  portal_id integer not null references portals on delete cascade,
  day date not null,
  activity_count integer not null,
  primary key (portal_id, day)
);

-- A list value is no sum of its rows: it is rounded for a deal, and one row may leave the deal without any. So deals are looked at
-- anew, and what they come to now takes the place of what they came to. Who calls holds the portal's lock.
create function insight_listed_recount(portal integer, deals integer[]) returns void language plpgsql as $$
begin
  if coalesce(cardinality(deals), 0) = 0 then
    return;
  end if;
  -- Planned for these deals: a plan kept from one event would look up each of a hundred thousand.
  execute $q$
    with products as (
      select deal_id, round(sum(price_minor * quantity / nullif(1 - discount_rate / 100, 0)))::bigint as listed, round(sum(price_minor * quantity))::bigint as sold
      from crm_product_rows where portal_id = $1 and deal_id = any($2)
      group by 1 having bool_and(discount_rate < 100)
    ), counted as (
      select d.deal_id, (d.closed_at at time zone p.time_zone)::date as day,
        case when d.currency = p.currency then listed else crm_base_amount(p.portal_id, listed, d.currency, (d.closed_at at time zone p.time_zone)::date) end as list_value,
        case when d.currency = p.currency then listed - sold else crm_base_amount(p.portal_id, listed - sold, d.currency, (d.closed_at at time zone p.time_zone)::date) end as discount
      from products join crm_deals d using (deal_id) join portals p using (portal_id)
      where d.portal_id = $1 and d.semantics = 'S' and d.closed_at is not null
    ), kept as (
      select l.* from insight_listed_deals l join portals using (portal_id) where l.portal_id = $1 and l.deal_id = any($2)
    ), changed as (
      select deal_id, c.day, c.list_value, c.discount, k.day as old_day, k.list_value_minor as old_list_value, k.discount_minor as old_discount
      from counted c full join kept k using (deal_id)
      where (c.day, c.list_value, c.discount) is distinct from (k.day, k.list_value_minor, k.discount_minor)
    ), forgotten as (
      delete from insight_listed_deals l using changed c where l.portal_id = $1 and l.deal_id = c.deal_id and c.day is null
    ), written as (
      insert into insight_listed_deals select $1, deal_id, day, list_value, discount from changed where day is not null
      on conflict (portal_id, deal_id) do update set
        day = excluded.day, list_value_minor = excluded.list_value_minor, discount_minor = excluded.discount_minor
    )
    insert into insight_listed_days as t
    select $1, day, coalesce(sum(sign) filter (where list_value is not null), 0), coalesce(sum(sign) filter (where list_value is null), 0),
      coalesce(sum(sign * list_value), 0), coalesce(sum(sign * discount), 0)
    from (
      select 1 as sign, day, list_value, discount from changed where day is not null
      union all select -1, old_day, old_list_value, old_discount from changed where old_day is not null) signed
    group by day
    order by day
    on conflict (portal_id, day) do update set
      deal_count = t.deal_count + excluded.deal_count,
      without_rate = t.without_rate + excluded.without_rate,
      list_value_minor = t.list_value_minor + excluded.list_value_minor,
      discount_minor = t.discount_minor + excluded.discount_minor$q$ using portal, deals;
end $$;

-- The same kind of text as insight_upserts, from signed deals and signed activities: one of the two is what changed.
create function insight_activity_upsert(deals text, activities text) returns text language sql immutable as $$
  select format($q$
    insert into insight_activity_days as t
    select d.portal_id, (d.closed_at at time zone p.time_zone)::date, sum(d.sign * a.sign)
    from (%s) d join portals p on p.portal_id = d.portal_id
      join (%s) a on a.portal_id = d.portal_id and a.owner_id = d.deal_id and a.created_at between d.created_at and d.closed_at
    where d.semantics = 'S' and a.owner_type_id = 2 and a.is_completed
    group by 1, 2
    having sum(d.sign * a.sign) <> 0
    order by 1, 2
    on conflict (portal_id, day) do update set activity_count = t.activity_count + excluded.activity_count$q$, deals, activities)
$$;

create function insight_products_changed() returns trigger language plpgsql as $$
declare
  source text := case tg_op
    when 'INSERT' then 'select * from added'
    when 'DELETE' then 'select * from removed'
    else 'select * from added union all select * from removed'
  end;
  portal integer;
  deals integer[];
begin
  for portal in execute format('select distinct portal_id from (%s) r order by 1', source) loop
    -- Before its deals are looked at: one of them may be won meanwhile.
    perform pg_advisory_xact_lock(4310020, portal);
    execute format($q$
      select array_agg(deal_id) from (select distinct portal_id, deal_id from (%s) r where portal_id = $1) r join crm_deals d using (portal_id, deal_id)
      where d.semantics = 'S'$q$, source) into deals using portal;
    perform insight_listed_recount(portal, deals);
  end loop;
  return null;
end $$;

create trigger crm_product_rows__added after insert on crm_product_rows
  referencing new table as added for each statement execute function insight_products_changed();
create trigger crm_product_rows__removed after delete on crm_product_rows
  referencing old table as removed for each statement execute function insight_products_changed();
create trigger crm_product_rows__changed after update on crm_product_rows
  referencing old table as removed new table as added for each statement execute function insight_products_changed();

create function insight_activities_changed() returns trigger language plpgsql as $$
declare
  source text := case tg_op
    when 'INSERT' then 'select 1 as sign, a.* from added a'
    when 'DELETE' then 'select -1 as sign, r.* from removed r'
    else 'select 1 as sign, a.* from added a union all select -1, r.* from removed r'
  end;
  portals integer[];
  portal integer;
begin
  -- Most are read again as they were.
  execute format($q$
    select array_agg(distinct portal_id order by portal_id) from (
      select portal_id from (%s) a where owner_type_id = 2 and is_completed
      group by portal_id, activity_id, owner_id, created_at having sum(sign) <> 0) a$q$, source) into portals;
  if portals is null then
    return null;
  end if;
  foreach portal in array portals loop
    perform pg_advisory_xact_lock(4310020, portal);
  end loop;
  execute insight_activity_upsert('select 1 as sign, d.* from crm_deals d', source);
  return null;
end $$;

create trigger crm_activities__added after insert on crm_activities
  referencing new table as added for each statement execute function insight_activities_changed();
create trigger crm_activities__removed after delete on crm_activities
  referencing old table as removed for each statement execute function insight_activities_changed();
create trigger crm_activities__changed after update on crm_activities
  referencing old table as removed new table as added for each statement execute function insight_activities_changed();

create or replace function insight_deals_changed() returns trigger language plpgsql as $$
declare
  source text := case tg_op
    when 'INSERT' then 'select 1 as sign, a.* from added a'
    when 'DELETE' then 'select -1 as sign, r.* from removed r'
    else 'select 1 as sign, a.* from added a union all select -1, r.* from removed r'
  end;
  portals integer[];
  deals integer[];
  is_won boolean;
  has_origins boolean := true;
  portal integer;
  upsert text;
begin
  if tg_op = 'INSERT' then
    select array_agg(distinct portal_id order by portal_id), bool_or(semantics = 'S') into portals, is_won from added;
  elsif tg_op = 'DELETE' then
    select array_agg(distinct portal_id order by portal_id), bool_or(semantics = 'S') into portals, is_won from removed;
  else
    -- Planned for these rows: a plan kept from a small page would compare each row of a large one with every other.
    execute $q$
      select array_agg(distinct a.portal_id order by a.portal_id), bool_or('S' in (a.semantics, r.semantics)),
        bool_or('S' in (a.semantics, r.semantics) or (a.created_at, a.lead_id, a.source_id, a.utm_source, a.utm_campaign) is distinct from (r.created_at, r.lead_id, r.source_id, r.utm_source, r.utm_campaign))
      from added a join removed r on r.portal_id = a.portal_id and r.deal_id = a.deal_id
      where (a.category_id, a.stage_id, a.semantics, a.amount_minor, a.currency, a.amount_base_minor, a.company_id, a.assigned_by_id, a.created_at, a.closed_at, a.lead_id, a.source_id, a.utm_source, a.utm_campaign)
        is distinct from (r.category_id, r.stage_id, r.semantics, r.amount_minor, r.currency, r.amount_base_minor, r.company_id, r.assigned_by_id, r.created_at, r.closed_at, r.lead_id, r.source_id, r.utm_source, r.utm_campaign)$q$
    into portals, is_won, has_origins;
  end if;
  if portals is null then
    return null;
  end if;
  foreach portal in array portals loop
    perform pg_advisory_xact_lock(4310020, portal);
  end loop;
  for upsert in
    select insight_upserts(source)
    union all select insight_won_upserts(source) where is_won
    union all select insight_activity_upsert(source, 'select 1 as sign, a.* from crm_activities a') where is_won
    union all select insight_origin_upsert(insight_deal_origins(source, 'select * from crm_leads')) where has_origins
  loop
    execute upsert;
  end loop;
  if is_won then
    foreach portal in array portals loop
      execute format($q$
        select array_agg(deal_id) from (select distinct portal_id, deal_id from (%s) d where portal_id = $1 and semantics = 'S') d
        where exists (select from crm_product_rows r where r.portal_id = d.portal_id and r.deal_id = d.deal_id)$q$, source) into deals using portal;
      perform insight_listed_recount(portal, deals);
    end loop;
  end if;
  return null;
end $$;

-- Products of a won deal are worth what they were worth that day, too.
create or replace function crm_amounts_revalue(portal integer, wanted text, since date) returns void language sql as $$
  update crm_deals d set amount_base_minor = crm_base_amount(portal, d.amount_minor, d.currency, (d.closed_at at time zone p.time_zone)::date)
  from portals p
  where p.portal_id = portal and d.portal_id = portal and d.closed_at >= since::timestamp at time zone p.time_zone and (wanted is null or d.currency = wanted)
    and d.amount_base_minor is distinct from crm_base_amount(portal, d.amount_minor, d.currency, (d.closed_at at time zone p.time_zone)::date);
  update crm_invoices i set amount_base_minor = crm_base_amount(portal, i.amount_minor, i.currency, coalesce(i.issued_on, (i.created_at at time zone p.time_zone)::date))
  from portals p
  where p.portal_id = portal and i.portal_id = portal and coalesce(i.issued_on, (i.created_at at time zone p.time_zone)::date) >= since and (wanted is null or i.currency = wanted)
    and i.amount_base_minor is distinct from crm_base_amount(portal, i.amount_minor, i.currency, coalesce(i.issued_on, (i.created_at at time zone p.time_zone)::date));
  select pg_advisory_xact_lock(4310020, portal);
  select insight_listed_recount(portal, array(
    select deal_id from insight_listed_deals l join crm_deals d using (portal_id, deal_id) where portal_id = portal and l.day >= since and (wanted is null or d.currency = wanted)));
$$;

create or replace function insight_rebuild(portal integer) returns void language plpgsql set work_mem = '64MB' as $$
declare
  upsert text;
begin
  perform pg_advisory_xact_lock(4310020, portal);
  delete from insight_deal_days where portal_id = portal;
  delete from insight_deal_cycles where portal_id = portal;
  delete from insight_open_deals where portal_id = portal;
  delete from insight_customer_months where portal_id = portal;
  delete from insight_deal_amounts where portal_id = portal;
  delete from insight_origin_days where portal_id = portal;
  delete from insight_listed_deals where portal_id = portal;
  delete from insight_listed_days where portal_id = portal;
  delete from insight_activity_days where portal_id = portal;
  for upsert in
    select insight_deal_upserts(format('select 1 as sign, d.* from crm_deals d where d.portal_id = %s', portal))
    union all select insight_origin_upsert(insight_lead_origins(format('select 1 as sign, l.* from crm_leads l where l.portal_id = %s', portal)))
    union all select insight_activity_upsert(format('select 1 as sign, d.* from crm_deals d where d.portal_id = %s', portal), 'select 1 as sign, a.* from crm_activities a')
  loop
    execute upsert;
  end loop;
  perform insight_listed_recount(portal, array(select distinct r.deal_id from crm_product_rows r where r.portal_id = portal));
end $$;

do $$
declare
  portal integer;
begin
  for portal in select portal_id from portals loop
    execute insight_activity_upsert(format('select 1 as sign, d.* from crm_deals d where d.portal_id = %s', portal), 'select 1 as sign, a.* from crm_activities a');
    perform insight_listed_recount(portal, array(select distinct r.deal_id from crm_product_rows r where r.portal_id = portal));
  end loop;
end $$;
