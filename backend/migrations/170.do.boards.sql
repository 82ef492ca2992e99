-- Dashboards that people build. What a board shows is a document; every saved one is a version and stays.
create table boards (
  portal_id integer not null references portals on delete cascade,
  board_id uuid not null default gen_random_uuid(),
  title text not null,
  owner_id integer not null,
  version integer not null default 1,
  -- Taken away, and still there for an undo.
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  updated_by integer not null,
  primary key (portal_id, board_id)
);
create index boards__portal_owner on boards (portal_id, owner_id) where deleted_at is null;

create table board_versions (
  portal_id integer not null references portals on delete cascade,
  board_id uuid not null,
  version integer not null,
  title text not null,
  spec jsonb not null,
  -- The version that this one brought back.
  restored_from integer,
  created_at timestamptz not null default now(),
  created_by integer not null,
  primary key (portal_id, board_id, version),
  foreign key (portal_id, board_id) references boards on delete cascade
);

-- Who else sees a board, and who may change it. What is on it follows each viewer's own rights.
create table board_shares (
  portal_id integer not null references portals on delete cascade,
  board_id uuid not null,
  subject_kind text not null check (subject_kind in ('everyone', 'user', 'department')),
  subject_id integer not null default 0,
  role text not null check (role in ('viewer', 'editor')),
  primary key (portal_id, board_id, subject_kind, subject_id),
  foreign key (portal_id, board_id) references boards on delete cascade
);
