-- Deals that the portal itself has shown a viewer, asked with the viewer's own token, for as long as such a token lives.
create table viewer_deals (
  portal_id integer not null references portals on delete cascade,
  user_id integer not null,
  deal_id integer not null,
  until timestamptz not null,
  primary key (portal_id, user_id, deal_id)
);
