-- One file being imported, from its upload to its undoing. The state says what may happen next.
create table imports (
  portal_id integer not null references portals on delete cascade,
  import_id uuid not null default gen_random_uuid(),
  file_name text not null,
  -- SHA-256 of the bytes: the same file again is known by it.
  fingerprint text not null,
  size_bytes bigint not null,
  state text not null default 'uploading' check (state in
    ('uploading', 'analysed', 'previewing', 'previewed', 'running', 'done', 'cancelled', 'failed', 'undoing', 'undone')),
  options jsonb not null default '{}',
  profile jsonb,
  -- Counts of the dry run, and of the run itself.
  preview jsonb,
  result jsonb,
  undo_result jsonb,
  -- Cells were corrected or settings changed after the dry run: its counts are out of date.
  is_preview_stale boolean not null default false,
  -- Records read and settled. Whoever goes on writes only over the number it read.
  progress_rows integer not null default 0,
  -- Sums carried from batch to batch, so that a run goes on where it was killed.
  carried jsonb,
  attempts integer not null default 0,
  error_code text,
  created_at timestamptz not null default now(),
  created_by integer,
  updated_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  undone_at timestamptz,
  undone_by integer,
  primary key (portal_id, import_id)
);
create index imports__portal_created on imports (portal_id, created_at desc);
create index imports__portal_fingerprint on imports (portal_id, fingerprint);

-- The file itself: an import survives the death of the process that received it.
create table import_chunks (
  portal_id integer not null,
  import_id uuid not null,
  ordinal integer not null,
  bytes bytea not null,
  primary key (portal_id, import_id, ordinal),
  foreign key (portal_id, import_id) references imports on delete cascade
);
-- Files are mostly text that TOAST would squeeze again and again; they are read whole and soon forgotten.
alter table import_chunks alter column bytes set storage external;

-- What is wrong with a row, cell by cell. `cells` is the row as the file has it.
create table import_issues (
  portal_id integer not null,
  import_id uuid not null,
  line integer not null,
  ordinal smallint not null,
  severity text not null check (severity in ('error', 'warning')),
  code text not null,
  field text,
  column_no integer,
  value text not null,
  details jsonb not null default '{}',
  cells jsonb not null,
  primary key (portal_id, import_id, line, ordinal),
  foreign key (portal_id, import_id) references imports on delete cascade
);
create index import_issues__portal_code on import_issues (portal_id, import_id, code, line);

-- Cells that a person corrected; they stand in for the file's own.
create table import_fixes (
  portal_id integer not null,
  import_id uuid not null,
  line integer not null,
  column_no integer not null,
  value text not null,
  fixed_at timestamptz not null default now(),
  fixed_by integer,
  primary key (portal_id, import_id, line, column_no),
  foreign key (portal_id, import_id) references imports on delete cascade
);

-- Old and new of the vendors that the run would touch: the first ones, as a sample.
create table import_diffs (
  portal_id integer not null,
  import_id uuid not null,
  line integer not null,
  outcome text not null check (outcome in ('created', 'updated')),
  vendor_id uuid,
  name text not null,
  changes jsonb not null default '[]',
  primary key (portal_id, import_id, line),
  foreign key (portal_id, import_id) references imports on delete cascade
);

-- A newcomer that may be a vendor we know, and what a person decided. Undecided newcomers stay apart.
create table import_duplicates (
  portal_id integer not null,
  import_id uuid not null,
  -- Folded name of the newcomer: the same on every line that names it.
  incoming_key text not null,
  line integer not null,
  incoming jsonb not null,
  reason text not null check (reason in ('same_key', 'code', 'iban', 'domain', 'similar')),
  score real not null,
  -- A vendor we know, or the folded name of another newcomer of the same file.
  vendor_id uuid,
  other_key text,
  candidate jsonb not null,
  decision text check (decision in ('merge', 'new', 'skip')),
  decided_by integer,
  primary key (portal_id, import_id, incoming_key),
  foreign key (portal_id, import_id) references imports on delete cascade
);

-- What the run did to each vendor it met, for the result page and for the undo.
create table import_vendors (
  portal_id integer not null,
  import_id uuid not null,
  vendor_id uuid not null,
  outcome text not null check (outcome in ('created', 'updated', 'unchanged')),
  -- vendors.version after the import last wrote the row: another number means that somebody touched it since.
  version_after integer not null,
  old_values jsonb not null default '{}',
  new_values jsonb not null default '{}',
  -- Why an undo left the vendor as it is.
  conflict text,
  primary key (portal_id, import_id, vendor_id),
  foreign key (portal_id, import_id) references imports on delete cascade
);
create index import_vendors__portal_outcome on import_vendors (portal_id, import_id, outcome);

-- Files of one shape (same headers in the same order) are mapped as they were the last time.
create table import_mappings (
  portal_id integer not null references portals on delete cascade,
  signature text not null,
  mapping jsonb not null,
  used_at timestamptz not null default now(),
  primary key (portal_id, signature)
);

create index vendors__portal_import on vendors (portal_id, import_id) where import_id is not null;
create index vendors__portal_email_domain on vendors (portal_id, lower(split_part(email, '@', 2))) where email is not null;
