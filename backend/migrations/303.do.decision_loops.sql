-- A rule that comes back to the same deal again and again goes round in circles: it is held back, and says so.
alter table decisions drop constraint decisions_held_reason_check,
  add constraint decisions_held_reason_check check (held_reason in ('limit', 'quiet', 'loop', 'no_person', 'no_right', 'no_answer'));
