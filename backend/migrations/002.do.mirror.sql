-- The CRM's facts as last seen. The portal stays the master; this is what analytics run on.
create table crm_categories (
  portal_id integer not null references portals on delete cascade,
  entity_type_id integer not null,
  category_id integer not null,
  name text not null,
  sort integer not null default 0,
  is_default boolean not null default false,
  code text,
  primary key (portal_id, entity_type_id, category_id)
);

create table crm_stages (
  portal_id integer not null references portals on delete cascade,
  entity_type_id integer not null,
  stage_id text not null,
  category_id integer not null,
  name text not null,
  sort integer not null default 0,
  semantics text not null default 'P' check (semantics in ('P', 'S', 'F')),
  color text,
  primary key (portal_id, entity_type_id, stage_id)
);

create table crm_statuses (
  portal_id integer not null references portals on delete cascade,
  directory text not null,
  status_id text not null,
  name text not null,
  sort integer not null default 0,
  primary key (portal_id, directory, status_id)
);

-- rate: base currency units per one unit of this currency; null when the portal has none.
create table crm_currencies (
  portal_id integer not null references portals on delete cascade,
  currency text not null,
  rate numeric,
  is_base boolean not null default false,
  primary key (portal_id, currency)
);

create table crm_departments (
  portal_id integer not null references portals on delete cascade,
  department_id integer not null,
  name text not null,
  parent_id integer,
  head_user_id integer,
  primary key (portal_id, department_id)
);

create table crm_users (
  portal_id integer not null references portals on delete cascade,
  user_id integer not null,
  name text not null,
  last_name text not null default '',
  position text not null default '',
  is_active boolean not null default true,
  department_ids integer[] not null default '{}',
  primary key (portal_id, user_id)
);

create table crm_companies (
  portal_id integer not null references portals on delete cascade,
  company_id integer not null,
  title text not null,
  type_id text,
  category_id integer not null default 0,
  assigned_by_id integer,
  is_my_company boolean not null default false,
  created_at timestamptz,
  updated_at timestamptz,
  synced_at timestamptz not null default now(),
  primary key (portal_id, company_id)
);
create index crm_companies__portal_type on crm_companies (portal_id, type_id);

-- amount_base_minor: amount in the portal's base currency; null when the rate is missing.
-- won_at, lost_at: when the deal entered its final stage (stage history; closing date where history is silent).
create table crm_deals (
  portal_id integer not null references portals on delete cascade,
  deal_id integer not null,
  title text not null,
  category_id integer not null default 0,
  stage_id text not null,
  semantics text not null default 'P' check (semantics in ('P', 'S', 'F')),
  amount_minor bigint,
  currency text not null,
  amount_base_minor bigint,
  company_id integer,
  assigned_by_id integer,
  source_id text,
  created_at timestamptz not null,
  begins_on date,
  closes_on date,
  moved_at timestamptz,
  closed_at timestamptz,
  updated_at timestamptz,
  synced_at timestamptz not null default now(),
  primary key (portal_id, deal_id)
);
create index crm_deals__portal_company on crm_deals (portal_id, company_id);
create index crm_deals__portal_closed on crm_deals (portal_id, semantics, closed_at) include (amount_base_minor, assigned_by_id, category_id);
create index crm_deals__portal_open on crm_deals (portal_id, stage_id) include (amount_base_minor, assigned_by_id) where semantics = 'P';

create table crm_product_rows (
  portal_id integer not null references portals on delete cascade,
  deal_id integer not null,
  product_row_id integer not null,
  product_id integer,
  product_name text not null,
  price_minor bigint not null,
  quantity numeric not null,
  discount_rate numeric not null default 0,
  primary key (portal_id, deal_id, product_row_id)
);

create table crm_stage_changes (
  portal_id integer not null references portals on delete cascade,
  stage_change_id bigint not null,
  deal_id integer not null,
  kind smallint not null,
  category_id integer not null,
  stage_id text not null,
  semantics text not null,
  at timestamptz not null,
  primary key (portal_id, stage_change_id)
);
create index crm_stage_changes__portal_deal on crm_stage_changes (portal_id, deal_id, at);

-- One row per mirrored entity: where the reading stands, so that a killed run goes on from there.
create table sync_states (
  portal_id integer not null references portals on delete cascade,
  entity text not null,
  mode text not null default 'full' check (mode in ('full', 'incremental')),
  status text not null default 'idle' check (status in ('idle', 'running', 'failed', 'paused')),
  cursor bigint not null default 0,
  -- Changes up to here have been read; the next incremental run starts a little before.
  watermark timestamptz,
  rows_read bigint not null default 0,
  rows_expected bigint,
  portal_count bigint,
  mirror_count bigint,
  started_at timestamptz,
  finished_at timestamptz,
  error_code text,
  primary key (portal_id, entity)
);

-- Hints of change that arrived as events, read again and forgotten by the next incremental run.
create table sync_hints (
  portal_id integer not null references portals on delete cascade,
  entity text not null,
  entity_id integer not null,
  is_deleted boolean not null default false,
  at timestamptz not null default now(),
  primary key (portal_id, entity, entity_id)
);
