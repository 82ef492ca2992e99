-- What was agreed with a vendor. Dates that follow from the terms (current_ends_on, notice_on) are stored,
-- so that lists, reminders and the calendar ask the same columns; the daily job rolls tacit renewals forward.
create table contracts (
  portal_id integer not null references portals on delete cascade,
  contract_id uuid not null default gen_random_uuid(),
  vendor_id uuid not null,
  title text not null,
  number text,
  -- By dates: a signed contract ends by itself on the day after its last one.
  status text not null default 'draft' check (status in ('draft', 'signed', 'terminated', 'ended')),
  starts_on date not null,
  ends_on date,
  -- How much notice the contract asks for, counted in notice_unit back from its last day.
  notice_days integer check (notice_days >= 0),
  notice_unit text not null default 'months' check (notice_unit in ('days', 'months')),
  is_tacitly_renewed boolean not null default false,
  renewal_months integer check (renewal_months > 0),
  -- Last day of the running term: ends_on, moved by the renewals that have happened; null = without end.
  current_ends_on date,
  -- Last day, a business day, on which notice still counts for the running term (or the next, once that day has passed).
  notice_on date,
  notice_given_on date,
  notice_given_by integer,
  amount_minor bigint,
  currency text,
  amount_period text not null default 'total' check (amount_period in ('total', 'year', 'month')),
  owner_user_id integer,
  signed_on date,
  -- Last day of a contract that somebody ended before its term.
  terminated_on date,
  termination_reason text,
  documents jsonb not null default '[]',
  note text,
  version integer not null default 1,
  origin text not null default 'person' check (origin in ('person', 'csv', 'crm', 'e-invoice', 'api', 'action')),
  source_key text,
  created_at timestamptz not null default now(),
  created_by integer,
  updated_at timestamptz not null default now(),
  updated_by integer,
  primary key (portal_id, contract_id),
  foreign key (portal_id, vendor_id) references vendors on delete cascade,
  check (ends_on is null or ends_on >= starts_on),
  check ((amount_minor is null) = (currency is null))
);
create index contracts__portal_vendor on contracts (portal_id, vendor_id);
create index contracts__portal_notice on contracts (portal_id, notice_on) where status = 'signed';
create index contracts__portal_end on contracts (portal_id, current_ends_on) where status = 'signed';
create unique index contracts__portal_source on contracts (portal_id, source_key) where source_key is not null;

-- Every version of a contract's terms, as the difference to the one before.
create table contract_changes (
  portal_id integer not null references portals on delete cascade,
  contract_change_id bigint generated always as identity,
  contract_id uuid not null,
  version integer not null,
  -- [{ "field": …, "from": …, "to": … }]
  changes jsonb not null,
  reason text,
  origin text not null default 'person' check (origin in ('person', 'csv', 'crm', 'e-invoice', 'api', 'action', 'rule')),
  at timestamptz not null default now(),
  by_user_id integer,
  primary key (portal_id, contract_change_id),
  foreign key (portal_id, contract_id) references contracts on delete cascade
);
create index contract_changes__portal_contract on contract_changes (portal_id, contract_id, contract_change_id);

-- Which documents are asked of vendors: one line per kind and country, editable by administrators.
create table compliance_requirements (
  portal_id integer not null references portals on delete cascade,
  requirement_id uuid not null default gen_random_uuid(),
  -- A known kind has its name in the texts; an own one carries it in title.
  kind text not null,
  title text,
  -- ISO 3166 code; null = vendors of every country.
  country text,
  is_on boolean not null default true,
  is_mandatory boolean not null default true,
  weight numeric not null default 1 check (weight > 0),
  -- Asked for once a contract, or a year's spend, reaches this; null = always.
  threshold_minor bigint,
  threshold_currency text not null default 'EUR',
  -- How long a document is good for, from its issue; null = it does not expire.
  validity_months integer check (validity_months > 0),
  -- How old it may be when it is handed in; null = any age.
  max_age_months integer check (max_age_months > 0),
  needs_code boolean not null default false,
  position integer not null default 100,
  version integer not null default 1,
  updated_at timestamptz not null default now(),
  updated_by integer,
  primary key (portal_id, requirement_id)
);
create unique index compliance_requirements__portal_kind on compliance_requirements (portal_id, kind, coalesce(country, ''));

create function compliance_requirements_start(portal integer) returns void language sql as $$
  insert into compliance_requirements
    (portal_id, kind, country, is_on, is_mandatory, weight, threshold_minor, validity_months, max_age_months, needs_code, position)
  values
    (portal, 'kbis', 'FR', true, true, 1, null, null, 3, false, 10),
    (portal, 'urssaf', 'FR', true, true, 1, 500000, 6, null, true, 20),
    (portal, 'insurance', 'FR', true, true, 1, null, 12, null, false, 30),
    (portal, 'foreign-workers', 'FR', false, true, 1, 500000, 6, null, false, 40),
    (portal, 'tax', 'FR', false, false, 1, null, 12, null, false, 50)
  on conflict do nothing
