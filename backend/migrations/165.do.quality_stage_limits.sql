-- How long deals that were won stayed in each stage at most, but for the slowest tenth. Worked out once a day.
create table quality_stage_limits (
  portal_id integer not null references portals on delete cascade,
  stage_id text not null,
  limit_seconds bigint not null,
  worked_out_at timestamptz not null,
  primary key (portal_id, stage_id)
);
