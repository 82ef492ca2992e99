-- One row per step of a workflow that called us, stored before the host gets its answer.
create table action_runs (
  portal_id integer not null references portals on delete cascade,
  run_id uuid not null default gen_random_uuid(),
  action_id text not null,
  code text not null,
  workflow_id text,
  entity_type_id integer,
  entity_id integer,
  settings jsonb not null,
  -- The host's right to be answered: sealed, and hashed so that a second delivery finds the first.
  event_token bytea not null,
  event_token_hash bytea not null,
  is_waited_for boolean not null,
  rerun_of uuid,
  requested_by integer,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'answered', 'unanswered', 'failed')),
  is_success boolean,
  returns jsonb,
  message text,
  effects jsonb not null default '[]',
  error_code text,
  received_at timestamptz not null default now(),
  started_at timestamptz,
  computed_at timestamptz,
  finished_at timestamptz,
  primary key (portal_id, run_id)
);
create unique index action_runs__portal_event_token on action_runs (portal_id, event_token_hash) where rerun_of is null;
create index action_runs__portal_received on action_runs (portal_id, received_at desc, run_id);
create index action_runs__portal_unfinished on action_runs (portal_id, received_at) where state in ('waiting', 'running');

-- Which version of an action's registration the portal has.
create table action_registrations (
  portal_id integer not null references portals on delete cascade,
  action_id text not null,
  version text not null,
  registered_at timestamptz not null default now(),
  primary key (portal_id, action_id)
);
