-- Uninstalled: everything of the portal is being deleted. The host says so once only, so it is written down first.
alter table portals add column uninstalled_at timestamptz;
