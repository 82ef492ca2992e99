-- The run is its own job: claimed under a lease, tried again with growing patience, failed in the open.
alter table action_runs
  add column tries integer not null default 0,
  add column next_try_at timestamptz not null default now();
drop index action_runs__portal_unfinished;
-- Not by portal: the worker takes the next run of any.
create index action_runs__due on action_runs (next_try_at) where state in ('waiting', 'running');
