-- Rules by which vendors are scored. Every change is a new version: a stored score names the one it was made by.
create table scorecard_settings (
  portal_id integer not null references portals on delete cascade,
  version integer not null,
  rules jsonb not null,
  created_at timestamptz not null default now(),
  created_by integer,
  primary key (portal_id, version)
);

-- The score of a vendor at the end of a month, and of the month alone, as they were worked out then.
create table scorecard_snapshots (
  portal_id integer not null references portals on delete cascade,
  snapshot_id uuid not null default gen_random_uuid(),
  vendor_id uuid not null,
  -- First day of the month.
  month date not null,
  -- On the month's last day, over the whole period of the rules; null = not available.
  score double precision,
  coverage double precision not null,
  standing text not null,
  -- Of what belongs to the month; null = too little, and inactive when nothing but papers.
  month_score double precision,
  is_active boolean not null,
  figures jsonb not null,
  -- Of everything that went in: whether a later recomputation looks at the same documents.
  inputs_hash text not null,
  formula_version integer not null,
  settings_version integer not null,
  created_at timestamptz not null default now(),
  primary key (portal_id, snapshot_id),
  constraint scorecard_snapshots__vendor_month unique (portal_id, vendor_id, month),
  foreign key (portal_id, vendor_id) references vendors on delete cascade
);
create index scorecard_snapshots__portal_month on scorecard_snapshots (portal_id, month);

-- Months that are written whole: what is missing in one that is not is added, what is there stays.
create table scorecard_months (
  portal_id integer not null references portals on delete cascade,
  month date not null,
  vendor_count integer not null,
  written_at timestamptz not null default now(),
  primary key (portal_id, month)
);

-- What was said about a score. An adjustment keeps the computed score beside the one that is to hold.
create table score_comments (
  portal_id integer not null references portals on delete cascade,
  comment_id uuid not null default gen_random_uuid(),
  snapshot_id uuid not null,
  vendor_id uuid not null,
  kind text not null check (kind in ('contest', 'answer', 'adjustment')),
  body text not null check (body <> ''),
  computed_score double precision,
  adjusted_score double precision check (adjusted_score between 0 and 100),
  created_at timestamptz not null default now(),
  created_by integer,
  primary key (portal_id, comment_id),
  foreign key (portal_id, snapshot_id) references scorecard_snapshots on delete cascade,
  foreign key (portal_id, vendor_id) references vendors on delete cascade,
  check ((kind = 'adjustment') = (adjusted_score is not null))
);
create index score_comments__portal_snapshot on score_comments (portal_id, snapshot_id, created_at);
create index score_comments__portal_vendor on score_comments (portal_id, vendor_id);

-- Neither is ever changed, nor taken away but together with the vendor or the portal.
create function scorecard_keeps() returns trigger language plpgsql as $$
begin
  -- A cascade runs inside the trigger of the row that goes.
  if tg_op = 'DELETE' and pg_trigger_depth() > 1 then
    return old;
  end if;
  raise exception 'a stored score is kept as it is' using constraint = tg_table_name || '__kept', errcode = 'check_violation';
end $$;
create trigger scorecard_snapshots__kept before update or delete on scorecard_snapshots for each row execute function scorecard_keeps();
create trigger score_comments__kept before update or delete on score_comments for each row execute function scorecard_keeps();

-- Weights that somebody likes to look at the vendors by.
create table score_weight_profiles (
  portal_id integer not null references portals on delete cascade,
  profile_id uuid not null default gen_random_uuid(),
  name text not null check (name <> ''),
  weights jsonb not null,
  is_shared boolean not null default false,
  owner_user_id integer not null,
  created_at timestamptz not null default now(),
  primary key (portal_id, profile_id),
  constraint score_weight_profiles__name unique (portal_id, owner_user_id, name)
);

-- The standing people were last told of.
create table vendor_standings (
  portal_id integer not null references portals on delete cascade,
  vendor_id uuid not null,
  standing text not null,
  score double precision,
  since date not null,
  primary key (portal_id, vendor_id),
  foreign key (portal_id, vendor_id) references vendors on delete cascade
);

-- A suspicion that caps the standing until somebody clears it.
create table vendor_fraud_alerts (
  portal_id integer not null references portals on delete cascade,
  fraud_alert_id uuid not null default gen_random_uuid(),
  vendor_id uuid not null,
  reason text not null check (reason <> ''),
  opened_at timestamptz not null default now(),
  opened_by integer,
  closed_at timestamptz,
  closed_by integer,
  closing_reason text,
  primary key (portal_id, fraud_alert_id),
  foreign key (portal_id, vendor_id) references vendors on delete cascade
);
create unique index vendor_fraud_alerts__portal_open on vendor_fraud_alerts (portal_id, vendor_id) where closed_at is null;
create index vendor_fraud_alerts__portal_vendor on vendor_fraud_alerts (portal_id, vendor_id);
