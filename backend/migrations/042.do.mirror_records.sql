-- People of client companies: that there is one, whose, since when. Names, numbers and addresses stay in the portal.
create table crm_contacts (
  portal_id integer not null references portals on delete cascade,
  contact_id integer not null,
  company_id integer,
  lead_id integer,
  assigned_by_id integer,
  source_id text,
  created_at timestamptz,
  updated_at timestamptz,
  synced_at timestamptz not null default now(),
  primary key (portal_id, contact_id)
);
create index crm_contacts__portal_company on crm_contacts (portal_id, company_id);

-- The portal's own invoices (smart invoices, type 31). semantics: S paid, F will not be paid.
create table crm_invoices (
  portal_id integer not null references portals on delete cascade,
  invoice_id integer not null,
  number text not null default '',
  stage_id text not null,
  semantics text not null default 'P' check (semantics in ('P', 'S', 'F')),
  amount_minor bigint,
  tax_minor bigint,
  currency text not null,
  amount_base_minor bigint,
  company_id integer,
  own_company_id integer,
  deal_id integer,
  assigned_by_id integer,
  issued_on date,
  due_on date,
  created_at timestamptz not null,
  moved_at timestamptz,
  updated_at timestamptz,
  synced_at timestamptz not null default now(),
  primary key (portal_id, invoice_id)
);
create index crm_invoices__portal_company on crm_invoices (portal_id, company_id);
create index crm_invoices__portal_deal on crm_invoices (portal_id, deal_id);

-- What was done or is to be done for a record (owner_type_id: 1 lead, 2 deal, 3 contact, 4 company, …).
-- type_id: 1 meeting, 2 call, 3 task, 4 e-mail; 6 whatever provider_id says.
create table crm_activities (
  portal_id integer not null references portals on delete cascade,
  activity_id integer not null,
  owner_type_id integer not null,
  owner_id integer not null,
  type_id integer not null,
  provider_id text,
  responsible_id integer,
  is_completed boolean not null,
  deadline timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz,
  synced_at timestamptz not null default now(),
  primary key (portal_id, activity_id)
);
create index crm_activities__portal_owner on crm_activities (portal_id, owner_type_id, owner_id, created_at);

-- Smart processes that an administrator chose to have in the figures, and their items.
create table crm_smart_types (
  portal_id integer not null references portals on delete cascade,
  entity_type_id integer not null,
  title text not null,
  chosen_at timestamptz not null default now(),
  chosen_by_user_id integer not null,
  primary key (portal_id, entity_type_id)
);

create table crm_smart_items (
  portal_id integer not null references portals on delete cascade,
  entity_type_id integer not null,
  item_id integer not null,
  title text not null,
  stage_id text not null,
  semantics text not null default 'P' check (semantics in ('P', 'S', 'F')),
  amount_minor bigint,
  currency text not null,
  amount_base_minor bigint,
  company_id integer,
  deal_id integer,
  assigned_by_id integer,
  begins_on date,
  closes_on date,
  created_at timestamptz not null,
  moved_at timestamptz,
  updated_at timestamptz,
  synced_at timestamptz not null default now(),
  primary key (portal_id, entity_type_id, item_id),
  foreign key (portal_id, entity_type_id) references crm_smart_types on delete cascade
);
create index crm_smart_items__portal_company on crm_smart_items (portal_id, company_id);
