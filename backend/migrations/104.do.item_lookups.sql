-- The purchase price of a sold product is looked up by its code, or by its name where the catalogue is not shared.
create index purchase_order_lines__portal_name on purchase_order_lines (portal_id, lower(item_name));
create index contract_prices__portal_item on contract_prices (portal_id, item_code);
create index contract_prices__portal_name on contract_prices (portal_id, lower(item_name)) where item_name is not null;
