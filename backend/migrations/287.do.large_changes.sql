-- What is written before and after is compared row by row; a plan kept from an event of one deal would compare each of a hundred
-- thousand rows with every other.
alter function crm_deal_plans_keep() set enable_nestloop = off;
alter function crm_deal_amounts_keep() set enable_nestloop = off;
alter function decisions_note_deals() set enable_nestloop = off;

create or replace function insight_deals_changed() returns trigger language plpgsql as $$
declare
  source text := case tg_op
    when 'INSERT' then 'select 1 as sign, a.* from added a'
    when 'DELETE' then 'select -1 as sign, r.* from removed r'
    else 'select 1 as sign, a.* from added a union all select -1, r.* from removed r'
  end;
  portals integer[];
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
      where (a.category_id, a.stage_id, a.semantics, a.amount_minor, a.amount_base_minor, a.company_id, a.assigned_by_id, a.created_at, a.closed_at, a.lead_id, a.source_id, a.utm_source, a.utm_campaign)
        is distinct from (r.category_id, r.stage_id, r.semantics, r.amount_minor, r.amount_base_minor, r.company_id, r.assigned_by_id, r.created_at, r.closed_at, r.lead_id, r.source_id, r.utm_source, r.utm_campaign)$q$
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
    union all select insight_origin_upsert(insight_deal_origins(source, 'select * from crm_leads')) where has_origins
  loop
    execute upsert;
  end loop;
  return null;
end $$;
