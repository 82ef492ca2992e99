-- What closed is worth what it was worth on the day it closed: deals at the rate of the day they were won or lost, invoices
-- of the CRM at that of their own date. What is open is worth what it would bring today.

-- Base units per one unit on a day: the rate of that day, else the first one known. Null is no rate, never 1.
create function known_rate(portal integer, wanted text, day date) returns numeric language sql stable as $$
  select case when p.currency = wanted then 1 else coalesce(
    (select r.rate from exchange_rates r where r.portal_id = portal and r.currency = wanted and r.valid_from <= day order by r.valid_from desc limit 1),
    (select r.rate from exchange_rates r where r.portal_id = portal and r.currency = wanted order by r.valid_from limit 1)) end
  from portals p where p.portal_id = portal
$$;

-- An amount of the CRM in base currency, in minor units: as of a day, or of today where there is none.
create function crm_base_amount(portal integer, amount bigint, wanted text, day date) returns bigint language sql stable as $$
  select round(amount * case when day is null
    then (select c.minor_factor from crm_currencies c where c.portal_id = portal and c.currency = wanted)
    else known_rate(portal, wanted, day) * power(10::numeric, currency_exponent(p.currency) - currency_exponent(wanted)) end)::bigint
  from portals p where p.portal_id = portal
$$;

-- After rates of a currency (null: of any) changed from a day on. What is open follows the CRM's own list.
create function crm_amounts_revalue(portal integer, wanted text, since date) returns void language sql as $$
  update crm_deals d set amount_base_minor = crm_base_amount(portal, d.amount_minor, d.currency, (d.closed_at at time zone p.time_zone)::date)
  from portals p
  where p.portal_id = portal and d.portal_id = portal and d.closed_at >= since::timestamp at time zone p.time_zone and (wanted is null or d.currency = wanted)
    and d.amount_base_minor is distinct from crm_base_amount(portal, d.amount_minor, d.currency, (d.closed_at at time zone p.time_zone)::date);
  update crm_invoices i set amount_base_minor = crm_base_amount(portal, i.amount_minor, i.currency, coalesce(i.issued_on, (i.created_at at time zone p.time_zone)::date))
  from portals p
  where p.portal_id = portal and i.portal_id = portal and coalesce(i.issued_on, (i.created_at at time zone p.time_zone)::date) >= since and (wanted is null or i.currency = wanted)
    and i.amount_base_minor is distinct from crm_base_amount(portal, i.amount_minor, i.currency, coalesce(i.issued_on, (i.created_at at time zone p.time_zone)::date));
$$;

-- A rate counts from its day on; the first one known also counts for every day before it.
create function exchange_rates_apply() returns trigger language plpgsql as $$
declare
  source text := case tg_op
    when 'INSERT' then 'select * from added'
    when 'DELETE' then 'select * from removed'
    else 'select * from added union all select * from removed'
  end;
  changed record;
begin
  for changed in execute format('select portal_id, currency, min(valid_from) as since from (%s) r group by 1, 2 order by 1, 2', source) loop
    perform crm_amounts_revalue(changed.portal_id, changed.currency, case when exists (
      select from exchange_rates k where k.portal_id = changed.portal_id and k.currency = changed.currency and k.valid_from < changed.since
    ) then changed.since else '-infinity' end);
  end loop;
  return null;
end $$;

create trigger exchange_rates__added after insert on exchange_rates
  referencing new table as added for each statement execute function exchange_rates_apply();
create trigger exchange_rates__removed after delete on exchange_rates
  referencing old table as removed for each statement execute function exchange_rates_apply();
create trigger exchange_rates__changed after update on exchange_rates
  referencing old table as removed new table as added for each statement execute function exchange_rates_apply();

-- Another zone, other days, other rates.
create or replace function insight_time_zone_changed() returns trigger language plpgsql as $$
begin
  perform crm_amounts_revalue(new.portal_id, null, '-infinity');
  perform insight_rebuild(new.portal_id);
  return null;
end $$;

select crm_amounts_revalue(portal_id, null, '-infinity') from portals;
