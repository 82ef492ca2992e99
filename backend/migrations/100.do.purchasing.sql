-- What was ordered, promised, delivered and invoiced. Every row hangs on a vendor and leaves with it.
-- origin: the door the row came through; source_key: its identity there, so that the same delivery twice is one row.
-- Prices are decimals in major units (a screw costs 0.0042); amounts of a document are minor units.

-- Decimal places of a currency, as shared/src/money.ts has them from the runtime.
create function currency_exponent(currency text) returns integer language sql immutable parallel safe as $$
  select case
    when currency in ('AFN', 'ALL', 'BIF', 'CLP', 'COP', 'DJF', 'GNF', 'HUF', 'IDR', 'IQD', 'IRR', 'ISK', 'JPY', 'KMF', 'KPW', 'KRW', 'LAK', 'LBP', 'MGA', 'MMK', 'PKR', 'PYG', 'RWF', 'SLL', 'SOS', 'SYP', 'UGX', 'VND', 'VUV', 'XAF', 'XOF', 'XPF', 'YER') then 0
    when currency in ('BHD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') then 3
    else 2 end
$$;

-- History of rates: base currency units per one unit from that day on. Kept from the CRM's currencies, or entered.
create table exchange_rates (
  portal_id integer not null references portals on delete cascade,
  currency text not null,
  valid_from date not null,
  rate numeric not null constraint exchange_rates__rate check (rate > 0),
  is_entered boolean not null default false,
  created_at timestamptz not null default now(),
  created_by integer,
  primary key (portal_id, currency, valid_from)
);

-- The CRM's list is replaced at every reading: only a rate other than the last one known begins a new day.
create function exchange_rates_keep() returns trigger language plpgsql as $$
begin
  insert into exchange_rates as r (portal_id, currency, valid_from, rate)
  select n.portal_id, n.currency, (now() at time zone p.time_zone)::date, n.rate
  from added n join portals p using (portal_id)
  where n.rate > 0 and not n.is_base and n.rate is distinct from (
    select k.rate from exchange_rates k where k.portal_id = n.portal_id and k.currency = n.currency
      and k.valid_from <= (now() at time zone p.time_zone)::date order by k.valid_from desc limit 1)
  on conflict (portal_id, currency, valid_from) do update set rate = excluded.rate where not r.is_entered;
  return null;
end $$;

create trigger crm_currencies__rates_added after insert on crm_currencies
  referencing new table as added for each statement execute function exchange_rates_keep();
create trigger crm_currencies__rates_changed after update on crm_currencies
  referencing new table as added for each statement execute function exchange_rates_keep();

insert into exchange_rates (portal_id, currency, valid_from, rate)
  select c.portal_id, c.currency, (now() at time zone p.time_zone)::date, c.rate
  from crm_currencies c join portals p using (portal_id) where c.rate > 0 and not c.is_base;

-- Base units per one unit on a day. No rate is null: whoever asks must say so, and never count it as 1.
create function exchange_rate_on(portal integer, wanted text, day date) returns numeric language sql stable as $$
  select case when p.currency = wanted then 1 else (
    select r.rate from exchange_rates r where r.portal_id = portal and r.currency = wanted and r.valid_from <= day
    order by r.valid_from desc limit 1) end
  from portals p where p.portal_id = portal
$$;

