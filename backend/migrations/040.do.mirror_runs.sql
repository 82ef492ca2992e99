-- How many minor units of the base currency one minor unit of this currency is worth; null without a rate.
-- Kept beside the rate so that amounts are converted by one rule, in the statement that writes them.
alter table crm_currencies add column minor_factor numeric;

-- When portal_count and mirror_count were last taken, both in one run.
alter table sync_states add column counted_at timestamptz;

-- One row per portal: what the administrator asked of the sync, and what became of the last run.
create table sync_portals (
  portal_id integer primary key references portals on delete cascade,
  is_paused boolean not null default false,
  -- Set by "run now": the next run counts and compares whether or not it is due.
  check_requested_at timestamptz,
  -- Read everything again. Only a run itself starts over, so that no run in flight can write its old place back.
  rebuild_requested_at timestamptz,
  last_run_at timestamptz,
  reconciled_at timestamptz,
  -- The host asked for patience until then.
  waiting_until timestamptz,
  error_code text
);
