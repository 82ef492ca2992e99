-- Process templates that we added to a portal, by the number they got there: an app may change and delete only its own.
create table process_templates (
  portal_id integer not null references portals on delete cascade,
  process text not null,
  template_id integer not null,
  added_at timestamptz not null default now(),
  added_by integer not null,
  primary key (portal_id, process)
);
