-- What customers bought is added up from the index alone, without looking at the deals.
drop index crm_deals__portal_closed;
create index crm_deals__portal_closed on crm_deals (portal_id, semantics, closed_at) include (amount_base_minor, assigned_by_id, category_id, company_id);
