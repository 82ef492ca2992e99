-- Every forecast that somebody was shown, so that what then came can be held against it. Months as an array of
-- { month, point, lower80, upper80, lower95, upper95, level, trend, season }; paths: what every other method said.
-- A viewer's forecast rests on what that viewer may see: it is kept for that viewer alone.
create table forecast_snapshots (
  portal_id integer not null references portals on delete cascade,
  snapshot_id uuid not null default gen_random_uuid(),
  user_id integer not null,
  metric text not null,
  -- null: every pipeline.
  category_id integer,
  -- The first month that was not known.
  from_month date not null,
  -- Of the values it was learned from: seen twice, kept once.
  series_hash text not null,
  currency text,
  method text not null,
  months jsonb not null,
  paths jsonb not null,
  made_at timestamptz not null default now(),
  primary key (portal_id, snapshot_id)
);
create unique index forecast_snapshots__once on forecast_snapshots (portal_id, user_id, metric, category_id, from_month, series_hash) nulls not distinct;

create table scenarios (
  portal_id integer not null references portals on delete cascade,
  scenario_id uuid not null default gen_random_uuid(),
  owner_user_id integer not null,
  name text not null,
  levers jsonb not null,
  lost_vendor_id uuid,
  assumed_ratio double precision,
  assumed_customer_days double precision,
  is_shared boolean not null default false,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (portal_id, scenario_id)
);
create index scenarios__portal_owner on scenarios (portal_id, owner_user_id);
