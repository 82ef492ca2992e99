-- Figures that come from outside the CRM: what advertising cost, what the books say.
create table data_sources (
  portal_id integer not null references portals on delete cascade,
  source_id uuid not null default gen_random_uuid(),
  dataset text not null check (dataset in ('ad_costs', 'ledger')),
  kind text not null check (kind in ('file', 'webhook', 'address')),
  name text not null,
  -- How a delivered table is read: columns by name, order of dates, decimal mark, currency.
  settings jsonb not null,
  address text,
  -- Values of secret headers, sealed together; their names are shown.
  headers_sealed bytea,
  header_names text[] not null default '{}',
  -- The key of an inbound door, as a hash: it is shown once.
  key_hash bytea unique,
  key_hint text,
  minute timestamptz,
  minute_calls integer not null default 0,
  recurrence jsonb,
  time_zone text,
  is_paused boolean not null default false,
  next_run_at timestamptz,
  -- Taken away, and brought back for a day.
  removed_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  created_by integer,
  updated_at timestamptz not null default now(),
  updated_by integer,
  primary key (portal_id, source_id),
  constraint data_sources__way check (
    (kind = 'address') = (address is not null) and (kind = 'webhook') = (key_hash is not null) and (dataset = 'ad_costs' or kind = 'file'))
);
create index data_sources__due on data_sources (next_run_at) where next_run_at is not null and not is_paused and removed_at is null;

-- One row per delivery: what came, what became of it.
create table source_runs (
  portal_id integer not null references portals on delete cascade,
  run_id uuid not null default gen_random_uuid(),
  source_id uuid not null,
  reason text not null check (reason in ('person', 'schedule', 'caught_up', 'delivery')),
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
  file_name text,
  rows_read integer not null default 0,
  rows_new integer not null default 0,
  rows_changed integer not null default 0,
  rows_same integer not null default 0,
  rows_refused integer not null default 0,
  error_code text,
  error_details jsonb,
  due_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (portal_id, run_id),
  foreign key (portal_id, source_id) references data_sources on delete cascade
);
create unique index source_runs__portal_due on source_runs (portal_id, source_id, due_at);

-- The key is what the row says, folded: the same delivery twice is one row, a corrected one replaces it.
create table ad_costs (
  portal_id integer not null references portals on delete cascade,
  source_id uuid not null,
  day date not null,
  channel_key text not null,
  campaign_key text not null,
  channel text not null,
  campaign text not null,
  impressions bigint,
  clicks bigint,
  cost_minor bigint not null,
  currency text not null,
  primary key (portal_id, source_id, day, channel_key, campaign_key),
  foreign key (portal_id, source_id) references data_sources on delete cascade
);
create index ad_costs__portal_day on ad_costs (portal_id, day);

-- Which source of the CRM an advertising channel stands for, where its name does not say so.
create table ad_channel_links (
  portal_id integer not null references portals on delete cascade,
  channel_key text not null,
  crm_source_id text not null,
  updated_at timestamptz not null default now(),
  updated_by integer,
  primary key (portal_id, channel_key)
);
