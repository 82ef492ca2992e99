-- Named rules over deals or vendors. What a segment says is a document; every saved one is a version and stays.
create table segments (
  portal_id integer not null references portals on delete cascade,
  segment_id uuid not null default gen_random_uuid(),
  subject text not null check (subject in ('deal', 'vendor')),
  name text not null,
  -- As in shared/segments/rule, in its normal form.
  rule jsonb not null,
  owner_id integer not null,
  version integer not null default 1,
  -- Taken away, and still there for an undo.
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  updated_by integer not null,
  primary key (portal_id, segment_id)
);
create index segments__portal_owner on segments (portal_id, owner_id) where deleted_at is null;

create table segment_versions (
  portal_id integer not null references portals on delete cascade,
  segment_id uuid not null,
  version integer not null,
  name text not null,
  rule jsonb not null,
  -- The version that this one brought back.
  restored_from integer,
  created_at timestamptz not null default now(),
  created_by integer not null,
  primary key (portal_id, segment_id, version),
  foreign key (portal_id, segment_id) references segments on delete cascade
);

-- Who else chooses a segment, and who may change it. Which records are in it follows each viewer's own rights.
create table segment_shares (
  portal_id integer not null references portals on delete cascade,
  segment_id uuid not null,
  subject_kind text not null check (subject_kind in ('everyone', 'user')),
  subject_id integer not null default 0,
  role text not null check (role in ('viewer', 'editor')),
  primary key (portal_id, segment_id, subject_kind, subject_id),
  foreign key (portal_id, segment_id) references segments on delete cascade
);
