-- Journals and accounts that entries are written to, and the doors for accounting programs.

-- A portal without a row has the defaults of the program.
create table accounting_settings (
  portal_id integer primary key references portals on delete cascade,
  siren text,
  purchase_journal text not null,
  purchase_journal_name text not null,
  bank_journal text not null,
  bank_journal_name text not null,
  payable_account text not null,
  expense_account text not null,
  tax_account text not null,
  bank_account text not null,
  -- Expense account by category of purchase.
  category_accounts jsonb not null default '{}',
  fec_separator text not null default 'tab' check (fec_separator in ('tab', 'pipe')),
  version integer not null default 1,
  updated_at timestamptz not null default now(),
  updated_by integer
);

-- The key itself is kept as a hash: it is shown once. The signing secret has to be readable to check signatures: sealed.
create table accounting_keys (
  portal_id integer not null references portals on delete cascade,
  key_id uuid not null default gen_random_uuid(),
  name text not null,
  hint text not null,
  key_hash bytea not null unique,
  signing_secret bytea not null,
  scopes text[] not null check (cardinality(scopes) > 0 and scopes <@ array['invoices:write', 'journal:read']),
  created_at timestamptz not null default now(),
  created_by integer,
  last_used_at timestamptz,
  revoked_at timestamptz,
  revoked_by integer,
  -- Calls within the running minute, whichever process took them.
  minute timestamptz,
  minute_calls integer not null default 0,
  primary key (portal_id, key_id)
);

-- One row per delivery: the same one again answers what the first did.
create table accounting_deliveries (
  portal_id integer not null references portals on delete cascade,
  key_id uuid not null,
  idempotency_key text not null,
  body_hash bytea not null,
  invoice_id uuid,
  received_at timestamptz not null default now(),
  primary key (portal_id, key_id, idempotency_key),
  foreign key (portal_id, key_id) references accounting_keys on delete cascade
);
