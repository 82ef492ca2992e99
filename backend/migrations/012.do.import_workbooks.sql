-- A workbook as it was uploaded, while another of its sheets may still be chosen; import_chunks holds the chosen one as text.
create table import_workbooks (
  portal_id integer not null,
  import_id uuid not null,
  sheet text not null,
  sheets text[] not null,
  bytes bytea not null,
  primary key (portal_id, import_id),
  foreign key (portal_id, import_id) references imports on delete cascade
);
alter table import_workbooks alter column bytes set storage external;
