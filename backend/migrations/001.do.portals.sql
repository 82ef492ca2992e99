-- A portal is a tenant. member_id is the host's only stable key: domains get renamed.
create table portals (
  portal_id integer generated always as identity primary key,
  member_id text not null,
  domain text not null,
  client_endpoint text not null,
  server_endpoint text not null,
  -- HMAC of the host's application token: it is only ever compared, so it is never kept readable.
  application_token_hash bytea,
  status text not null default 'installing' check (status in ('installing', 'installed', 'gone')),
  scope text[] not null default '{}',
  app_version text,
  language text not null default 'fr',
  time_zone text not null default 'Europe/Paris',
  currency text not null default 'EUR',
  installer_user_id integer,
  settings jsonb not null default '{}',
  created_at timestamptz not null default now(),
  installed_at timestamptz,
  constraint portals__member_id unique (member_id)
);

-- Tokens of the host, encrypted. user_id 0 is the app's own (the installer's) credential.
create table portal_tokens (
  portal_id integer not null references portals on delete cascade,
  user_id integer not null,
  access_token bytea not null,
  refresh_token bytea,
  expires_at timestamptz not null,
  -- Counts rotations: whoever refreshes writes only over the generation it read.
  generation integer not null default 0,
  updated_at timestamptz not null default now(),
  primary key (portal_id, user_id)
);

-- Access tokens of viewers that the portal has vouched for, by hash, until they expire.
create table verified_tokens (
  portal_id integer not null references portals on delete cascade,
  token_hash bytea not null,
  user_id integer not null,
  name text not null,
  is_admin boolean not null,
  expires_at timestamptz not null,
  primary key (portal_id, token_hash)
);

-- What was asked of the portal and what it answered, tokens masked, kept for at least three days.
create table request_log (
  portal_id integer not null references portals on delete cascade,
  request_log_id bigint generated always as identity,
  at timestamptz not null default now(),
  method text not null,
  status integer,
  error_code text,
  duration_ms integer not null,
  operating_ms integer,
  request jsonb not null,
  answer jsonb,
  primary key (portal_id, request_log_id)
);
create index request_log__portal_at on request_log (portal_id, at);
