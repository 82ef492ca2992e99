-- What is to be paid stands among the other deadlines: once, on the day it is due, until it has been handed to the bank.
-- A terminated vendor is still owed its money; its contracts and documents concern nobody any more.
create or replace view vendor_deadlines as
with due as (
  select k.portal_id, k.vendor_id, 'contract.notice'::text as kind, k.contract_id as subject_id, k.notice_on as due_on,
    k.owner_user_id, true as is_mandatory, k.title
  from contracts k
  where k.status = 'signed' and k.notice_on is not null and k.notice_given_on is null and k.terminated_on is null
  union all
  select k.portal_id, k.vendor_id, case when k.is_tacitly_renewed and k.notice_given_on is null and k.terminated_on is null then 'contract.renewal' else 'contract.end' end,
    k.contract_id, least(k.terminated_on, k.current_ends_on), k.owner_user_id, true, k.title
  from contracts k
  where k.status = 'signed' and coalesce(k.terminated_on, k.current_ends_on) is not null
  union all
  select d.portal_id, d.vendor_id, 'document.expiry', d.document_id, d.valid_to, null::integer,
    exists (select from compliance_requirements r where r.portal_id = d.portal_id and r.kind = d.kind and r.is_on and r.is_mandatory),
    coalesce(d.name, d.kind)
  from (
    select distinct on (portal_id, vendor_id, kind) * from compliance_documents
    order by portal_id, vendor_id, kind, valid_to desc nulls first
  ) d
  where d.valid_to is not null
  union all
  select p.portal_id, p.vendor_id, 'payment.due', p.payable_id, p.due_on, null::integer, true, p.reference
  from payables p
  where p.status in ('open', 'in_run') and p.amount_minor > 0
)
select d.portal_id, d.vendor_id, d.kind, d.subject_id, d.due_on, coalesce(d.owner_user_id, c.assigned_by_id) as owner_user_id, d.is_mandatory, d.title
from due d
join vendors v on v.portal_id = d.portal_id and v.vendor_id = d.vendor_id and (v.status <> 'terminated' or d.kind = 'payment.due')
left join crm_companies c on c.portal_id = v.portal_id and c.company_id = v.company_id;