$$;
select compliance_requirements_start(portal_id) from portals;

create function compliance_requirements_new_portal() returns trigger language plpgsql as $$
begin
  perform compliance_requirements_start(new.portal_id);
  return null;
end $$;
create trigger portals__compliance_requirements after insert on portals
  for each row execute function compliance_requirements_new_portal();

-- Proofs that vendors handed in: received until a person has checked them, with what the check found.
create table compliance_documents (
  portal_id integer not null references portals on delete cascade,
  document_id uuid not null default gen_random_uuid(),
  vendor_id uuid not null,
  kind text not null,
  name text,
  link text,
  issued_on date,
  valid_from date,
  -- Last day on which it counts; null = it does not expire.
  valid_to date,
  verification_code text,
  verified_at timestamptz,
  verified_by integer,
  verification_note text,
  note text,
  version integer not null default 1,
  origin text not null default 'person' check (origin in ('person', 'csv', 'crm', 'e-invoice', 'api', 'action')),
  source_key text,
  created_at timestamptz not null default now(),
  created_by integer,
  updated_at timestamptz not null default now(),
  updated_by integer,
  primary key (portal_id, document_id),
  foreign key (portal_id, vendor_id) references vendors on delete cascade,
  check (valid_to is null or valid_from is null or valid_to >= valid_from)
);
create index compliance_documents__portal_vendor on compliance_documents (portal_id, vendor_id, kind, valid_to);
create index compliance_documents__portal_expiry on compliance_documents (portal_id, valid_to) where valid_to is not null;
create unique index compliance_documents__portal_source on compliance_documents (portal_id, source_key) where source_key is not null;

-- What happens by itself. A portal without a row has the defaults.
create table lifecycle_rules (
  portal_id integer not null references portals on delete cascade,
  activation_needs_identifiers boolean not null default true,
  activation_needs_contract boolean not null default true,
  activates_on_signature boolean not null default true,
  on_last_contract_end text not null default 'suspended' check (on_last_contract_end in ('none', 'suspended', 'terminated')),
  holds_payments_on_expiry boolean not null default true,
  version integer not null default 1,
  updated_at timestamptz not null default now(),
  updated_by integer,
  primary key (portal_id)
);

-- Moves that a rule made, once per cause: one that a person took back is not made again for the same cause.
create table lifecycle_moves (
  portal_id integer not null references portals on delete cascade,
  move_id uuid not null default gen_random_uuid(),
  vendor_id uuid not null,
  rule text not null check (rule in ('contract-signed', 'last-contract-ended')),
  cause_key text not null,
  from_status text not null,
  to_status text not null,
  at timestamptz not null default now(),
  reverted_at timestamptz,
  reverted_by integer,
  primary key (portal_id, move_id),
  unique (portal_id, rule, cause_key),
  foreign key (portal_id, vendor_id) references vendors on delete cascade
);
create index lifecycle_moves__portal_vendor on lifecycle_moves (portal_id, vendor_id, at);

-- Payments that are held although the vendor's status would let them go. One hold per cause, ever:
-- what a person has lifted is not held again for the same document.
create table vendor_holds (
  portal_id integer not null references portals on delete cascade,
  hold_id uuid not null default gen_random_uuid(),
  vendor_id uuid not null,
  effect text not null default 'payments' check (effect in ('payments')),
  cause text not null check (cause in ('document-expired')),
  cause_key text not null,
  document_id uuid,
  document_kind text,
  since timestamptz not null default now(),
  lifted_at timestamptz,
  lifted_by integer,
  lifted_reason text,
  primary key (portal_id, hold_id),
  unique (portal_id, cause, cause_key),
  foreign key (portal_id, vendor_id) references vendors on delete cascade
);
create index vendor_holds__portal_vendor on vendor_holds (portal_id, vendor_id) where lifted_at is null;

-- A calendar that a person's calendar program reads by a secret address; only the secret's hash is kept.
create table calendar_subscriptions (
  portal_id integer not null references portals on delete cascade,
  subscription_id uuid not null default gen_random_uuid(),
  user_id integer not null,
  token_hash bytea not null unique,
  language text not null,
  filter jsonb not null default '{}',
  created_at timestamptz not null default now(),
  last_read_at timestamptz,
  revoked_at timestamptz,
  primary key (portal_id, subscription_id)
);
create index calendar_subscriptions__portal_user on calendar_subscriptions (portal_id, user_id);

-- Where a vendor is at home, as far as its data tells: what people typed, else its tax number, else a French register number.
create function vendor_country(country text, vat_number text, siren text) returns text language sql immutable as $$
  select case
    when upper(trim(country)) in ('FR', 'FRA', 'FRANCE') then 'FR'
    when trim(country) ~ '^[A-Za-z]{2}$' then upper(trim(country))
    when trim(coalesce(country, '')) <> '' then null
    when vat_number ~ '^[A-Z]{2}' then left(vat_number, 2)
    when siren is not null then 'FR'
  end
$$;

