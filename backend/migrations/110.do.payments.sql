-- What is owed, when, and how it leaves the bank. Nothing here says "paid" unless a statement or a person said so.

-- Terms that were agreed with a vendor beyond a plain number of days (vendors.payment_term_days).
create table payment_terms (
  portal_id integer not null references portals on delete cascade,
  vendor_id uuid not null,
  kind text not null check (kind in ('net', 'days_then_month_end', 'month_end_then_days')),
  days integer not null check (days between 0 and 365),
  month_day integer check (month_day between 1 and 31),
  -- One invoice for the deliveries of a month: the law allows it 45 days.
  is_periodic boolean not null default false,
  version integer not null default 1,
  updated_at timestamptz not null default now(),
  updated_by integer,
  primary key (portal_id, vendor_id),
  foreign key (portal_id, vendor_id) references vendors on delete cascade
);

-- Yearly rate of late interest in percent, from a day on. Entered by a person; without one there is no interest to show.
create table late_interest_rates (
  portal_id integer not null references portals on delete cascade,
  valid_from date not null,
  percent numeric not null check (percent >= 0 and percent <= 100),
  created_at timestamptz not null default now(),
  created_by integer,
  primary key (portal_id, valid_from)
);

-- A credit note is owed to us: its amount is negative.
create table payables (
  portal_id integer not null references portals on delete cascade,
  payable_id uuid not null default gen_random_uuid(),
  vendor_id uuid not null,
  invoice_id uuid,
  reference text not null,
  installment_no integer not null default 1 check (installment_no > 0),
  issued_on date not null,
  due_on date not null,
  -- Last lawful day; null where nobody knows the invoice's date.
  legal_due_on date,
  amount_minor bigint not null check (amount_minor <> 0),
  currency text not null,
  amount_base_minor bigint,
  status text not null default 'open' check (status in ('open', 'in_run', 'sent', 'paid', 'cancelled')),
  paid_on date,
  -- Who says that it is paid: a bank statement, or a person (cheque, direct debit, cash).
  paid_by text check (paid_by in ('statement', 'person')),
  note text,
  origin text not null default 'person' check (origin in ('person', 'csv', 'crm', 'e-invoice', 'api', 'action')),
  source_key text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  created_by integer,
  updated_at timestamptz not null default now(),
  updated_by integer,
  primary key (portal_id, payable_id),
  constraint payables__vendor unique (portal_id, payable_id, vendor_id),
  constraint payables__paid check ((status = 'paid') = (paid_on is not null) and (paid_on is null) = (paid_by is null)),
  foreign key (portal_id, vendor_id) references vendors on delete cascade,
  foreign key (portal_id, invoice_id, vendor_id) references vendor_invoices (portal_id, invoice_id, vendor_id) on delete cascade
);
create index payables__portal_vendor on payables (portal_id, vendor_id, due_on);
create index payables__portal_due on payables (portal_id, due_on) where status in ('open', 'in_run', 'sent');
create unique index payables__portal_invoice on payables (portal_id, invoice_id, installment_no) where invoice_id is not null;
create unique index payables__portal_source on payables (portal_id, source_key) where source_key is not null;

-- Accounts that payments leave from.
create table debtor_accounts (
  portal_id integer not null references portals on delete cascade,
  account_id uuid not null default gen_random_uuid(),
  name text not null,
  iban text not null,
  bic text,
  pain_version text not null default '001.001.09' check (pain_version in ('001.001.03', '001.001.09')),
  street text,
  building text,
  postal_code text,
  town text,
  country text,
  is_active boolean not null default true,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  created_by integer,
  updated_at timestamptz not null default now(),
  updated_by integer,
  primary key (portal_id, account_id),
  constraint debtor_accounts__iban unique (portal_id, iban)
);

create table payment_runs (
  portal_id integer not null references portals on delete cascade,
  run_id uuid not null default gen_random_uuid(),
  number integer not null,
  account_id uuid not null,
  execution_on date not null,
  status text not null default 'draft' check (status in ('draft', 'approved', 'exported', 'partly_confirmed', 'confirmed', 'cancelled')),
  -- Everybody who had a hand in it: none of them approves it.
  author_ids integer[] not null,
  approved_by integer,
  approved_at timestamptz,
  exported_by integer,
  exported_at timestamptz,
  cancelled_by integer,
  cancelled_at timestamptz,
  cancel_reason text,
  message_id text,
  -- The file as the bank gets it: downloaded again it is the same to the byte.
  file_name text,
  file_sha256 text,
  file_text text,
  note text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  created_by integer not null,
  updated_at timestamptz not null default now(),
  primary key (portal_id, run_id),
  constraint payment_runs__number unique (portal_id, number),
  constraint payment_runs__message unique (portal_id, message_id),
  constraint payment_runs__two_people check (approved_by is null or approved_by <> all (author_ids)),
  constraint payment_runs__file check ((file_text is null) = (file_sha256 is null)),
  foreign key (portal_id, account_id) references debtor_accounts
);
create index payment_runs__portal_created on payment_runs (portal_id, created_at desc);

