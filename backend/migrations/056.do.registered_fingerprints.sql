-- Of what each step registered: another one today means that the portal has what an earlier version, address or choice left.
alter table install_steps
  add column fingerprint text,
  -- What the portal refused of it.
  add column refused text[] not null default '{}';
