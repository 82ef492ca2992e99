-- What a portal has published to BI Builder: the numbers that its objects have over there.
create table bi_publications (
  portal_id integer primary key references portals on delete cascade,
  connector_id integer,
  -- The addresses that the connector was given.
  public_url text,
  source_id integer,
  -- Whose key the connection was given last.
  source_key_id uuid,
  -- In whose eyes forecasts are published: they are kept by person.
  published_by integer not null,
  updated_at timestamptz not null default now()
);

-- A dataset that is chosen and not there yet has no number; one that is there and chosen no more is taken away.
create table bi_datasets (
  portal_id integer not null references portals on delete cascade,
  code text not null,
  is_chosen boolean not null,
  dataset_id integer,
  name text,
  -- The columns it was published with.
  definition text,
  primary key (portal_id, code)
);

-- Keys of connections: the hash decides, the sealed form is what is handed to the portal. Two hold while one follows the other.
create table bi_keys (
  portal_id integer not null references portals on delete cascade,
  key_id uuid not null default gen_random_uuid() unique,
  key_hash bytea not null,
  sealed bytea not null,
  hint text not null,
  created_at timestamptz not null default now(),
  created_by integer,
  last_used_at timestamptz,
  -- Calls within the running minute, whichever process took them.
  minute timestamptz,
  minute_calls integer not null default 0,
  primary key (portal_id, key_id)
);