create function payment_runs_keep_file() returns trigger language plpgsql as $$
begin
  raise exception 'the file of a payment run is never rewritten' using constraint = 'payment_runs__file_kept', errcode = 'check_violation';
end $$;
create trigger payment_runs__file_kept before update of file_text, file_sha256, file_name, message_id on payment_runs
  for each row when (old.file_text is not null and (new.file_text, new.file_sha256, new.file_name, new.message_id)
    is distinct from (old.file_text, old.file_sha256, old.file_name, old.message_id))
  execute function payment_runs_keep_file();

-- Name, account and address are those of the approval: what was approved is what is sent.
create table payment_run_items (
  portal_id integer not null references portals on delete cascade,
  item_id uuid not null default gen_random_uuid(),
  run_id uuid not null,
  payable_id uuid not null,
  vendor_id uuid not null,
  position integer not null,
  amount_minor bigint not null,
  currency text not null,
  execution_on date not null,
  end_to_end_id text,
  creditor_name text,
  creditor_iban text,
  creditor_bic text,
  creditor_address jsonb,
  remittance text,
  status text not null default 'waiting' check (status in ('waiting', 'sent', 'confirmed', 'returned', 'released')),
  -- Holds its payable: no other run may have it meanwhile.
  is_live boolean not null default true,
  primary key (portal_id, item_id),
  foreign key (portal_id, run_id) references payment_runs on delete cascade,
  foreign key (portal_id, vendor_id) references vendors on delete cascade,
  foreign key (portal_id, payable_id, vendor_id) references payables (portal_id, payable_id, vendor_id) on delete cascade
);
create unique index payment_run_items__live on payment_run_items (portal_id, payable_id) where is_live;
create unique index payment_run_items__end_to_end on payment_run_items (portal_id, end_to_end_id) where end_to_end_id is not null;
create index payment_run_items__portal_run on payment_run_items (portal_id, run_id, position);
create index payment_run_items__portal_vendor on payment_run_items (portal_id, vendor_id);

create table bank_statements (
  portal_id integer not null references portals on delete cascade,
  statement_id uuid not null default gen_random_uuid(),
  -- Hash of account, identity and entries: the same statement again is this row.
  statement_key text not null,
  account_iban text,
  format text not null check (format in ('camt.053', 'csv')),
  bank_reference text,
  from_on date,
  to_on date,
  currency text not null,
  opening_minor bigint,
  closing_minor bigint,
  -- Null where the statement names no balances.
  is_balanced boolean,
  file_name text not null,
  created_at timestamptz not null default now(),
  created_by integer,
  primary key (portal_id, statement_id),
  constraint bank_statements__key unique (portal_id, statement_key)
);

-- amount_minor: negative leaves the account. transaction_key: its identity in its account, whatever file brings it.
create table bank_transactions (
  portal_id integer not null references portals on delete cascade,
  transaction_id uuid not null default gen_random_uuid(),
  statement_id uuid not null,
  transaction_key text not null,
  booked_on date not null,
  value_on date,
  amount_minor bigint not null,
  currency text not null,
  end_to_end_id text,
  counterparty_name text,
  counterparty_iban text,
  remittance text,
  bank_reference text,
  is_reversal boolean not null default false,
  status text not null default 'unmatched' check (status in ('unmatched', 'matched', 'ignored')),
  decided_by integer,
  decided_at timestamptz,
  primary key (portal_id, transaction_id),
  constraint bank_transactions__key unique (portal_id, transaction_key),
  foreign key (portal_id, statement_id) references bank_statements on delete cascade
);
create index bank_transactions__portal_booked on bank_transactions (portal_id, booked_on desc);
create index bank_transactions__portal_open on bank_transactions (portal_id, booked_on) where status = 'unmatched';

-- Append-only but for its undoing: why a payable counts as paid.
create table payment_matches (
  portal_id integer not null references portals on delete cascade,
  match_id uuid not null default gen_random_uuid(),
  transaction_id uuid not null,
  payable_id uuid not null,
  vendor_id uuid not null,
  item_id uuid,
  rule text not null check (rule in ('end_to_end', 'amount', 'person', 'return')),
  matched_at timestamptz not null default now(),
  matched_by integer,
  undone_at timestamptz,
  undone_by integer,
  primary key (portal_id, match_id),
  foreign key (portal_id, transaction_id) references bank_transactions on delete cascade,
  foreign key (portal_id, vendor_id) references vendors on delete cascade,
  foreign key (portal_id, payable_id, vendor_id) references payables (portal_id, payable_id, vendor_id) on delete cascade
);
create unique index payment_matches__payable on payment_matches (portal_id, payable_id) where undone_at is null and rule <> 'return';
create index payment_matches__portal_transaction on payment_matches (portal_id, transaction_id);

