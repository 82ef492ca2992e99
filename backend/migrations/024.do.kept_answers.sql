-- Answers of large portals that take long to count, as they were counted last: shown with that moment, and counted anew
-- behind the one who asks once they are old. Small portals count for everybody who asks and have no rows here.
create table kept_answers (
  portal_id integer not null references portals on delete cascade,
  -- Hash of the question and of whose deals it may count.
  question text not null,
  counted_at timestamptz not null,
  answer jsonb not null,
  primary key (portal_id, question)
);
