-- Where a deal came from: the lead it was made of, and the campaign that the portal noted.
alter table crm_deals
  add column lead_id integer,
  add column utm_source text,
  add column utm_medium text,
  add column utm_campaign text,
  add column utm_content text,
  add column utm_term text;
create index crm_deals__portal_lead on crm_deals (portal_id, lead_id) where lead_id is not null;

-- A lead that became a deal is named by the deal (crm_deals.lead_id); company_id is the client it was given or became.
create table crm_leads (
  portal_id integer not null references portals on delete cascade,
  lead_id integer not null,
  title text not null,
  stage_id text not null,
  semantics text not null default 'P' check (semantics in ('P', 'S', 'F')),
  amount_minor bigint,
  currency text not null,
  amount_base_minor bigint,
  company_id integer,
  contact_id integer,
  assigned_by_id integer,
  source_id text,
  utm_source text,
  utm_medium text,
  utm_campaign text,
  utm_content text,
  utm_term text,
  created_at timestamptz not null,
  moved_at timestamptz,
  updated_at timestamptz,
  synced_at timestamptz not null default now(),
  primary key (portal_id, lead_id)
);
create index crm_leads__portal_created on crm_leads (portal_id, created_at);

-- Deals that were mirrored without these columns are read once more; what is there stays readable meanwhile.
update sync_states set mode = 'full', status = 'idle', cursor = 0, watermark = null, rows_read = 0, rows_expected = null, started_at = null
where entity = 'deals';
