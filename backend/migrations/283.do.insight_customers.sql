-- What would otherwise be read deal by deal for figures about everybody: what customers bought, what won deals are worth, and where
-- deals and leads came from. Who sees some people's deals only, or asks for some, has an index on these people instead.
-- As in the other rollups, rows may fall to zero and stay; readers add up.

-- Won deals of companies by month of the win.
create table insight_customer_months (
  portal_id integer not null references portals on delete cascade,
  month date not null,
  company_id integer not null,
  deal_count integer not null,
  -- Those with an amount in base currency.
  priced_count integer not null,
  amount_base_minor bigint not null,
  primary key (portal_id, month, company_id)
);

-- How many won deals of a month are worth about as much. The median is looked for in one bucket of deals instead of among all of them.
create table insight_deal_amounts (
  portal_id integer not null references portals on delete cascade,
  month date not null,
  bucket bigint not null,
  deal_count integer not null,
  primary key (portal_id, month, bucket)
);

-- Won deals by the day they were won ('won'), leads and deals made without one by the day they were made ('lead'), with their origin:
-- a deal's own, else its lead's. A name of any length may be an origin, so that its hash stands in the key.
create table insight_origin_days (
  portal_id integer not null references portals on delete cascade,
  kind text not null check (kind in ('won', 'lead')),
  day date not null,
  origin uuid not null,
  source_id text not null,
  utm_source text not null,
  utm_campaign text not null,
  record_count integer not null,
  amount_base_minor bigint not null,
  without_amount integer not null,
  without_rate integer not null,
  primary key (portal_id, kind, day, origin)
);

-- Amounts that agree in their first two digits, as the lowest of them; order is kept.
create function insight_amount_bucket(amount bigint) returns bigint language sql immutable as $$
  select floor(amount::numeric / width)::bigint * width from (select (10 ^ greatest(0, length(abs(amount)::text) - 2))::bigint as width) w
$$;

drop index crm_deals__portal_won;
create index crm_deals__portal_won on crm_deals (portal_id, assigned_by_id, closed_at)
  include (created_at, category_id, company_id, amount_base_minor) where semantics = 'S';
create index crm_deals__portal_won_amount on crm_deals (portal_id, amount_base_minor, closed_at) where semantics = 'S';

-- The same kind of text as insight_upserts, from the same sources of signed deals.
create function insight_won_upserts(source text) returns setof text language sql immutable as $$
  with facts as (
    select format($q$
      with facts as (
        select d.portal_id, d.sign, d.company_id, d.amount_base_minor, date_trunc('month', d.closed_at at time zone p.time_zone)::date as month
        from (%s) d join portals p on p.portal_id = d.portal_id
        where d.semantics = 'S' and d.closed_at is not null
      )$q$, source) as sql
  )
  select sql || $q$
    insert into insight_customer_months as t
    select portal_id, month, company_id, sum(sign), coalesce(sum(sign) filter (where amount_base_minor is not null), 0), coalesce(sum(sign * amount_base_minor), 0)
    from facts where company_id > 0
    group by 1, 2, 3
    having sum(sign) <> 0 or sum(sign) filter (where amount_base_minor is not null) <> 0 or sum(sign * amount_base_minor) <> 0
    order by 1, 2, 3
    on conflict (portal_id, month, company_id) do update set
      deal_count = t.deal_count + excluded.deal_count,
      priced_count = t.priced_count + excluded.priced_count,
      amount_base_minor = t.amount_base_minor + excluded.amount_base_minor$q$
  from facts
  union all
  select sql || $q$
    insert into insight_deal_amounts as t
    select portal_id, month, insight_amount_bucket(amount_base_minor), sum(sign)
    from facts where amount_base_minor is not null
    group by 1, 2, 3
    having sum(sign) <> 0
    order by 1, 2, 3
    on conflict (portal_id, month, bucket) do update set deal_count = t.deal_count + excluded.deal_count$q$
  from facts
$$;

-- Signed deals, with the leads that are known, as facts of insight_origin_upsert.
create function insight_deal_origins(deals text, leads text) returns text language sql immutable as $$
  select format($q$
    select d.portal_id, d.sign, k.kind, (k.at at time zone p.time_zone)::date as day, coalesce(nullif(d.source_id, ''), l.source_id, '') as source_id,
      coalesce(nullif(d.utm_source, ''), l.utm_source, '') as utm_source, coalesce(nullif(d.utm_campaign, ''), l.utm_campaign, '') as utm_campaign,
      d.amount_minor, d.amount_base_minor
    from (%s) d join portals p on p.portal_id = d.portal_id
      left join (%s) l on l.portal_id = d.portal_id and l.lead_id = d.lead_id
      cross join lateral (
        select 'won' as kind, d.closed_at as at where d.semantics = 'S' and d.closed_at is not null
        union all select 'lead', d.created_at where l.lead_id is null) k$q$, deals, leads)
