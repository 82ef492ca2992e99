-- An IBAN may be paid to once two people stand behind it: who entered it, and who approved it.
alter table vendors
  add column iban_set_by integer,
  add column iban_approved_at timestamptz,
  add column iban_approved_by integer;

-- What was on file before there was a second person stays in use.
update vendors set iban_approved_at = now() where iban is not null;

-- Whatever door it comes through: another IBAN is an unapproved one, unless the approval is written along with it.
create function vendors_iban_unapproved() returns trigger language plpgsql as $$
begin
  new.iban_approved_at := null;
  new.iban_approved_by := null;
  return new;
end $$;
create trigger vendors__iban_changed before update of iban on vendors for each row
  when (new.iban is distinct from old.iban and (new.iban is null or new.iban_approved_at is not distinct from old.iban_approved_at))
  execute function vendors_iban_unapproved();

-- A change that waits for a second person. The old value stays in use until somebody else approves.
create table vendor_change_proposals (
  portal_id integer not null references portals on delete cascade,
  proposal_id uuid not null default gen_random_uuid(),
  vendor_id uuid not null,
  kind text not null check (kind in ('bank', 'legal')),
  -- { field: { from, to } }, fields in the contract's spelling.
  changes jsonb not null,
  reason text,
  origin text not null default 'person' check (origin in ('person', 'import', 'action', 'crm')),
  origin_id text,
  status text not null default 'waiting' check (status in ('waiting', 'approved', 'rejected', 'withdrawn', 'superseded')),
  author_id integer,
  created_at timestamptz not null default now(),
  decided_by integer,
  decided_at timestamptz,
  comment text,
  primary key (portal_id, proposal_id),
  foreign key (portal_id, vendor_id) references vendors on delete cascade,
  constraint vendor_change_proposals__two_people check (status <> 'approved' or decided_by is distinct from author_id)
);
-- One of a kind waits at a time: what is approved is what was looked at.
create unique index vendor_change_proposals__waiting on vendor_change_proposals (portal_id, vendor_id, kind) where status = 'waiting';
create index vendor_change_proposals__portal_at on vendor_change_proposals (portal_id, created_at);
