-- Which deals were closed in a period is read from the index alone, for what hangs on them: products and activities.
drop index crm_deals__portal_closed;
create index crm_deals__portal_closed on crm_deals (portal_id, semantics, closed_at) include (amount_base_minor, assigned_by_id, category_id, company_id, deal_id, created_at);