$$;

create function insight_lead_origins(leads text) returns text language sql immutable as $$
  select format($q$
    select l.portal_id, l.sign, 'lead' as kind, (l.created_at at time zone p.time_zone)::date as day,
      coalesce(l.source_id, '') as source_id, coalesce(l.utm_source, '') as utm_source, coalesce(l.utm_campaign, '') as utm_campaign,
      null::bigint as amount_minor, null::bigint as amount_base_minor
    from (%s) l join portals p on p.portal_id = l.portal_id$q$, leads)
$$;

create function insight_origin_upsert(facts text) returns text language sql immutable as $$
  select format($q$
    insert into insight_origin_days as t
    select portal_id, kind, day, md5(concat_ws(chr(10), source_id, utm_source, utm_campaign))::uuid, source_id, utm_source, utm_campaign, sum(sign),
      coalesce(sum(sign * amount_base_minor), 0), coalesce(sum(sign) filter (where amount_minor is null), 0),
      coalesce(sum(sign) filter (where amount_minor is not null and amount_base_minor is null), 0)
    from (%s) facts
    group by portal_id, kind, day, source_id, utm_source, utm_campaign
    having sum(sign) <> 0 or sum(sign * amount_base_minor) <> 0 or sum(sign) filter (where amount_minor is null) <> 0
      or sum(sign) filter (where amount_minor is not null and amount_base_minor is null) <> 0
    order by 1, 2, 3, 4
    on conflict (portal_id, kind, day, origin) do update set
      record_count = t.record_count + excluded.record_count,
      amount_base_minor = t.amount_base_minor + excluded.amount_base_minor,
      without_amount = t.without_amount + excluded.without_amount,
      without_rate = t.without_rate + excluded.without_rate$q$, facts)
$$;

-- Everything that a source of signed deals adds to the rollups.
create function insight_deal_upserts(source text) returns setof text language sql immutable as $$
  select insight_upserts(source) union all select insight_won_upserts(source) union all select insight_origin_upsert(insight_deal_origins(source, 'select * from crm_leads'))
$$;

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
  for upsert in select insight_deal_upserts(source) loop
    execute upsert;
  end loop;
  return null;
end $$;

-- A lead gives its deals their origin, and its deals are no leads of their own: both are counted as they were, and as they are.
create function insight_leads_changed() returns trigger language plpgsql as $$
declare
  before text := case tg_op when 'INSERT' then 'select a.* from added a where false' else 'select r.* from removed r' end;
  after text := case tg_op when 'DELETE' then 'select r.* from removed r where false' else 'select a.* from added a' end;
  deals text := format('crm_deals d where (d.portal_id, d.lead_id) in (select portal_id, lead_id from (%s union all %s) l)', before, after);
  portal integer;
begin
  for portal in execute format('select distinct portal_id from (%s union all %s) l order by 1', before, after) loop
    perform pg_advisory_xact_lock(4310020, portal);
  end loop;
  if portal is null then
    return null;
  end if;
  execute insight_origin_upsert(concat_ws(' union all ',
    insight_deal_origins(format('select -1 as sign, d.* from %s', deals), before),
    insight_deal_origins(format('select 1 as sign, d.* from %s', deals), after),
    insight_lead_origins(format('select -1 as sign, l.* from (%s) l', before)),
    insight_lead_origins(format('select 1 as sign, l.* from (%s) l', after))));
  return null;
end $$;

create trigger crm_leads__added after insert on crm_leads
  referencing new table as added for each statement execute function insight_leads_changed();
create trigger crm_leads__removed after delete on crm_leads
  referencing old table as removed for each statement execute function insight_leads_changed();
create trigger crm_leads__changed after update on crm_leads
  referencing old table as removed new table as added for each statement execute function insight_leads_changed();

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
  for upsert in
    select insight_deal_upserts(format('select 1 as sign, d.* from crm_deals d where d.portal_id = %s', portal))
    union all select insight_origin_upsert(insight_lead_origins(format('select 1 as sign, l.* from crm_leads l where l.portal_id = %s', portal)))
  loop
    execute upsert;
  end loop;
end $$;

do $$
declare
  portal integer;
begin
  for portal in select portal_id from portals loop
    perform insight_rebuild(portal);
  end loop;
end $$;
