-- Where a vendor is taken to be at home whose data does not tell; null = nowhere. Before anybody has chosen, a French portal's are French.
alter table lifecycle_rules add column home_country text;
update lifecycle_rules r set home_country = 'FR' from portals p where p.portal_id = r.portal_id and p.language = 'fr';

create function home_country(portal integer) returns text language sql stable as $$
  select case when r.portal_id is not null then r.home_country when p.language = 'fr' then 'FR' end
  from portals p left join lifecycle_rules r on r.portal_id = p.portal_id where p.portal_id = portal
$$;

create or replace function vendor_requirements(portal integer, as_of date)
returns table (
  vendor_id uuid, requirement_id uuid, kind text, title text, country text, is_mandatory boolean, weight numeric,
  validity_months integer, max_age_months integer, needs_code boolean, "position" integer,
  threshold_minor bigint, threshold_currency text, spend_minor bigint, contract_minor bigint,
  applies boolean, ground text
) language sql stable as $$
  with money as (
    select v.vendor_id, s.spend_minor, c.contract_minor, coalesce(c.is_unpriced, false) as is_unpriced
    from vendors v
    left join lateral (
      select sum(m.amount_base_minor)::bigint as spend_minor from vendor_spend_months m
      where m.portal_id = v.portal_id and m.vendor_id = v.vendor_id
        and m.month > date_trunc('month', as_of - interval '12 months') and m.month <= as_of
    ) s on true
    left join lateral (
      select max(in_base_currency(portal, k.amount_minor * case k.amount_period when 'month' then 12 else 1 end, k.currency)) as contract_minor,
        bool_or(k.amount_minor is not null and in_base_currency(portal, k.amount_minor, k.currency) is null) as is_unpriced
      from contracts k
      where k.portal_id = v.portal_id and k.vendor_id = v.vendor_id and k.status = 'signed'
        and k.starts_on <= as_of + 31 and (k.current_ends_on is null or k.current_ends_on >= as_of)
    ) c on true
    where v.portal_id = portal
  ), asked as (
    select r.*, m.vendor_id, m.spend_minor, m.contract_minor, m.is_unpriced,
      in_base_currency(portal, r.threshold_minor, r.threshold_currency) as threshold_base
    from compliance_requirements r
    cross join money m
    join vendors v on v.portal_id = portal and v.vendor_id = m.vendor_id
    where r.portal_id = portal and r.is_on
      and (r.country is null or r.country = coalesce(vendor_country(v.country, v.vat_number, v.siren), case when trim(coalesce(v.country, '')) = '' then home_country(portal) end))
  ), judged as (
    select a.*, case
      when a.threshold_minor is null then 'always'
      when a.threshold_base is null then 'unpriced'
      when a.contract_minor >= a.threshold_base then 'contract'
      when a.spend_minor >= a.threshold_base then 'spend'
      when a.is_unpriced then 'unpriced'
      else 'below' end as ground
    from asked a
  )
  select j.vendor_id, j.requirement_id, j.kind, j.title, j.country, j.is_mandatory, j.weight,
    j.validity_months, j.max_age_months, j.needs_code, j.position,
    j.threshold_minor, j.threshold_currency, j.spend_minor, j.contract_minor, j.ground <> 'below', j.ground
  from judged j
$$;
