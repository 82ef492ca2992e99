-- What the configuration was, each time it was found to be another: written once, never changed.
create table settings_versions (
  portal_id integer not null references portals on delete cascade,
  version integer not null,
  origin text not null check (origin in ('noticed', 'file', 'restored')),
  file_name text,
  restored_from integer,
  settings jsonb not null,
  -- From the version before to this one.
  changes jsonb not null default '[]',
  created_at timestamptz not null default now(),
  created_by integer,
  primary key (portal_id, version)
);
