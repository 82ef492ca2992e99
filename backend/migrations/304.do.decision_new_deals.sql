-- A deal that is created has reached its first stage, and has an amount that nothing stood before. Only deals that are
-- new in the portal count: a first or a full reading brings thousands that are not.
create function decisions_note_new_deals() returns trigger language plpgsql as $$
begin
  if not exists (select from decision_rules where is_on and trigger->>'kind' in ('deal_stage', 'deal_amount')) then
    return null;
  end if;
  insert into decision_events (portal_id, kind, deal_id, facts)
  select a.portal_id, e.kind, a.deal_id, e.facts
  from added a
  cross join lateral (
    select 'deal_stage' as kind, jsonb_build_object('before', null, 'after', a.stage_id) as facts
    union all
    select 'deal_amount', jsonb_build_object('before', null, 'after', a.amount_minor, 'currency', a.currency) where a.amount_minor is not null
  ) e
  where a.created_at > now() - interval '1 day'
    and exists (select from decision_rules r where r.portal_id = a.portal_id and r.is_on and r.trigger->>'kind' = e.kind);
  return null;
end $$;

create trigger crm_deals__decided_new after insert on crm_deals
  referencing new table as added for each statement execute function decisions_note_new_deals();
