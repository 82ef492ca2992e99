-- Companies that the portal itself has shown a viewer, asked with the viewer's own token, for as long as such a token lives.
create table viewer_companies (
  portal_id integer not null references portals on delete cascade,
  user_id integer not null,
  company_id integer not null,
  until timestamptz not null,
  primary key (portal_id, user_id, company_id)
);
