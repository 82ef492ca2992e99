-- Who of a large portal asked what with rights of their own: counted ahead for them, too, while they keep asking.
create table answer_readers (
  portal_id integer not null references portals on delete cascade,
  -- Hash of the question alone.
  question text not null,
  user_id integer not null,
  department_ids integer[] not null,
  asked_at timestamptz not null,
  primary key (portal_id, question, user_id)
);
