-- What deals were worth before: a rule of decision is tried on it. An amount whose rate alone changed has not changed.
create table crm_deal_amounts (
  portal_id integer not null references portals on delete cascade,
  deal_id integer not null,
  change_id bigint generated always as identity,
  changed_at timestamptz not null default now(),
  before_base_minor bigint,
  base_minor bigint,
  primary key (portal_id, deal_id, change_id),
  foreign key (portal_id, deal_id) references crm_deals on delete cascade
);
create index crm_deal_amounts__portal_changed on crm_deal_amounts (portal_id, changed_at);

alter table portals add column amounts_kept_since timestamptz not null default now();

create function crm_deal_amounts_keep() returns trigger language plpgsql as $$
begin
  insert into crm_deal_amounts (portal_id, deal_id, before_base_minor, base_minor)
  select a.portal_id, a.deal_id, b.amount_base_minor, a.amount_base_minor
  from added a join removed b on b.portal_id = a.portal_id and b.deal_id = a.deal_id
  where (a.amount_minor, a.currency) is distinct from (b.amount_minor, b.currency);
  return null;
end $$;

create trigger crm_deals__amounts after update on crm_deals
  referencing old table as removed new table as added for each statement execute function crm_deal_amounts_keep();
