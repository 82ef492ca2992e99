-- What people changed in the history of exchange rates, so that a mistake can be taken back.
create table exchange_rate_changes (
  portal_id integer not null references portals on delete cascade,
  change_id bigint generated always as identity,
  currency text not null,
  valid_from date not null,
  -- A rate into another base currency is no longer the same rate.
  base_currency text not null,
  -- Null: there was none, or there is none any more.
  old_rate numeric,
  was_entered boolean not null default false,
  new_rate numeric,
  changed_at timestamptz not null default now(),
  changed_by integer not null,
  undone_at timestamptz,
  primary key (portal_id, change_id)
);
