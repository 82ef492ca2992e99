-- What the last reading of the portal's stock receipts came to.
create table portal_receipt_readings (
  portal_id integer primary key references portals on delete cascade,
  read_at timestamptz not null,
  read_count integer not null default 0,
  created_count integer not null default 0,
  known_count integer not null default 0,
  -- Receipts whose contractor is no vendor of ours: said, never guessed.
  without_vendor_count integer not null default 0,
  error_code text
);
