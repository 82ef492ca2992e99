-- Watches are looked at every hour, so that a threshold passed today rings today.
alter table watches add column checked_at timestamptz;
alter table watches drop column checked_on;
