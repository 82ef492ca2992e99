-- 1 incoming, 2 outgoing, 0 neither; null until it has been read.
alter table crm_activities add column direction integer;

update sync_states set mode = 'full', status = 'idle', cursor = 0, watermark = null, rows_read = 0, rows_expected = null, started_at = null
where entity = 'activities';
