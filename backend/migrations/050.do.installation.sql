-- Steps of the installer that have succeeded, by version of the app: an update registers everything anew.
create table install_steps (
  portal_id integer not null references portals on delete cascade,
  step text not null,
  app_version text not null,
  done_at timestamptz not null default now(),
  primary key (portal_id, step)
);
