-- The rate that amounts of a day are shown at: that of the day, else the one the CRM has now. Null without either.
create function shown_rate(portal integer, wanted text, day date) returns numeric language sql stable as $$
  select coalesce(exchange_rate_on(portal, wanted, day),
    (select c.rate from crm_currencies c where c.portal_id = portal and c.currency = wanted))
$$;

-- An amount in major units of a currency as minor units of the portal's own.
create function base_minor(portal integer, major numeric, wanted text, day date) returns bigint language sql stable as $$
  select round(major * shown_rate(portal, wanted, day) * power(10::numeric, currency_exponent(p.currency)))::bigint
  from portals p where p.portal_id = portal
$$;

-- What became of each ordered line. accepted: arrived and kept; invoiced: by invoices that count, credit notes taken off.
create view order_line_progress as
  select l.portal_id, l.line_id, l.order_id, l.vendor_id,
    coalesce(r.received, 0) as received, coalesce(r.rejected, 0) as rejected, coalesce(r.received, 0) - coalesce(r.rejected, 0) as accepted,
    r.last_received_on, coalesce(i.invoiced, 0) as invoiced,
    case when l.is_cancelled then 0 else greatest(l.quantity - coalesce(r.received, 0) + coalesce(r.rejected, 0), 0) end as open_quantity
  from purchase_order_lines l
    left join lateral (
      select sum(x.quantity) as received, sum(x.rejected_quantity) as rejected, max(g.received_on) as last_received_on
      from goods_receipt_lines x join goods_receipts g using (portal_id, receipt_id)
      where x.portal_id = l.portal_id and x.line_id = l.line_id
    ) r on true
    left join lateral (
      select sum(case v.kind when 'credit_note' then -x.quantity else x.quantity end) as invoiced
      from vendor_invoice_lines x join vendor_invoices v using (portal_id, invoice_id)
      where x.portal_id = l.portal_id and x.order_line_id = l.line_id and v.status in ('registered', 'disputed')
    ) i on true;