-- The same arithmetic as shared/src/payments/payment-terms.ts, for invoices that come in through any door.
create function month_end(day date) returns date language sql immutable parallel safe
  return (date_trunc('month', day) + interval '1 month - 1 day')::date;

create function payment_due_on(kind text, days integer, month_day integer, issued_on date) returns date
language sql immutable parallel safe as $$
  with agreed as (
    select case kind
      when 'net' then issued_on + days
      when 'days_then_month_end' then month_end(issued_on + days)
      else month_end(issued_on) + days end as day
  ), here as (
    select day, least(date_trunc('month', day)::date + month_day - 1, month_end(day)) as wanted,
      (date_trunc('month', day) + interval '1 month')::date as next_month from agreed
  )
  select case
    when month_day is null then day
    when wanted >= day then wanted
    else least(next_month + month_day - 1, month_end(next_month)) end
  from here
$$;

create function payment_legal_due_on(kind text, is_periodic boolean, issued_on date) returns date
language sql immutable parallel safe
  return case
    when is_periodic then issued_on + 45
    when kind = 'days_then_month_end' then month_end(issued_on + 45)
    when kind = 'month_end_then_days' then month_end(issued_on) + 45
    else issued_on + 60 end;

-- A registered invoice is owed. What a person has planned or sent stays as it is.
create function payables_keep_invoices(portals_in integer[], invoices_in uuid[]) returns void language sql as $$
  insert into payables as p (portal_id, vendor_id, invoice_id, reference, issued_on, due_on, legal_due_on, amount_minor, currency,
    amount_base_minor, origin, created_by)
  select i.portal_id, i.vendor_id, i.invoice_id, i.number, i.issued_on,
    coalesce(i.due_on,
      payment_due_on(t.kind, t.days, t.month_day, i.issued_on),
      i.issued_on + v.payment_term_days,
      coalesce(i.received_on, i.issued_on) + 30),
    payment_legal_due_on(t.kind, coalesce(t.is_periodic, false), i.issued_on),
    f.amount_minor, i.currency,
    round(f.amount_minor * coalesce(i.base_rate, exchange_rate_on(i.portal_id, i.currency, i.issued_on),
      (select c.rate from crm_currencies c where c.portal_id = i.portal_id and c.currency = i.currency))
      * power(10::numeric, currency_exponent(o.currency) - currency_exponent(i.currency))),
    i.origin, i.created_by
  from unnest(portals_in, invoices_in) as wanted(portal_id, invoice_id)
    join vendor_invoices i using (portal_id, invoice_id)
    join portals o using (portal_id)
    join vendors v on v.portal_id = i.portal_id and v.vendor_id = i.vendor_id
    left join payment_terms t on t.portal_id = i.portal_id and t.vendor_id = i.vendor_id
    cross join lateral (select case i.kind when 'credit_note' then -coalesce(i.due_minor, i.total_minor) else coalesce(i.due_minor, i.total_minor) end as amount_minor) f
  where i.status in ('registered', 'disputed') and f.amount_minor <> 0
    and not exists (select from payables q where q.portal_id = i.portal_id and q.invoice_id = i.invoice_id
      and (q.status <> 'cancelled' and (q.status <> 'open' or q.version > 1) or q.installment_no > 1))
  order by i.portal_id, i.invoice_id
  on conflict (portal_id, invoice_id, installment_no) where invoice_id is not null do update set
    reference = excluded.reference, issued_on = excluded.issued_on, due_on = excluded.due_on, legal_due_on = excluded.legal_due_on,
    amount_minor = excluded.amount_minor, currency = excluded.currency, amount_base_minor = excluded.amount_base_minor,
    status = 'open', updated_at = now()
$$;

create function vendor_invoices_owe() returns trigger language plpgsql as $$
begin
  update payables p set status = 'cancelled', updated_at = now()
  from added i where i.status in ('draft', 'rejected') and p.portal_id = i.portal_id and p.invoice_id = i.invoice_id and p.status = 'open';
  perform payables_keep_invoices(array_agg(portal_id), array_agg(invoice_id)) from added where status in ('registered', 'disputed')
  having count(*) > 0;
  return null;
end $$;
create trigger vendor_invoices__owed after insert on vendor_invoices
  referencing new table as added for each statement execute function vendor_invoices_owe();
create trigger vendor_invoices__owed_changed after update on vendor_invoices
  referencing new table as added for each statement execute function vendor_invoices_owe();

select payables_keep_invoices(array_agg(portal_id), array_agg(invoice_id)) from vendor_invoices
where status in ('registered', 'disputed') having count(*) > 0;
