-- Failures are looked for among many that went well.
create index request_log__portal_failed on request_log (portal_id, request_log_id) where error_code is not null;
