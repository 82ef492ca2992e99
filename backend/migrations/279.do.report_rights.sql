-- The rights a report was made in: who has fewer today is not given it any more. Null for what was made before they were kept.
alter table report_files add column rights text[];
