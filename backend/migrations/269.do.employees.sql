-- Guests of the portal (extranet, mail users, bots) are in its directory, too, but have no rights in here.
alter table crm_users add column is_employee boolean not null default true;
