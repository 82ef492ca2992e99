-- Where a report arrives beside the bell, and what became of it for each person.
alter table report_schedules add column delivery text[] not null default '{}';

create table report_deliveries (
  portal_id integer not null references portals on delete cascade,
  run_id uuid not null,
  user_id integer not null,
  channel text not null check (channel in ('drive', 'chat')),
  -- 'trying' is written before the portal is asked: who finds it knows that an answer was lost.
  state text not null default 'trying' check (state in ('trying', 'done', 'failed')),
  error_code text,
  primary key (portal_id, run_id, user_id, channel),
  foreign key (portal_id, run_id) references report_runs on delete cascade
);