create table purchase_orders (
  portal_id integer not null references portals on delete cascade,
  order_id uuid not null default gen_random_uuid(),
  vendor_id uuid not null,
  number text not null,
  ordered_on date not null,
  currency text not null,
  status text not null default 'confirmed' check (status in ('draft', 'confirmed', 'closed', 'cancelled')),
  deal_id integer,
  department text,
  buyer_user_id integer,
  category text,
  note text,
  origin text not null default 'person' check (origin in ('person', 'csv', 'crm', 'e-invoice', 'api', 'action')),
  source_key text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  created_by integer,
  updated_at timestamptz not null default now(),
  updated_by integer,
  primary key (portal_id, order_id),
  constraint purchase_orders__vendor unique (portal_id, order_id, vendor_id),
  foreign key (portal_id, vendor_id) references vendors on delete cascade
);
create index purchase_orders__portal_vendor on purchase_orders (portal_id, vendor_id, ordered_on);
create index purchase_orders__portal_number on purchase_orders (portal_id, number);
create index purchase_orders__portal_deal on purchase_orders (portal_id, deal_id) where deal_id is not null;
create unique index purchase_orders__portal_source on purchase_orders (portal_id, source_key) where source_key is not null;

-- promised_on is the first confirmed promise and stays; what was promised later is in order_line_promises.
create table purchase_order_lines (
  portal_id integer not null references portals on delete cascade,
  line_id uuid not null default gen_random_uuid(),
  order_id uuid not null,
  vendor_id uuid not null,
  position integer not null,
  item_code text,
  item_name text not null,
  unit text,
  quantity numeric not null,
  unit_price numeric,
  requested_on date,
  promised_on date,
  is_cancelled boolean not null default false,
  source_key text,
  primary key (portal_id, line_id),
  foreign key (portal_id, vendor_id) references vendors on delete cascade,
  foreign key (portal_id, order_id, vendor_id) references purchase_orders (portal_id, order_id, vendor_id) on delete cascade
);
create index purchase_order_lines__portal_order on purchase_order_lines (portal_id, order_id, position);
create index purchase_order_lines__portal_vendor on purchase_order_lines (portal_id, vendor_id, promised_on);
create index purchase_order_lines__portal_item on purchase_order_lines (portal_id, item_code) where item_code is not null;
create unique index purchase_order_lines__portal_source on purchase_order_lines (portal_id, source_key) where source_key is not null;

-- Every promise of a line in the order in which it was given, the first included.
create table order_line_promises (
  portal_id integer not null references portals on delete cascade,
  promise_id uuid not null default gen_random_uuid(),
  line_id uuid not null,
  promised_on date not null,
  stated_at timestamptz not null default now(),
  by_user_id integer,
  primary key (portal_id, promise_id),
  foreign key (portal_id, line_id) references purchase_order_lines on delete cascade
);
create index order_line_promises__portal_line on order_line_promises (portal_id, line_id, stated_at);

create function purchase_order_lines_freeze() returns trigger language plpgsql as $$
begin
  if old.promised_on is not null and new.promised_on is distinct from old.promised_on then
    raise exception 'the first promise of an order line is kept' using constraint = 'purchase_order_lines__first_promise', errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger purchase_order_lines__first_promise before update of promised_on on purchase_order_lines
  for each row execute function purchase_order_lines_freeze();

create function order_line_promises_first() returns trigger language plpgsql as $$
begin
  update purchase_order_lines l set promised_on = new.promised_on
  where l.portal_id = new.portal_id and l.line_id = new.line_id and l.promised_on is null;
  return null;
end $$;
create trigger order_line_promises__first after insert on order_line_promises
  for each row execute function order_line_promises_first();

-- A promise written on the line itself is a promise like any other.
create function purchase_order_lines_promise() returns trigger language plpgsql as $$
begin
  insert into order_line_promises (portal_id, line_id, promised_on)
  select new.portal_id, new.line_id, new.promised_on
  where not exists (select from order_line_promises p where p.portal_id = new.portal_id and p.line_id = new.line_id);
  return null;
end $$;
create trigger purchase_order_lines__promise_added after insert on purchase_order_lines
  for each row when (new.promised_on is not null) execute function purchase_order_lines_promise();
create trigger purchase_order_lines__promise_set after update of promised_on on purchase_order_lines
  for each row when (old.promised_on is null and new.promised_on is not null) execute function purchase_order_lines_promise();

