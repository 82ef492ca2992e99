-- What a portal wants to know of its vendors beside the fields that every portal has.
create table vendor_attributes (
  portal_id integer not null references portals on delete cascade,
  attribute_id uuid not null default gen_random_uuid(),
  label text not null,
  kind text not null check (kind in ('text', 'number', 'date', 'choice', 'choices', 'yesNo', 'link')),
  options text[] not null default '{}',
  -- Whose eyes a value is for; as with every other field of a vendor.
  field_group text not null check (field_group in ('identity', 'prices', 'bank')),
  required_from text not null default 'never' check (required_from in ('never', 'onboarding', 'active')),
  position integer not null,
  is_archived boolean not null default false,
  version integer not null default 1,
  updated_at timestamptz not null default now(),
  updated_by integer,
  primary key (portal_id, attribute_id)
);
create unique index vendor_attributes__label on vendor_attributes (portal_id, lower(label));

-- vendors.attributes holds the values by attribute_id.
alter table vendors add column tags text[] not null default '{}', add column supplies text[] not null default '{}';
