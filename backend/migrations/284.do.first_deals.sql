-- A company's first won deal is found in the index alone: among deals of one moment the lowest number is the first.
drop index crm_deals__portal_customer;
create index crm_deals__portal_customer on crm_deals (portal_id, company_id, closed_at, deal_id)
  include (assigned_by_id, category_id, amount_base_minor) where semantics = 'S';
