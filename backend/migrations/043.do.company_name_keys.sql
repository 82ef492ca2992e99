-- What two spellings of one firm share (the same key as vendors.name_key): duplicates are looked for by it.
alter table crm_companies add column name_key text;
create index crm_companies__portal_name_key on crm_companies (portal_id, name_key);

-- Companies that were mirrored without it are read once more.
update sync_states set mode = 'full', status = 'idle', cursor = 0, watermark = null, rows_read = 0, rows_expected = null, started_at = null
where entity = 'companies';
