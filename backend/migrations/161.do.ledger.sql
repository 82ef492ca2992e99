-- A schedule's moment is one run; by hand and by a door there may be as many as come.
drop index source_runs__portal_due;
create unique index source_runs__portal_due on source_runs (portal_id, source_id, due_at) where reason in ('schedule', 'caught_up');
create index source_runs__portal_source on source_runs (portal_id, source_id, due_at desc);

-- A file of accounting entries (FEC), as its accounting program wrote it.
create table ledger_files (
  portal_id integer not null references portals on delete cascade,
  file_id uuid not null default gen_random_uuid(),
  source_id uuid not null,
  file_name text not null,
  from_on date not null,
  to_on date not null,
  currency text not null,
  line_count integer not null,
  entry_count integer not null,
  debit_minor bigint not null,
  credit_minor bigint not null,
  -- Entries that carry the balances of the year before.
  has_opening boolean not null,
  -- What the self-check found: code, count, examples.
  faults jsonb not null,
  content_hash bytea not null,
  loaded_at timestamptz not null default now(),
  primary key (portal_id, file_id),
  foreign key (portal_id, source_id) references data_sources on delete cascade
);
create index ledger_files__portal_source on ledger_files (portal_id, source_id, from_on);

create table ledger_lines (
  portal_id integer not null references portals on delete cascade,
  file_id uuid not null,
  line_no integer not null,
  journal text not null,
  entry_number text not null,
  entry_on date not null,
  account text not null,
  account_name text not null,
  auxiliary text,
  auxiliary_name text,
  reference text not null,
  text text not null,
  debit_minor bigint not null,
  credit_minor bigint not null,
  lettering text,
  is_opening boolean not null,
  -- A customer's or vendor's line of an invoice or credit note: its entry has an account of result.
  is_invoice boolean not null,
  primary key (portal_id, file_id, line_no),
  foreign key (portal_id, file_id) references ledger_files on delete cascade
);

-- The same by month and account, written with the file: reports read this.
create table ledger_months (
  portal_id integer not null references portals on delete cascade,
  file_id uuid not null,
  month date not null,
  account text not null,
  account_name text not null,
  opening_minor bigint not null,
  debit_minor bigint not null,
  credit_minor bigint not null,
  invoiced_debit_minor bigint not null,
  invoiced_credit_minor bigint not null,
  primary key (portal_id, file_id, month, account),
  foreign key (portal_id, file_id) references ledger_files on delete cascade
);
