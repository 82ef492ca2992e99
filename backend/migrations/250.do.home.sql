-- When an administrator has put the first steps away; null: they are shown until all are done.
alter table viewer_settings add column first_steps_hidden_at timestamptz;
alter table viewer_settings alter column theme set default 'auto';
