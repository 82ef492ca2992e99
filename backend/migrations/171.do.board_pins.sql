-- Where a board also stands, about the record that is open there. What it shows follows each viewer's own rights.
alter table boards add column pins text[] not null default '{}' check (pins <@ array['deal', 'company']);
