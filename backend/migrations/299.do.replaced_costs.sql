-- A corrected delivery takes away what it no longer says of its days.
alter table source_runs add column rows_removed integer not null default 0;
