-- What a person chose for themselves; whoever chose nothing has no row.
create table viewer_settings (
  portal_id integer not null references portals on delete cascade,
  user_id integer not null,
  theme text not null check (theme in ('auto', 'light', 'dark')),
  primary key (portal_id, user_id)
);
