-- Days and amounts to pay that have moved; one notice for all instalments of a reference that move together.
create function payables_notice() returns trigger language plpgsql as $$
begin
  insert into notice_outbox (portal_id, key, kind, vendor_id, params, link, caused_by)
  select a.portal_id, 'schedule:' || txid_current() || ':' || a.vendor_id || ':' || a.reference, 'payment_schedule_changed', a.vendor_id,
    jsonb_build_object('subject', a.reference), jsonb_build_object('to', 'vendor', 'vendorId', a.vendor_id, 'section', 'payments'), max(a.updated_by)
  from added a join removed r on r.portal_id = a.portal_id and r.payable_id = a.payable_id
  where a.status = 'open' and r.status = 'open'
    and (a.due_on, a.amount_minor, a.currency) is distinct from (r.due_on, r.amount_minor, r.currency)
  group by a.portal_id, a.vendor_id, a.reference
  on conflict do nothing;
  return null;
end $$;
create trigger payables__notice after update on payables
  referencing old table as removed new table as added for each statement execute function payables_notice();
