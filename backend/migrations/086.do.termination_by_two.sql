-- Where the portal wants it, one person proposes to end a relationship and another one approves.
alter table lifecycle_rules add column termination_needs_two boolean not null default false;

alter table vendor_change_proposals drop constraint vendor_change_proposals_kind_check;
alter table vendor_change_proposals add constraint vendor_change_proposals_kind_check check (kind in ('bank', 'legal', 'status'));
