-- A corrected rate may concern hundreds of thousands of records: what a person waits for is the rate, the records follow in batches.

-- What is still to be recalculated of a currency. A later correction begins it again, since what is recalculated follows the rates as they then are.
create table exchange_rate_revaluations (
  portal_id integer not null references portals on delete cascade,
  currency text not null,
  since date not null,
  record_count integer not null,
  done_count integer not null default 0,
  -- The last deal and the last invoice that were looked at.
  deal_id integer not null default 0,
  invoice_id integer not null default 0,
  primary key (portal_id, currency)
);

create function crm_amounts_revalue_later(portal integer, wanted text, since_day date) returns void language plpgsql as $$
declare
  since_when date := least(since_day, (select r.since from exchange_rate_revaluations r where r.portal_id = portal and r.currency = wanted));
begin
  insert into exchange_rate_revaluations as r (portal_id, currency, since, record_count)
    select portal, wanted, since_when,
      (select count(*) from crm_deals d where d.portal_id = portal and d.currency = wanted and d.closed_at >= since_when::timestamp at time zone p.time_zone)
      + (select count(*) from crm_invoices i where i.portal_id = portal and i.currency = wanted and coalesce(i.issued_on, (i.created_at at time zone p.time_zone)::date) >= since_when)
    from portals p where p.portal_id = portal
  on conflict (portal_id, currency) do update set since = excluded.since, record_count = excluded.record_count, done_count = 0, deal_id = 0, invoice_id = 0;
end $$;

-- Changes of rates and batches take turns, so that no batch writes amounts by rates that were replaced while it ran.
create function exchange_rates_take_turns(portal integer) returns void language sql as $$
  select pg_advisory_xact_lock(hashtext('exchange_rates'), portal);
$$;

-- Before the row itself is locked, which a correction that has its turn may be about to write.
create function exchange_rates_wait() returns trigger language plpgsql as $$
begin
  perform exchange_rates_take_turns(new.portal_id);
  return new;
end $$;
create trigger exchange_rates__turn before insert on exchange_rates for each row execute function exchange_rates_wait();

-- The next records of a currency, deals before invoices; nothing once all are done.
create function crm_amounts_revalue_batch(portal integer, wanted text, size integer) returns void language plpgsql as $$
declare
  pending exchange_rate_revaluations;
  zone text;
  deals integer[];
  invoices integer[] := '{}';
  looked_at integer;
begin
  perform exchange_rates_take_turns(portal);
  select * into pending from exchange_rate_revaluations where portal_id = portal and currency = wanted;
  if not found then
    return;
  end if;
  select p.time_zone into zone from portals p where p.portal_id = portal;

  select coalesce(array_agg(found.deal_id order by found.deal_id), '{}') into deals from (
    select d.deal_id from crm_deals d
    where d.portal_id = portal and d.deal_id > pending.deal_id and d.currency = wanted and d.closed_at >= pending.since::timestamp at time zone zone
    order by d.deal_id limit size) found;
  update crm_deals d set amount_base_minor = crm_base_amount(portal, d.amount_minor, wanted, (d.closed_at at time zone zone)::date)
  where d.portal_id = portal and d.deal_id = any (deals) and d.currency = wanted
    and d.amount_base_minor is distinct from crm_base_amount(portal, d.amount_minor, wanted, (d.closed_at at time zone zone)::date);
  perform pg_advisory_xact_lock(4310020, portal);
  perform insight_listed_recount(portal, deals);

  if cardinality(deals) < size then
    select coalesce(array_agg(found.invoice_id order by found.invoice_id), '{}') into invoices from (
      select i.invoice_id from crm_invoices i
      where i.portal_id = portal and i.invoice_id > pending.invoice_id and i.currency = wanted and coalesce(i.issued_on, (i.created_at at time zone zone)::date) >= pending.since
      order by i.invoice_id limit size - cardinality(deals)) found;
    update crm_invoices i set amount_base_minor = crm_base_amount(portal, i.amount_minor, wanted, coalesce(i.issued_on, (i.created_at at time zone zone)::date))
    where i.portal_id = portal and i.invoice_id = any (invoices) and i.currency = wanted
      and i.amount_base_minor is distinct from crm_base_amount(portal, i.amount_minor, wanted, coalesce(i.issued_on, (i.created_at at time zone zone)::date));
  end if;

  looked_at := cardinality(deals) + cardinality(invoices);
  if looked_at < size then
    delete from exchange_rate_revaluations where portal_id = portal and currency = wanted;
  else
    update exchange_rate_revaluations set done_count = least(record_count, done_count + looked_at),
      deal_id = coalesce(deals[cardinality(deals)], deal_id), invoice_id = coalesce(invoices[cardinality(invoices)], invoice_id)
    where portal_id = portal and currency = wanted;
  end if;
end $$;

create or replace function crm_amounts_revalue(portal integer, wanted text, since date) returns void language sql as $$
  select exchange_rates_take_turns(portal);
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

-- At once, unless the transaction says that it recalculates in batches.
create or replace function exchange_rates_apply() returns trigger language plpgsql as $$
declare
  source text := case tg_op
    when 'INSERT' then 'select * from added'
    when 'DELETE' then 'select * from removed'
    else 'select * from added union all select * from removed'
  end;
  changed record;
  since date;
begin
  for changed in execute format('select portal_id, currency, min(valid_from) as since from (%s) r group by 1, 2 order by 1, 2', source) loop
    since := case when exists (
      select from exchange_rates k where k.portal_id = changed.portal_id and k.currency = changed.currency and k.valid_from < changed.since
    ) then changed.since else '-infinity' end;
    if current_setting('comptoir.revaluation', true) = 'batches' then
      perform crm_amounts_revalue_later(changed.portal_id, changed.currency, since);
    else
      perform crm_amounts_revalue(changed.portal_id, changed.currency, since);
    end if;
  end loop;
  return null;
end $$;
