-- A query asks for the grants of one scope at a time: thousands of grants on single vendors are then read once, not
-- once for each scope. Null asks for any.
drop function vendor_grants_for(integer, integer, text, text);
create function vendor_grants_for(of_portal integer, of_user integer, need_group text, need_role text, of_scope text default null)
returns setof vendor_grants language plpgsql stable parallel safe rows 5 as $$
begin
  return query select g.* from vendor_grants g
    where g.portal_id = of_portal and (g.valid_until is null or g.valid_until >= current_date)
      and (of_scope is null or g.scope_kind = of_scope)
      and (need_group is null or need_group = any (g.field_groups))
      and (need_role is null or vendor_role_rank(g.role) >= vendor_role_rank(need_role))
      and (g.subject_kind = 'everyone' or (g.subject_kind = 'user' and g.subject_id = of_user));
  if exists (select from vendor_grants g where g.portal_id = of_portal and g.subject_kind in ('department', 'head_of_department')
    and (of_scope is null or g.scope_kind = of_scope)) then
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
        and (of_scope is null or g.scope_kind = of_scope)
        and (need_group is null or need_group = any (g.field_groups))
        and (need_role is null or vendor_role_rank(g.role) >= vendor_role_rank(need_role))
        and ((g.subject_kind = 'department' and g.subject_id in (select department_id from above))
          or (g.subject_kind = 'head_of_department' and case when g.subject_id is null
            then exists (select from headed) else g.subject_id in (select department_id from headed) end));
  end if;
end $$;

create or replace function vendor_grants_of(of_portal integer, of_user integer) returns setof vendor_grants
language plpgsql stable parallel safe rows 5 as $$
begin
  return query select * from vendor_grants_for(of_portal, of_user, null, null, null);
end $$;
