-- Deals that were won or lost, added up by day of the portal's zone, so that a dashboard costs the same on
-- ten thousand deals and on a million. Each deal counts in four rows: its own responsible and pipeline, and
-- with everybody (assigned_by_id -1), every pipeline (category_id -1), or both. 0 is nobody.
-- A deal without closing time stands on the day -infinity: it is in no period, and it is counted as such.
-- Rows may fall to zero and stay; readers add up.
create table insight_deal_days (
  portal_id integer not null references portals on delete cascade,
  assigned_by_id integer not null,
  category_id integer not null,
  outcome text not null check (outcome in ('won', 'lost')),
  day date not null,
  deal_count integer not null,
  amount_base_minor bigint not null,
  -- Left out of every sum, and said so: no amount at all, or an amount in a currency without rate.
  without_amount integer not null,
  without_rate integer not null,
  primary key (portal_id, assigned_by_id, category_id, outcome, day)
);

-- Days from creation to winning, as a histogram by month of the win, so that medians stay exact. For everybody
-- in every pipeline there are days as well as months: a period that begins within a month reads those.
-- A deal won before it was created (entered afterwards) has no such time and is not in here.
create table insight_deal_cycles (
  portal_id integer not null references portals on delete cascade,
  assigned_by_id integer not null,
  category_id integer not null,
  span text not null check (span in ('day', 'month')),
  first_day date not null,
  cycle_days integer not null,
  deal_count integer not null,
  primary key (portal_id, assigned_by_id, category_id, span, first_day, cycle_days)
);
create index crm_deals__portal_won on crm_deals (portal_id, assigned_by_id, closed_at)
  include (created_at, category_id) where semantics = 'S';

-- Open deals by stage. As many rows as stages have responsibles, so it needs no totals of its own.
create table insight_open_deals (
  portal_id integer not null references portals on delete cascade,
  category_id integer not null,
  stage_id text not null,
  assigned_by_id integer not null,
  deal_count integer not null,
  amount_base_minor bigint not null,
  without_amount integer not null,
  without_rate integer not null,
  primary key (portal_id, category_id, stage_id, assigned_by_id)
);

-- The three upserts that add a source of signed deals (sign 1 or -1, then the columns of crm_deals) to the rollups.
-- Text, because triggers and the rebuild read from different sources and must never count differently.
create function insight_upserts(source text) returns setof text language sql immutable as $$
  with facts as (
    select format($q$
      with facts as (
        select d.portal_id, d.sign, coalesce(d.assigned_by_id, 0) as assigned_by_id, d.category_id, d.stage_id,
          case d.semantics when 'S' then 'won' when 'F' then 'lost' else 'open' end as outcome,
          coalesce((d.closed_at at time zone p.time_zone)::date, '-infinity') as day,
          (d.closed_at at time zone p.time_zone)::date - (d.created_at at time zone p.time_zone)::date as cycle_days,
          d.sign * coalesce(d.amount_base_minor, 0) as amount,
          d.sign * (d.amount_minor is null)::int as without_amount,
          d.sign * (d.amount_minor is not null and d.amount_base_minor is null)::int as without_rate
        from (%s) d join portals p on p.portal_id = d.portal_id
      )$q$, source) as sql
  )
  select sql || $q$
    insert into insight_deal_days as t
    select portal_id,
      case grouping(assigned_by_id) when 1 then -1 else assigned_by_id end,
      case grouping(category_id) when 1 then -1 else category_id end,
      outcome, day, sum(sign), sum(amount), sum(without_amount), sum(without_rate)
    from facts where outcome <> 'open'
    group by portal_id, outcome, day, cube (assigned_by_id, category_id)
    having sum(sign) <> 0 or sum(amount) <> 0 or sum(without_amount) <> 0 or sum(without_rate) <> 0
    order by 1, 2, 3, 4, 5
    on conflict (portal_id, assigned_by_id, category_id, outcome, day) do update set
      deal_count = t.deal_count + excluded.deal_count,
      amount_base_minor = t.amount_base_minor + excluded.amount_base_minor,
      without_amount = t.without_amount + excluded.without_amount,
      without_rate = t.without_rate + excluded.without_rate$q$
  from facts
  union all
  select sql || $q$
    insert into insight_deal_cycles as t
    select portal_id,
      case grouping(assigned_by_id) when 1 then -1 else assigned_by_id end,
      case grouping(category_id) when 1 then -1 else category_id end,
      case grouping(day) when 1 then 'month' else 'day' end,
      coalesce(day, month), cycle_days, sum(sign)
    from (select *, date_trunc('month', day)::date as month from facts where outcome = 'won' and cycle_days >= 0) won
    group by portal_id, cycle_days, grouping sets (
      (month, assigned_by_id, category_id), (month, assigned_by_id), (month, category_id), (month), (day))
    having sum(sign) <> 0
    order by 1, 2, 3, 4, 5, 6
    on conflict (portal_id, assigned_by_id, category_id, span, first_day, cycle_days) do update set
      deal_count = t.deal_count + excluded.deal_count$q$
  from facts
  union all
  select sql || $q$
    insert into insight_open_deals as t
    select portal_id, category_id, stage_id, assigned_by_id, sum(sign), sum(amount), sum(without_amount), sum(without_rate)
    from facts where outcome = 'open'
    group by 1, 2, 3, 4
    having sum(sign) <> 0 or sum(amount) <> 0 or sum(without_amount) <> 0 or sum(without_rate) <> 0
    order by 1, 2, 3, 4
    on conflict (portal_id, category_id, stage_id, assigned_by_id) do update set
      deal_count = t.deal_count + excluded.deal_count,
      amount_base_minor = t.amount_base_minor + excluded.amount_base_minor,
      without_amount = t.without_amount + excluded.without_amount,
      without_rate = t.without_rate + excluded.without_rate$q$
  from facts