create table goods_receipts (
  portal_id integer not null references portals on delete cascade,
  receipt_id uuid not null default gen_random_uuid(),
  vendor_id uuid not null,
  number text not null,
  received_on date not null,
  note text,
  origin text not null default 'person' check (origin in ('person', 'csv', 'crm', 'e-invoice', 'api', 'action')),
  source_key text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  created_by integer,
  updated_at timestamptz not null default now(),
  updated_by integer,
  primary key (portal_id, receipt_id),
  constraint goods_receipts__vendor unique (portal_id, receipt_id, vendor_id),
  foreign key (portal_id, vendor_id) references vendors on delete cascade
);
create index goods_receipts__portal_vendor on goods_receipts (portal_id, vendor_id, received_on);
create unique index goods_receipts__portal_source on goods_receipts (portal_id, source_key) where source_key is not null;

-- quantity is what arrived, the rejected part included.
create table goods_receipt_lines (
  portal_id integer not null references portals on delete cascade,
  receipt_line_id uuid not null default gen_random_uuid(),
  receipt_id uuid not null,
  vendor_id uuid not null,
  position integer not null default 1,
  line_id uuid,
  item_code text,
  item_name text,
  quantity numeric not null,
  rejected_quantity numeric not null default 0,
  reject_reason text,
  source_key text,
  primary key (portal_id, receipt_line_id),
  constraint goods_receipt_lines__rejected check (rejected_quantity >= 0 and (rejected_quantity <= quantity or quantity < 0)),
  foreign key (portal_id, vendor_id) references vendors on delete cascade,
  foreign key (portal_id, receipt_id, vendor_id) references goods_receipts (portal_id, receipt_id, vendor_id) on delete cascade,
  foreign key (portal_id, line_id) references purchase_order_lines
);
create index goods_receipt_lines__portal_receipt on goods_receipt_lines (portal_id, receipt_id);
create index goods_receipt_lines__portal_line on goods_receipt_lines (portal_id, line_id) where line_id is not null;
create index goods_receipt_lines__portal_vendor on goods_receipt_lines (portal_id, vendor_id);
create unique index goods_receipt_lines__portal_source on goods_receipt_lines (portal_id, source_key) where source_key is not null;

-- Amounts of a credit note are positive, as its paper has them; it counts as less spend.
-- due_minor: what is left to pay where the document states another amount than its total (prepayments).
-- base_rate: the rate the invoice itself is held to; null takes the rate of its day.
create table vendor_invoices (
  portal_id integer not null references portals on delete cascade,
  invoice_id uuid not null default gen_random_uuid(),
  vendor_id uuid not null,
  kind text not null default 'invoice' check (kind in ('invoice', 'credit_note')),
  number text not null,
  issued_on date not null,
  due_on date,
  received_on date,
  currency text not null,
  net_minor bigint not null,
  tax_minor bigint not null default 0,
  total_minor bigint not null,
  due_minor bigint,
  base_rate numeric constraint vendor_invoices__base_rate check (base_rate > 0),
  status text not null default 'registered' check (status in ('draft', 'registered', 'disputed', 'rejected')),
  iban text,
  payment_reference text,
  order_id uuid,
  credited_invoice_id uuid,
  deal_id integer,
  -- Name, SHA-256 and profile of the file it was read from.
  document jsonb,
  note text,
  -- A person looked at the differences to order and receipt and takes them.
  match_accepted_at timestamptz,
  match_accepted_by integer,
  match_note text,
  origin text not null default 'person' check (origin in ('person', 'csv', 'crm', 'e-invoice', 'api', 'action')),
  source_key text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  created_by integer,
  updated_at timestamptz not null default now(),
  updated_by integer,
  primary key (portal_id, invoice_id),
  constraint vendor_invoices__vendor unique (portal_id, invoice_id, vendor_id),
  foreign key (portal_id, vendor_id) references vendors on delete cascade,
  foreign key (portal_id, order_id) references purchase_orders on delete set null (order_id),
  foreign key (portal_id, credited_invoice_id) references vendor_invoices on delete set null (credited_invoice_id)
);
create index vendor_invoices__portal_vendor on vendor_invoices (portal_id, vendor_id, issued_on);
create index vendor_invoices__portal_issued on vendor_invoices (portal_id, issued_on);
create index vendor_invoices__portal_order on vendor_invoices (portal_id, order_id) where order_id is not null;
create index vendor_invoices__portal_credited on vendor_invoices (portal_id, credited_invoice_id) where credited_invoice_id is not null;
create unique index vendor_invoices__portal_source on vendor_invoices (portal_id, source_key) where source_key is not null;

