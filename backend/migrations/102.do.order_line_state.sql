-- What became of an ordered line, looked up line by line: joined as a view, a table without statistics tempted the planner
-- to work out every line of the portal for each one that was asked for.
-- accepted: arrived and kept; invoiced: by invoices that count, credit notes taken off.
drop view order_line_progress;

create function order_line_state(of_portal integer, of_line uuid, ordered numeric, is_cancelled boolean)
returns table (received numeric, rejected numeric, accepted numeric, last_received_on date, invoiced numeric, open_quantity numeric)
language sql stable rows 1 as $$
  select r.received, r.rejected, r.received - r.rejected, r.last_received_on, i.invoiced,
    case when is_cancelled then 0 else greatest(ordered - r.received + r.rejected, 0) end
  from (
    select coalesce(sum(x.quantity), 0) as received, coalesce(sum(x.rejected_quantity), 0) as rejected,
      max((select g.received_on from goods_receipts g where g.portal_id = x.portal_id and g.receipt_id = x.receipt_id)) as last_received_on
    from goods_receipt_lines x where x.portal_id = of_portal and x.line_id = of_line
  ) r, (
    select coalesce(sum(x.quantity * (select case when v.status not in ('registered', 'disputed') then 0 when v.kind = 'credit_note' then -1 else 1 end
      from vendor_invoices v where v.portal_id = x.portal_id and v.invoice_id = x.invoice_id)), 0) as invoiced
    from vendor_invoice_lines x where x.portal_id = of_portal and x.order_line_id = of_line
  ) i
$$;
