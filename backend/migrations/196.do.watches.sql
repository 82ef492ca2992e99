-- Figures that a person has watched: rung in the alert centre, judged within the rights of whoever set them.
create table watches (
  portal_id integer not null references portals on delete cascade,
  watch_id uuid not null default gen_random_uuid(),
  owner_user_id integer not null,
  metric text not null,
  category_id integer,
  -- As in shared/alerts/watch: kind, direction, value, share, floor, against.
  rule jsonb not null,
  cool_down_months integer not null default 0 check (cool_down_months between 0 and 12),
  is_on boolean not null default true,
  -- The day of the last look; once a day is enough for months.
  checked_on date,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (portal_id, watch_id)
);
create index watches__due on watches (checked_on) where is_on;

-- One row per watch and month: what it said, and whether a person agreed.
create table watch_checks (
  portal_id integer not null references portals on delete cascade,
  watch_id uuid not null,
  month date not null,
  state text not null check (state in ('quiet', 'rang', 'cooling', 'chance', 'unknown')),
  value double precision,
  previous double precision,
  low double precision,
  high double precision,
  checked_at timestamptz not null default now(),
  judgement text check (judgement in ('useful', 'normal')),
  judged_by integer,
  primary key (portal_id, watch_id, month),
  foreign key (portal_id, watch_id) references watches on delete cascade
);
