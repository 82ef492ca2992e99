-- Whose records a forecast rests on. When somebody's rights change, what was foretold of other records is held against nothing;
-- null: kept before this was noted, and taken for the same.
alter table forecast_snapshots add column scope_key text;
drop index forecast_snapshots__once;
create unique index forecast_snapshots__once on forecast_snapshots (portal_id, user_id, metric, category_id, from_month, series_hash, scope_key) nulls not distinct;
