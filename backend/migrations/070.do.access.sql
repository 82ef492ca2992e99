-- Who may do what with which vendors. Rights only ever add up: there is no grant that takes away.
-- A group of vendors is their category. A department's grant holds for the departments below it, too.
create table vendor_grants (
  portal_id integer not null references portals on delete cascade,
  grant_id uuid not null default gen_random_uuid(),
  subject_kind text not null check (subject_kind in ('everyone', 'user', 'department', 'head_of_department')),
  subject_id integer,
  scope_kind text not null check (scope_kind in ('all', 'group', 'vendor')),
  vendor_group text,
  vendor_id uuid,
  role text not null check (role in ('viewer', 'editor', 'approver', 'admin')),
  field_groups text[] not null
    check (cardinality(field_groups) > 0 and field_groups <@ array['identity', 'prices', 'bank', 'documents', 'scores']),
  -- Last day on which the grant holds, for somebody who stands in for another; null without end.
  valid_until date,
  note text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  created_by integer,
  updated_at timestamptz not null default now(),
  updated_by integer,
  primary key (portal_id, grant_id),
  foreign key (portal_id, vendor_id) references vendors on delete cascade,
  -- The head of no department in particular is the head of any.
  constraint vendor_grants__subject check (case subject_kind
    when 'everyone' then subject_id is null
    when 'head_of_department' then true
    else subject_id is not null end),
  constraint vendor_grants__scope check (
    (scope_kind = 'group') = (vendor_group is not null) and (scope_kind = 'vendor') = (vendor_id is not null))
);
create index vendor_grants__portal_vendor on vendor_grants (portal_id, vendor_id) where vendor_id is not null;

-- Append-only: every grant given, changed or taken, in full, so that a right of last year can be explained.
create table vendor_grant_changes (
  portal_id integer not null references portals on delete cascade,
  grant_change_id bigint generated always as identity,
  grant_id uuid not null,
  kind text not null check (kind in ('given', 'changed', 'taken', 'viewing_as')),
  old_value jsonb,
  new_value jsonb,
  at timestamptz not null default now(),
  by_user_id integer,
  primary key (portal_id, grant_change_id)
);
create index vendor_grant_changes__portal_at on vendor_grant_changes (portal_id, at);

create function vendor_role_rank(role text) returns integer language sql immutable parallel safe
  return array_position(array['viewer', 'editor', 'approver', 'admin'], role);

-- The grants that hold today for one person, whatever they are about.
create function vendor_grants_of(of_portal integer, of_user integer) returns setof vendor_grants
language plpgsql stable parallel safe rows 5 as $$
begin
  return query select g.* from vendor_grants g
    where g.portal_id = of_portal and (g.valid_until is null or g.valid_until >= current_date)
      and (g.subject_kind = 'everyone' or (g.subject_kind = 'user' and g.subject_id = of_user));
  if exists (select from vendor_grants g where g.portal_id = of_portal and g.subject_kind in ('department', 'head_of_department')) then
    return query
      with recursive above as (
        select unnest(u.department_ids) as department_id from crm_users u where u.portal_id = of_portal and u.user_id = of_user
        union
        select d.parent_id from crm_departments d join above a on d.department_id = a.department_id
        where d.portal_id = of_portal and d.parent_id is not null
      ), headed as (
        select d.department_id from crm_departments d where d.portal_id = of_portal and d.head_user_id = of_user
        union
        select d.department_id from crm_departments d join headed h on d.parent_id = h.department_id where d.portal_id = of_portal
      )
      select g.* from vendor_grants g
      where g.portal_id = of_portal and (g.valid_until is null or g.valid_until >= current_date)
        and ((g.subject_kind = 'department' and g.subject_id in (select department_id from above))
          or (g.subject_kind = 'head_of_department' and case when g.subject_id is null
            then exists (select from headed) else g.subject_id in (select department_id from headed) end));
  end if;
end $$;

-- Of those, the ones that open a field group with at least a role.
create function vendor_grants_for(of_portal integer, of_user integer, need_group text, need_role text) returns setof vendor_grants
language plpgsql stable parallel safe rows 5 as $$
begin
  return query select g.* from vendor_grants_of(of_portal, of_user) g
    where need_group = any (g.field_groups) and vendor_role_rank(g.role) >= vendor_role_rank(need_role);
end $$;

-- A fresh portal works for everybody at once; only bank details wait until somebody opens them.
create function portals_give_default_grant() returns trigger language plpgsql as $$
begin
  insert into vendor_grants (portal_id, subject_kind, scope_kind, role, field_groups)
  values (new.portal_id, 'everyone', 'all', 'editor', array['identity', 'prices', 'documents', 'scores']);
  return null;
end $$;
create trigger portals__default_grant after insert on portals for each row execute function portals_give_default_grant();

insert into vendor_grants (portal_id, subject_kind, scope_kind, role, field_groups)
select portal_id, 'everyone', 'all', 'editor', array['identity', 'prices', 'documents', 'scores'] from portals;
