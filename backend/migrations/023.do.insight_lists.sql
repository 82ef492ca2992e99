-- Lists of a million deals begin at the end of an index: newest closings first, largest open amounts first.
create index crm_deals__portal_closing on crm_deals (portal_id, closed_at) where closed_at is not null;
create index crm_deals__portal_largest on crm_deals (portal_id, (coalesce(amount_base_minor, 0)), deal_id) where semantics = 'P';
-- How long open deals have stood where they are, without looking at their rows.
create index crm_deals__portal_standing on crm_deals (portal_id, stage_id)
  include (moved_at, created_at, assigned_by_id, category_id) where semantics = 'P';
