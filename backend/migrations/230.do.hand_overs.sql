-- Who gave the reports or watches of one person to another: written once, and gone only with the portal.
create table hand_overs (
  portal_id integer not null references portals on delete cascade,
  hand_over_id bigint generated always as identity,
  kind text not null check (kind in ('report', 'watch')),
  items integer not null check (items > 0),
  from_user_id integer not null,
  to_user_id integer not null,
  by_user_id integer not null,
  at timestamptz not null default now(),
  primary key (portal_id, hand_over_id)
);
create index hand_overs__portal_kind on hand_overs (portal_id, kind, hand_over_id desc);
