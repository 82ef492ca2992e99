create extension if not exists pg_trgm;

-- The procurement side of a company. company_id is null until a fresh import is linked to the CRM.
create table vendors (
  portal_id integer not null references portals on delete cascade,
  vendor_id uuid not null default gen_random_uuid(),
  company_id integer,
  name text not null,
  -- Lower case, accents and legal forms removed: what two spellings of one firm share.
  name_key text not null,
  status text not null default 'prospect'
    check (status in ('prospect', 'onboarding', 'active', 'suspended', 'terminated')),
  code text,
  siren text,
  siret text,
  vat_number text,
  iban text,
  bic text,
  email text,
  phone text,
  website text,
  address text,
  postal_code text,
  city text,
  country text,
  category text,
  payment_term_days integer,
  notes text,
  attributes jsonb not null default '{}',
  -- Import that created the row; an undo removes only what nobody has touched since (version).
  import_id uuid,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  created_by integer,
  updated_at timestamptz not null default now(),
  updated_by integer,
  primary key (portal_id, vendor_id)
);
create unique index vendors__portal_company on vendors (portal_id, company_id) where company_id is not null;
create index vendors__portal_name_key on vendors (portal_id, name_key);
create index vendors__portal_name_trgm on vendors using gin (name_key gin_trgm_ops);
create index vendors__portal_status on vendors (portal_id, status);
create unique index vendors__portal_code on vendors (portal_id, code) where code is not null;
create index vendors__portal_siren on vendors (portal_id, siren) where siren is not null;
create index vendors__portal_vat on vendors (portal_id, vat_number) where vat_number is not null;
create index vendors__portal_iban on vendors (portal_id, iban) where iban is not null;

-- Money spent with a vendor: one row per payment or invoice line, by hand or imported.
create table purchases (
  portal_id integer not null references portals on delete cascade,
  purchase_id uuid not null default gen_random_uuid(),
  vendor_id uuid not null,
  -- Day the money left, or of the invoice. A file without days gives its period's last day and is_period_guess.
  spent_on date not null,
  is_period_guess boolean not null default false,
  amount_minor bigint not null,
  currency text not null,
  amount_base_minor bigint,
  reference text,
  label text,
  category text,
  department text,
  deal_id integer,
  import_id uuid,
  -- Identity of the imported line inside its source: the same line twice is one purchase.
  source_key text,
  created_at timestamptz not null default now(),
  created_by integer,
  primary key (portal_id, purchase_id),
  foreign key (portal_id, vendor_id) references vendors on delete cascade
);
create index purchases__portal_vendor on purchases (portal_id, vendor_id, spent_on) include (amount_base_minor);
create index purchases__portal_spent_on on purchases (portal_id, spent_on) include (vendor_id, amount_base_minor);
create unique index purchases__portal_source on purchases (portal_id, source_key) where source_key is not null;
create index purchases__portal_import on purchases (portal_id, import_id) where import_id is not null;

-- Spend by vendor and month, kept by the same transaction that writes purchases.
create table vendor_spend_months (
  portal_id integer not null references portals on delete cascade,
  vendor_id uuid not null,
  month date not null,
  amount_base_minor bigint not null,
  purchase_count integer not null,
  -- Purchases in a currency without rate: counted, never summed as if they were worth nothing.
  unpriced_count integer not null default 0,
  primary key (portal_id, vendor_id, month),
  foreign key (portal_id, vendor_id) references vendors on delete cascade
);
create index vendor_spend_months__portal_month on vendor_spend_months (portal_id, month) include (amount_base_minor);

create table deal_vendors (
  portal_id integer not null references portals on delete cascade,
  deal_id integer not null,
  vendor_id uuid not null,
  planned_cost_minor bigint,
  actual_cost_minor bigint,
  currency text not null,
  note text,
  created_at timestamptz not null default now(),
  created_by integer,
  updated_at timestamptz not null default now(),
  updated_by integer,
  primary key (portal_id, deal_id, vendor_id),
  foreign key (portal_id, vendor_id) references vendors on delete cascade
);
create index deal_vendors__portal_vendor on deal_vendors (portal_id, vendor_id);