create table vendor_invoice_lines (
  portal_id integer not null references portals on delete cascade,
  invoice_line_id uuid not null default gen_random_uuid(),
  invoice_id uuid not null,
  vendor_id uuid not null,
  position integer not null,
  order_line_id uuid,
  item_code text,
  description text not null,
  quantity numeric not null default 1,
  net_minor bigint not null,
  tax_rate numeric,
  tax_category text,
  account text,
  category text,
  primary key (portal_id, invoice_line_id),
  foreign key (portal_id, vendor_id) references vendors on delete cascade,
  foreign key (portal_id, invoice_id, vendor_id) references vendor_invoices (portal_id, invoice_id, vendor_id) on delete cascade,
  foreign key (portal_id, order_line_id) references purchase_order_lines
);
create index vendor_invoice_lines__portal_invoice on vendor_invoice_lines (portal_id, invoice_id, position);
create index vendor_invoice_lines__portal_order_line on vendor_invoice_lines (portal_id, order_line_id) where order_line_id is not null;
create index vendor_invoice_lines__portal_vendor on vendor_invoice_lines (portal_id, vendor_id);

-- A registered invoice is spend: one purchase per line, kept here and nowhere else.
alter table purchases add column invoice_line_id uuid,
  add constraint purchases__invoice_line foreign key (portal_id, invoice_line_id) references vendor_invoice_lines on delete cascade;
create unique index purchases__portal_invoice_line on purchases (portal_id, invoice_line_id) where invoice_line_id is not null;

-- Lines of these invoices as purchases. The day's rate, else the one the CRM has now, as for every other purchase.
create function purchases_keep_invoices(portals_in integer[], invoices_in uuid[]) returns void language sql as $$
  with facts as (
    select l.portal_id, l.vendor_id, l.invoice_line_id, i.issued_on, i.currency, i.number, l.description, i.created_by,
      case i.kind when 'credit_note' then -l.net_minor else l.net_minor end as amount_minor,
      coalesce(l.category, o.category) as category, o.department, coalesce(i.deal_id, o.deal_id) as deal_id,
      coalesce(i.base_rate, exchange_rate_on(i.portal_id, i.currency, i.issued_on),
        (select c.rate from crm_currencies c where c.portal_id = i.portal_id and c.currency = i.currency))
        * power(10::numeric, currency_exponent(p.currency) - currency_exponent(i.currency)) as factor
    from unnest(portals_in, invoices_in) as wanted(portal_id, invoice_id)
      join vendor_invoices i using (portal_id, invoice_id)
      join vendor_invoice_lines l using (portal_id, invoice_id)
      join portals p using (portal_id)
      left join purchase_orders o on o.portal_id = i.portal_id and o.order_id = i.order_id
    where i.status in ('registered', 'disputed')
  )
  insert into purchases as p (portal_id, vendor_id, spent_on, amount_minor, currency, amount_base_minor, reference, label,
    category, department, deal_id, source_key, created_by, invoice_line_id)
  select portal_id, vendor_id, issued_on, amount_minor, currency, round(amount_minor * factor), number, description,
    category, department, deal_id, 'invoice:' || invoice_line_id, created_by, invoice_line_id
  from facts order by portal_id, vendor_id, invoice_line_id
  on conflict (portal_id, invoice_line_id) where invoice_line_id is not null do update set
    vendor_id = excluded.vendor_id, spent_on = excluded.spent_on, amount_minor = excluded.amount_minor, currency = excluded.currency,
    amount_base_minor = excluded.amount_base_minor, reference = excluded.reference, label = excluded.label,
    category = excluded.category, department = excluded.department, deal_id = excluded.deal_id
  where (p.vendor_id, p.spent_on, p.amount_minor, p.currency, p.amount_base_minor, p.reference, p.label, p.category, p.department, p.deal_id)
    is distinct from (excluded.vendor_id, excluded.spent_on, excluded.amount_minor, excluded.currency, excluded.amount_base_minor,
      excluded.reference, excluded.label, excluded.category, excluded.department, excluded.deal_id)
