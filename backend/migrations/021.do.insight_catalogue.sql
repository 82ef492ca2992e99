-- What the catalogue of figures rests on beyond won, lost and open deals.

-- Days of creation stand beside days of closing in the same rollup: 'created' counts every deal on the day it was made,
-- 'won_early' on that same day those that were won within 90 days of it.
alter table insight_deal_days drop constraint insight_deal_days_outcome_check,
  add constraint insight_deal_days_outcome_check check (outcome in ('won', 'lost', 'created', 'won_early'));

create or replace function insight_upserts(source text) returns setof text language sql immutable as $$
  with facts as (
    select format($q$
      with facts as (
        select d.portal_id, d.sign, coalesce(d.assigned_by_id, 0) as assigned_by_id, d.category_id, d.stage_id,
          case d.semantics when 'S' then 'won' when 'F' then 'lost' else 'open' end as outcome,
          coalesce((d.closed_at at time zone p.time_zone)::date, '-infinity') as day,
          (d.created_at at time zone p.time_zone)::date as created_on,
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
    from (
      select portal_id, assigned_by_id, category_id, outcome, day, sign, amount, without_amount, without_rate
      from facts where outcome <> 'open'
      union all
      select portal_id, assigned_by_id, category_id, kind, created_on, sign, amount, without_amount, without_rate
      from facts, lateral (
        select 'created' as kind union all select 'won_early' where outcome = 'won' and cycle_days <= 90) kinds
    ) cells
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

-- One statement may both add and change deals, and then fires both triggers: two such writers would wait for each other's
-- cells. Writers of one portal therefore take turns, and a rebuild waits for its own.
create or replace function insight_deals_changed() returns trigger language plpgsql as $$
declare
  source text := case tg_op
    when 'INSERT' then 'select 1 as sign, a.* from added a'
    when 'DELETE' then 'select -1 as sign, r.* from removed r'
    else 'select 1 as sign, a.* from added a union all select -1, r.* from removed r'
  end;
  portal integer;
  upsert text;
begin
  for portal in execute format('select distinct portal_id from (%s) d order by 1', source) loop
    perform pg_advisory_xact_lock(4310020, portal);
  end loop;
  if portal is null then
    return null;
  end if;
  for upsert in select insight_upserts(source) loop
    execute upsert;
  end loop;
  return null;
end $$;

-- Every move of the planned closing of an open deal. The portal keeps no such history, so it begins with us.
create table crm_deal_plans (
  portal_id integer not null references portals on delete cascade,
  plan_change_id bigint generated always as identity,
  deal_id integer not null,
  old_on date not null,
  new_on date,
  at timestamptz not null default now(),
  primary key (portal_id, plan_change_id)
);
create index crm_deal_plans__portal_old on crm_deal_plans (portal_id, old_on, deal_id);
create index crm_deal_plans__portal_deal on crm_deal_plans (portal_id, deal_id, plan_change_id) include (new_on);
alter table portals add column plans_kept_since timestamptz not null default now();

-- Closing a deal sets its date to the day it was closed: that is no change of plan.
create function crm_deal_plans_keep() returns trigger language plpgsql as $$
begin
  insert into crm_deal_plans (portal_id, deal_id, old_on, new_on)
  select r.portal_id, r.deal_id, r.closes_on, a.closes_on
  from removed r join added a on a.portal_id = r.portal_id and a.deal_id = r.deal_id
  where r.closes_on is not null and a.closes_on is distinct from r.closes_on and r.semantics = 'P' and a.semantics = 'P'
  order by 1, 2;
  return null;
end $$;
create trigger crm_deals__plan_changed after update on crm_deals
  referencing old table as removed new table as added for each statement execute function crm_deal_plans_keep();
create function crm_deal_plans_forget() returns trigger language plpgsql as $$
begin
  delete from crm_deal_plans p using removed r where p.portal_id = r.portal_id and p.deal_id = r.deal_id;
  return null;
end $$;
create trigger crm_deals__plan_forgotten after delete on crm_deals
  referencing old table as removed for each statement execute function crm_deal_plans_forget();

-- What closed deals teach of each stage they passed: how many of them were won, and how long nine in ten of those stayed.
create table insight_stage_lessons (
  portal_id integer not null references portals on delete cascade,
  stage_id text not null,
  passed integer not null,
  won integer not null,
  -- Share won, in whole thousandths.
  chance integer not null,
  stay_days double precision,
  primary key (portal_id, stage_id)
);
create table insight_lessons (
  portal_id integer primary key references portals on delete cascade,
  learned_at timestamptz not null
);

create table sales_targets (
  portal_id integer not null references portals on delete cascade,
  month date not null check (extract(day from month) = 1),
  amount_minor bigint not null check (amount_minor >= 0),
  updated_at timestamptz not null default now(),
  updated_by integer,
  primary key (portal_id, month)
);

create index crm_deals__portal_created on crm_deals (portal_id, created_at)
  include (amount_base_minor, assigned_by_id, category_id, semantics, closed_at);
create index crm_deals__portal_planned on crm_deals (portal_id, closes_on)
  include (amount_base_minor, assigned_by_id, category_id) where semantics = 'P';
create index crm_deals__portal_customer on crm_deals (portal_id, company_id, closed_at)
  include (assigned_by_id, category_id, amount_base_minor) where semantics = 'S';

do $$
declare
  portal integer;
begin
  for portal in select portal_id from portals loop
    perform insight_rebuild(portal);
  end loop;
end $$;
