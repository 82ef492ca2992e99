-- A watch may look at the records of one segment.
alter table watches add column segment_id uuid;
