-- Files that lie in the portal's Drive, in the storage of the app: whose they are and what they belong to. Their bytes are not here.
create table vendor_files (
  portal_id integer not null references portals on delete cascade,
  file_id uuid not null default gen_random_uuid(),
  vendor_id uuid not null,
  subject text not null check (subject in ('contract', 'document', 'invoice')),
  subject_id uuid not null,
  drive_file_id bigint not null,
  name text not null,
  bytes bigint not null,
  sha256 text not null,
  -- Taken away here; the row goes once the file is in the trash of the Drive.
  removed_at timestamptz,
  created_at timestamptz not null default now(),
  created_by integer,
  primary key (portal_id, file_id),
  foreign key (portal_id, vendor_id) references vendors on delete cascade
);
create index vendor_files__portal_vendor on vendor_files (portal_id, vendor_id) where removed_at is null;
create unique index vendor_files__portal_once on vendor_files (portal_id, subject, subject_id, sha256) where removed_at is null;
create index vendor_files__portal_removed on vendor_files (portal_id) where removed_at is not null;

-- What a file belonged to is gone: so is the file. The arguments are the subject and the column of its id.
create function vendor_files_follow() returns trigger language plpgsql as $$
begin
  update vendor_files set removed_at = now()
  where portal_id = old.portal_id and subject = tg_argv[0] and subject_id = (to_jsonb(old) ->> tg_argv[1])::uuid and removed_at is null;
  return null;
end $$;
create trigger contracts__files after delete on contracts for each row execute function vendor_files_follow('contract', 'contract_id');
create trigger compliance_documents__files after delete on compliance_documents for each row execute function vendor_files_follow('document', 'document_id');
create trigger vendor_invoices__files after delete on vendor_invoices for each row execute function vendor_files_follow('invoice', 'invoice_id');
