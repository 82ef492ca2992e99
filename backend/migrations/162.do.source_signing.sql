-- A door may insist on signed deliveries. The secret is sealed: it has to be had again to check a signature.
alter table data_sources
  add column signing_secret bytea,
  add column is_signature_required boolean not null default false;

-- The name a delivery was given, kept with its success alone: told again it is answered the same and takes nothing.
alter table source_runs
  add column delivery_key text,
  add column delivery_hash bytea;
create unique index source_runs__portal_delivery on source_runs (portal_id, source_id, delivery_key) where delivery_key is not null;
