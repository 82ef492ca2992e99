-- What a part payment left open: taken back, both are one again.
alter table payment_matches add column rest_payable_id uuid;