-- An amount in the portal's base currency; null without a rate.
create function in_base_currency(portal integer, amount_minor bigint, wanted text) returns bigint language sql stable as $$
  select case when p.currency = wanted then amount_minor
    else (select round(amount_minor * c.minor_factor)::bigint from crm_currencies c where c.portal_id = portal and c.currency = wanted) end
  from portals p where p.portal_id = portal
$$;

-- What is asked of vendors on a day: each requirement that is on, whether it applies to the vendor and on what grounds.
-- An amount that cannot be compared for want of a rate applies: better one document too many than joint liability.
create function vendor_requirements(portal integer, as_of date)
returns table (
  vendor_id uuid, requirement_id uuid, kind text, title text, country text, is_mandatory boolean, weight numeric,
  validity_months integer, max_age_months integer, needs_code boolean, "position" integer,
  threshold_minor bigint, threshold_currency text, spend_minor bigint, contract_minor bigint,
  applies boolean, ground text
) language sql stable as $$
  with money as (
    select v.vendor_id, s.spend_minor, c.contract_minor, coalesce(c.is_unpriced, false) as is_unpriced
    from vendors v
    left join lateral (
      select sum(m.amount_base_minor)::bigint as spend_minor from vendor_spend_months m
      where m.portal_id = v.portal_id and m.vendor_id = v.vendor_id
        and m.month > date_trunc('month', as_of - interval '12 months') and m.month <= as_of
    ) s on true
    left join lateral (
      select max(in_base_currency(portal, k.amount_minor * case k.amount_period when 'month' then 12 else 1 end, k.currency)) as contract_minor,
        bool_or(k.amount_minor is not null and in_base_currency(portal, k.amount_minor, k.currency) is null) as is_unpriced
      from contracts k
      where k.portal_id = v.portal_id and k.vendor_id = v.vendor_id and k.status = 'signed'
        and k.starts_on <= as_of + 31 and (k.current_ends_on is null or k.current_ends_on >= as_of)
    ) c on true
    where v.portal_id = portal
  ), asked as (
    select r.*, m.vendor_id, m.spend_minor, m.contract_minor, m.is_unpriced,
      in_base_currency(portal, r.threshold_minor, r.threshold_currency) as threshold_base
    from compliance_requirements r
    cross join money m
    join vendors v on v.portal_id = portal and v.vendor_id = m.vendor_id
    where r.portal_id = portal and r.is_on
      and (r.country is null or r.country = vendor_country(v.country, v.vat_number, v.siren))
  ), judged as (
    select a.*, case
      when a.threshold_minor is null then 'always'
      when a.threshold_base is null then 'unpriced'
      when a.contract_minor >= a.threshold_base then 'contract'
      when a.spend_minor >= a.threshold_base then 'spend'
      when a.is_unpriced then 'unpriced'
      else 'below' end as ground
    from asked a
  )
  select j.vendor_id, j.requirement_id, j.kind, j.title, j.country, j.is_mandatory, j.weight,
    j.validity_months, j.max_age_months, j.needs_code, j.position,
    j.threshold_minor, j.threshold_currency, j.spend_minor, j.contract_minor, j.ground <> 'below', j.ground
  from judged j
$$;

-- What has to be thought of, and by whom: the contract's owner, else who is responsible for the company, else (null) the administrators.
create view vendor_deadlines as
with due as (
  select k.portal_id, k.vendor_id, 'contract.notice'::text as kind, k.contract_id as subject_id, k.notice_on as due_on,
    k.owner_user_id, true as is_mandatory, k.title
  from contracts k
  where k.status = 'signed' and k.notice_on is not null and k.notice_given_on is null and k.terminated_on is null
  union all
  select k.portal_id, k.vendor_id, case when k.is_tacitly_renewed and k.notice_given_on is null and k.terminated_on is null then 'contract.renewal' else 'contract.end' end,
    k.contract_id, coalesce(k.terminated_on, k.current_ends_on), k.owner_user_id, true, k.title
  from contracts k
  where k.status = 'signed' and coalesce(k.terminated_on, k.current_ends_on) is not null
  union all
  select d.portal_id, d.vendor_id, 'document.expiry', d.document_id, d.valid_to, null::integer,
    exists (select from compliance_requirements r where r.portal_id = d.portal_id and r.kind = d.kind and r.is_on and r.is_mandatory),
    coalesce(d.name, d.kind)
  from (
    select distinct on (portal_id, vendor_id, kind) * from compliance_documents
    order by portal_id, vendor_id, kind, valid_to desc nulls first
  ) d
  where d.valid_to is not null
)
select d.portal_id, d.vendor_id, d.kind, d.subject_id, d.due_on, coalesce(d.owner_user_id, c.assigned_by_id) as owner_user_id, d.is_mandatory, d.title
from due d
join vendors v on v.portal_id = d.portal_id and v.vendor_id = d.vendor_id and v.status <> 'terminated'
left join crm_companies c on c.portal_id = v.portal_id and c.company_id = v.company_id;
