-- A file is announced before its bytes go to the Drive: what a stop in between left there is found again by its folder.
alter table vendor_files
  alter column drive_file_id drop not null,
  add column drive_folder_id bigint;
drop index vendor_files__portal_once;
create unique index vendor_files__portal_once on vendor_files (portal_id, subject, subject_id, sha256) where removed_at is null and drive_file_id is not null;
create index vendor_files__portal_announced on vendor_files (portal_id, created_at) where drive_file_id is null;
