-- Dashboards and segments are shared by role, too: with every head of department, and with whoever holds a right over all vendors.
alter table board_shares drop constraint board_shares_subject_kind_check,
  add constraint board_shares_subject_kind_check check (subject_kind in ('everyone', 'user', 'department', 'head_of_department', 'department_head', 'vendor_admin', 'vendor_approver', 'vendor_editor'));
alter table segment_shares drop constraint segment_shares_subject_kind_check,
  add constraint segment_shares_subject_kind_check check (subject_kind in ('everyone', 'user', 'department', 'head_of_department', 'department_head', 'vendor_admin', 'vendor_approver', 'vendor_editor'));