$$;

create function vendor_invoice_lines_spend() returns trigger language plpgsql as $$
begin
  perform purchases_keep_invoices(array_agg(portal_id), array_agg(invoice_id)) from (select distinct portal_id, invoice_id from added) a
  having count(*) > 0;
  return null;
end $$;
create trigger vendor_invoice_lines__spend_added after insert on vendor_invoice_lines
  referencing new table as added for each statement execute function vendor_invoice_lines_spend();
create trigger vendor_invoice_lines__spend_changed after update on vendor_invoice_lines
  referencing new table as added for each statement execute function vendor_invoice_lines_spend();

create function vendor_invoices_spend() returns trigger language plpgsql as $$
begin
  delete from purchases p using added i, vendor_invoice_lines l
  where i.status in ('draft', 'rejected') and l.portal_id = i.portal_id and l.invoice_id = i.invoice_id
    and p.portal_id = l.portal_id and p.invoice_line_id = l.invoice_line_id;
  perform purchases_keep_invoices(array_agg(portal_id), array_agg(invoice_id)) from added where status in ('registered', 'disputed')
  having count(*) > 0;
  return null;
end $$;
create trigger vendor_invoices__spend_changed after update on vendor_invoices
  referencing new table as added for each statement execute function vendor_invoices_spend();

-- What an order says of its deal, department and category goes for its invoices.
create function purchase_orders_spend() returns trigger language plpgsql as $$
begin
  perform purchases_keep_invoices(array_agg(i.portal_id), array_agg(i.invoice_id)) from added o
    join vendor_invoices i on i.portal_id = o.portal_id and i.order_id = o.order_id
  having count(*) > 0;
  return null;
end $$;
create trigger purchase_orders__spend_changed after update on purchase_orders
  referencing new table as added for each statement execute function purchase_orders_spend();

-- Agreed prices by item, for a time.
create table contract_prices (
  portal_id integer not null references portals on delete cascade,
  price_id uuid not null default gen_random_uuid(),
  vendor_id uuid not null,
  item_code text not null,
  item_name text,
  price numeric not null,
  currency text not null,
  valid_from date,
  valid_to date,
  contract_id uuid,
  origin text not null default 'person' check (origin in ('person', 'csv', 'crm', 'e-invoice', 'api', 'action')),
  source_key text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  created_by integer,
  updated_at timestamptz not null default now(),
  updated_by integer,
  primary key (portal_id, price_id),
  constraint contract_prices__days check (valid_to >= valid_from),
  foreign key (portal_id, vendor_id) references vendors on delete cascade
);
create index contract_prices__portal_vendor on contract_prices (portal_id, vendor_id, item_code);
create unique index contract_prices__portal_source on contract_prices (portal_id, source_key) where source_key is not null;

