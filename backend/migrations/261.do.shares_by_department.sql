-- Dashboards and segments are shared as vendor rights are given: also with departments, and with whoever leads them.
alter table board_shares drop constraint board_shares_subject_kind_check,
  add constraint board_shares_subject_kind_check check (subject_kind in ('everyone', 'user', 'department', 'head_of_department'));
alter table segment_shares drop constraint segment_shares_subject_kind_check,
  add constraint segment_shares_subject_kind_check check (subject_kind in ('everyone', 'user', 'department', 'head_of_department'));