-- Append-only: which field changed, from what, to what, by whom, through which door.
create table vendor_changes (
  portal_id integer not null references portals on delete cascade,
  vendor_change_id bigint generated always as identity,
  vendor_id uuid not null,
  field text not null,
  old_value jsonb,
  new_value jsonb,
  reason text,
  origin text not null check (origin in ('person', 'import', 'action', 'crm', 'rule')),
  origin_id text,
  at timestamptz not null default now(),
  by_user_id integer,
  primary key (portal_id, vendor_change_id),
  foreign key (portal_id, vendor_id) references vendors on delete cascade
);
create index vendor_changes__portal_vendor on vendor_changes (portal_id, vendor_id, at);

-- Statement-level, over transition tables: a bulk import costs one upsert, not one per row.
create function vendor_spend_months_add() returns trigger language plpgsql as $$
begin
  insert into vendor_spend_months as m (portal_id, vendor_id, month, amount_base_minor, purchase_count, unpriced_count)
  select portal_id, vendor_id, date_trunc('month', spent_on)::date, coalesce(sum(amount_base_minor), 0), count(*),
    count(*) filter (where amount_base_minor is null)
  from added group by 1, 2, 3
  order by 1, 2, 3
  on conflict (portal_id, vendor_id, month) do update set
    amount_base_minor = m.amount_base_minor + excluded.amount_base_minor,
    purchase_count = m.purchase_count + excluded.purchase_count,
    unpriced_count = m.unpriced_count + excluded.unpriced_count;
  return null;
end $$;

create function vendor_spend_months_remove() returns trigger language plpgsql as $$
begin
  update vendor_spend_months m set
    amount_base_minor = m.amount_base_minor - r.amount,
    purchase_count = m.purchase_count - r.purchases,
    unpriced_count = m.unpriced_count - r.unpriced
  from (
    select portal_id, vendor_id, date_trunc('month', spent_on)::date as month, coalesce(sum(amount_base_minor), 0) as amount,
      count(*) as purchases, count(*) filter (where amount_base_minor is null) as unpriced
    from removed group by 1, 2, 3
  ) r
  where m.portal_id = r.portal_id and m.vendor_id = r.vendor_id and m.month = r.month;
  delete from vendor_spend_months m using (select distinct portal_id, vendor_id from removed) r
  where m.portal_id = r.portal_id and m.vendor_id = r.vendor_id and m.purchase_count = 0;
  return null;
end $$;

create function vendor_spend_months_change() returns trigger language plpgsql as $$
begin
  insert into vendor_spend_months as m (portal_id, vendor_id, month, amount_base_minor, purchase_count, unpriced_count)
  select portal_id, vendor_id, month, sum(amount), sum(purchases), sum(unpriced) from (
    select portal_id, vendor_id, date_trunc('month', spent_on)::date as month, coalesce(amount_base_minor, 0) as amount,
      1 as purchases, (amount_base_minor is null)::int as unpriced from added
    union all
    select portal_id, vendor_id, date_trunc('month', spent_on)::date, -coalesce(amount_base_minor, 0),
      -1, -(amount_base_minor is null)::int from removed
  ) both_sides group by 1, 2, 3 order by 1, 2, 3
  on conflict (portal_id, vendor_id, month) do update set
    amount_base_minor = m.amount_base_minor + excluded.amount_base_minor,
    purchase_count = m.purchase_count + excluded.purchase_count,
    unpriced_count = m.unpriced_count + excluded.unpriced_count;
  delete from vendor_spend_months m using (select distinct portal_id, vendor_id from removed) r
  where m.portal_id = r.portal_id and m.vendor_id = r.vendor_id and m.purchase_count = 0;
  return null;
end $$;

create trigger purchases__added after insert on purchases
  referencing new table as added for each statement execute function vendor_spend_months_add();
create trigger purchases__removed after delete on purchases
  referencing old table as removed for each statement execute function vendor_spend_months_remove();
create trigger purchases__changed after update on purchases
  referencing old table as removed new table as added for each statement execute function vendor_spend_months_change();