-- What a vendor was asked, and when it answered.
create table vendor_requests (
  portal_id integer not null references portals on delete cascade,
  request_id uuid not null default gen_random_uuid(),
  vendor_id uuid not null,
  subject text not null,
  sent_at timestamptz not null,
  answered_at timestamptz,
  sla_hours numeric,
  note text,
  origin text not null default 'person' check (origin in ('person', 'csv', 'crm', 'e-invoice', 'api', 'action')),
  source_key text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  created_by integer,
  updated_at timestamptz not null default now(),
  updated_by integer,
  primary key (portal_id, request_id),
  constraint vendor_requests__answered check (answered_at >= sent_at),
  foreign key (portal_id, vendor_id) references vendors on delete cascade
);
create index vendor_requests__portal_vendor on vendor_requests (portal_id, vendor_id, sent_at);
create unique index vendor_requests__portal_source on vendor_requests (portal_id, source_key) where source_key is not null;

-- How far an invoice may be from its order and receipt. Without vendor: the portal's own.
create table match_tolerances (
  portal_id integer not null references portals on delete cascade,
  tolerance_id uuid not null default gen_random_uuid(),
  vendor_id uuid,
  price_percent numeric not null default 2 check (price_percent between 0 and 100),
  quantity_percent numeric not null default 0 check (quantity_percent between 0 and 100),
  -- In the portal's currency, for a line.
  amount_minor bigint not null default 500 check (amount_minor >= 0),
  version integer not null default 1,
  updated_at timestamptz not null default now(),
  updated_by integer,
  primary key (portal_id, tolerance_id),
  constraint match_tolerances__vendor unique nulls not distinct (portal_id, vendor_id),
  foreign key (portal_id, vendor_id) references vendors on delete cascade
);

-- A round asks several vendors the same; each answers with a quotation, line by line.
create table quotation_rounds (
  portal_id integer not null references portals on delete cascade,
  round_id uuid not null default gen_random_uuid(),
  title text not null,
  currency text not null,
  opened_on date not null,
  closes_on date,
  status text not null default 'open' check (status in ('open', 'awarded', 'cancelled')),
  category text,
  deal_id integer,
  note text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  created_by integer,
  updated_at timestamptz not null default now(),
  updated_by integer,
  primary key (portal_id, round_id)
);

create table quotation_items (
  portal_id integer not null references portals on delete cascade,
  item_id uuid not null default gen_random_uuid(),
  round_id uuid not null,
  position integer not null,
  item_code text,
  item_name text not null,
  unit text,
  quantity numeric not null constraint quotation_items__quantity check (quantity > 0),
  -- Whose line was taken.
  awarded_vendor_id uuid,
  primary key (portal_id, item_id),
  constraint quotation_items__round unique (portal_id, item_id, round_id),
  foreign key (portal_id, round_id) references quotation_rounds on delete cascade
);
create index quotation_items__portal_round on quotation_items (portal_id, round_id, position);

create table quotations (
  portal_id integer not null references portals on delete cascade,
  quotation_id uuid not null default gen_random_uuid(),
  round_id uuid not null,
  vendor_id uuid not null,
  number text,
  received_on date,
  valid_until date,
  currency text not null,
  lead_time_days integer,
  payment_term_days integer,
  terms text,
  shipping_minor bigint,
  is_declined boolean not null default false,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  created_by integer,
  updated_at timestamptz not null default now(),
  updated_by integer,
  primary key (portal_id, quotation_id),
  constraint quotations__round_vendor unique (portal_id, round_id, vendor_id),
  foreign key (portal_id, round_id) references quotation_rounds on delete cascade,
  foreign key (portal_id, vendor_id) references vendors on delete cascade
);
create index quotations__portal_vendor on quotations (portal_id, vendor_id);

create table quotation_lines (
  portal_id integer not null references portals on delete cascade,
  quotation_id uuid not null,
  item_id uuid not null,
  unit_price numeric,
  lead_time_days integer,
  note text,
  primary key (portal_id, quotation_id, item_id),
  foreign key (portal_id, quotation_id) references quotations on delete cascade,
  foreign key (portal_id, item_id) references quotation_items on delete cascade
);
create index quotation_lines__portal_item on quotation_lines (portal_id, item_id);
