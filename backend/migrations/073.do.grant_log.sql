-- What was granted is written once, like the history of vendors. Rows leave only together with their portal.
create function vendor_grant_changes_keep() returns trigger language plpgsql as $$
begin
  -- A cascade runs inside the trigger of the foreign key.
  if tg_op = 'DELETE' and pg_trigger_depth() > 1 then
    return old;
  end if;
  raise exception 'vendor_grant_changes is append-only';
end $$;
create trigger vendor_grant_changes__append_only before update or delete on vendor_grant_changes
  for each row execute function vendor_grant_changes_keep();

-- The whole portal's history, newest first, by what it is filtered by.
create index vendor_changes__portal_user on vendor_changes (portal_id, by_user_id, vendor_change_id) where by_user_id is not null;
