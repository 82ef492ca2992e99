-- What somebody has typed into the form of a vendor and not saved: one's own, without bank details, gone when saved or put away.
create table vendor_drafts (
  portal_id integer not null references portals on delete cascade,
  user_id integer not null,
  -- A vendor's id, 'new', or 'new-<company>' for a vendor that is made of a company.
  subject text not null,
  typed jsonb not null,
  -- Of the vendor as it was read; null for a new one.
  base_version integer,
  updated_at timestamptz not null,
  primary key (portal_id, user_id, subject)
);
