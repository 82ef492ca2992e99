-- Reports that are made again and again. next_run_at is the only clock: whatever it missed is made up for once.
create table report_schedules (
  portal_id integer not null references portals on delete cascade,
  schedule_id uuid not null default gen_random_uuid(),
  title text not null,
  source jsonb not null,
  formats text[] not null,
  recurrence jsonb not null,
  time_zone text not null,
  language text not null check (language in ('fr', 'en')),
  recipients jsonb not null,
  owner_id integer not null,
  is_paused boolean not null default false,
  next_run_at timestamptz not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (portal_id, schedule_id)
);
create index report_schedules__due on report_schedules (next_run_at) where not is_paused;

create table report_runs (
  portal_id integer not null references portals on delete cascade,
  run_id uuid not null default gen_random_uuid(),
  schedule_id uuid not null,
  due_at timestamptz not null,
  reason text not null check (reason in ('schedule', 'caught_up', 'person')),
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
  people integer not null default 0,
  error_code text,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (portal_id, run_id),
  foreign key (portal_id, schedule_id) references report_schedules on delete cascade
);
-- One moment of a schedule is one run, however often the clock is asked.
create unique index report_runs__portal_due on report_runs (portal_id, schedule_id, due_at);

-- Each for one person, in that person's rights. Kept for a while, then made again by the next run.
create table report_files (
  portal_id integer not null references portals on delete cascade,
  file_id uuid not null default gen_random_uuid(),
  run_id uuid not null,
  user_id integer not null,
  format text not null check (format in ('pdf', 'xlsx', 'csv')),
  file_name text not null,
  content_type text not null,
  body bytea not null,
  made_at timestamptz not null default now(),
  primary key (portal_id, file_id),
  constraint report_files__person unique (portal_id, run_id, user_id, format),
  foreign key (portal_id, run_id) references report_runs on delete cascade
);
create index report_files__portal_user on report_files (portal_id, user_id, made_at);
