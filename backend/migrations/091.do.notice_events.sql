-- Nobody is told what they have just done themselves; the automation is.
alter table notice_outbox add column caused_by integer;

-- A status that a person or a process has changed, whatever screen or action it went through. Moves by rule tell of themselves.
create function vendor_changes_notice() returns trigger language plpgsql as $$
begin
  if new.field = 'status' and new.old_value is not null and new.origin in ('person', 'action') then
    insert into notice_outbox (portal_id, key, kind, vendor_id, params, link, caused_by)
    values (new.portal_id, 'status:' || new.vendor_change_id, 'status_changed', new.vendor_id,
      jsonb_build_object('status', coalesce(case new.new_value #>> '{}'
        when 'prospect' then '{"fr": "Prospect", "en": "Prospect"}'::jsonb
        when 'onboarding' then '{"fr": "En intégration", "en": "Onboarding"}'::jsonb
        when 'active' then '{"fr": "Actif", "en": "Active"}'::jsonb
        when 'suspended' then '{"fr": "Suspendu", "en": "Suspended"}'::jsonb
        when 'terminated' then '{"fr": "Résilié", "en": "Terminated"}'::jsonb end, new.new_value)),
      jsonb_build_object('to', 'vendor', 'vendorId', new.vendor_id), new.by_user_id)
    on conflict do nothing;
  end if;
  return null;
end $$;
create trigger vendor_changes__notice after insert on vendor_changes for each row execute function vendor_changes_notice();
