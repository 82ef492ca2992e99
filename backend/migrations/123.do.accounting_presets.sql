-- How a file is written for an accounting program: columns, their sources, the forms of days and amounts.
-- Every saved mapping is a version and stays, so that a file written long ago can be explained.
create table accounting_presets (
  portal_id integer not null references portals on delete cascade,
  preset_id uuid not null default gen_random_uuid(),
  name text not null,
  -- The shipped or own one that it was copied from.
  copied_from text,
  -- As in shared/accounting/preset-mapping.
  mapping jsonb not null,
  version integer not null default 1,
  -- Taken away, and still there for the files that it wrote.
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  updated_by integer not null,
  primary key (portal_id, preset_id)
);

create table accounting_preset_versions (
  portal_id integer not null references portals on delete cascade,
  preset_id uuid not null,
  version integer not null,
  name text not null,
  mapping jsonb not null,
  -- The version that this one brought back.
  restored_from integer,
  created_at timestamptz not null default now(),
  created_by integer not null,
  primary key (portal_id, preset_id, version),
  foreign key (portal_id, preset_id) references accounting_presets on delete cascade
);

-- What was written for whom, and by which version of which mapping.
create table accounting_exports (
  portal_id integer not null references portals on delete cascade,
  export_id uuid not null default gen_random_uuid(),
  -- 'fec', the name of a shipped preset, or the id of an own one.
  format text not null,
  -- Null for the FEC layout, which the law fixes.
  preset_version integer,
  from_on date not null,
  to_on date not null,
  file_name text not null,
  sha256 text not null,
  row_count integer not null,
  written_at timestamptz not null default now(),
  written_by integer not null,
  primary key (portal_id, export_id)
);
create index accounting_exports__portal_written on accounting_exports (portal_id, written_at desc);

alter table accounting_settings
  add column fec_encoding text not null default 'utf-8' check (fec_encoding in ('utf-8', 'iso-8859-15')),
  -- Entries are numbered from the first day of this month on.
  add column fiscal_year_month smallint not null default 1 check (fiscal_year_month between 1 and 12);
