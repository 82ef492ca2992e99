-- Credit notes leave a bank only as less: the lines of a vendor that are netted travel in the transfer of one of them.
alter table payment_run_items add column lead_item_id uuid,
  add constraint payment_run_items__lead foreign key (portal_id, lead_item_id) references payment_run_items;
create index payment_run_items__portal_lead on payment_run_items (portal_id, lead_item_id) where lead_item_id is not null;

-- A booking of less than was owed pays a part: the payable becomes that part, and the rest is one of its own.
alter table payment_matches add column is_part boolean not null default false;
