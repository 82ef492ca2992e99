-- What a large portal's closed deals teach of its pipelines, worked out once a day: how stays in stages ended, and how
-- past quarters went when they were played again. Small portals learn anew for whoever asks. category_id -1: every pipeline.
create table pipeline_lessons (
  portal_id integer not null references portals on delete cascade,
  category_id integer not null,
  learned_at timestamptz not null,
  lessons jsonb not null,
  primary key (portal_id, category_id)
);