$$;

-- Statement-level, over transition tables: a page of thousands of deals costs three upserts.
create function insight_deals_changed() returns trigger language plpgsql as $$
declare
  source text := case tg_op
    when 'INSERT' then 'select 1 as sign, a.* from added a'
    when 'DELETE' then 'select -1 as sign, r.* from removed r'
    else 'select 1 as sign, a.* from added a union all select -1, r.* from removed r'
  end;
  portal integer;
  upsert text;
begin
  -- Writers share this lock; a rebuild waits for them, and they for it, so nothing is counted twice or never.
  for portal in execute format('select distinct portal_id from (%s) d order by 1', source) loop
    perform pg_advisory_xact_lock_shared(4310020, portal);
  end loop;
  if portal is null then
    return null;
  end if;
  for upsert in select insight_upserts(source) loop
    execute upsert;
  end loop;
  return null;
end $$;

create trigger crm_deals__added after insert on crm_deals
  referencing new table as added for each statement execute function insight_deals_changed();
create trigger crm_deals__removed after delete on crm_deals
  referencing old table as removed for each statement execute function insight_deals_changed();
create trigger crm_deals__changed after update on crm_deals
  referencing old table as removed new table as added for each statement execute function insight_deals_changed();

create function insight_rebuild(portal integer) returns void language plpgsql set work_mem = '64MB' as $$
declare
  upsert text;
begin
  perform pg_advisory_xact_lock(4310020, portal);
  delete from insight_deal_days where portal_id = portal;
  delete from insight_deal_cycles where portal_id = portal;
  delete from insight_open_deals where portal_id = portal;
  for upsert in select insight_upserts(format('select 1 as sign, d.* from crm_deals d where d.portal_id = %s', portal)) loop
    execute upsert;
  end loop;
end $$;

-- Every day of the rollups is a day of the portal's zone: another zone, other days.
create function insight_time_zone_changed() returns trigger language plpgsql as $$
begin
  perform insight_rebuild(new.portal_id);
  return null;
end $$;
create trigger portals__time_zone_changed after update of time_zone on portals
  for each row when (old.time_zone is distinct from new.time_zone) execute function insight_time_zone_changed();

do $$
declare
  portal integer;
begin
  for portal in select portal_id from portals loop
    perform insight_rebuild(portal);
  end loop;
end $$;
