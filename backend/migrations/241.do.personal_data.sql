-- How long kinds of personal data are kept; a kind without a row is kept as long as what it belongs to.
create table retention_periods (
  portal_id integer not null references portals on delete cascade,
  kind text not null check (kind in ('vendorContacts', 'contactHistory', 'importRows')),
  months integer not null check (months between 1 and 120),
  updated_at timestamptz not null default now(),
  updated_by integer,
  primary key (portal_id, kind)
);

-- What was erased, without a word of it: the proof that it was done.
create table erasures (
  portal_id integer not null references portals on delete cascade,
  erasure_id bigint generated always as identity,
  reason text not null check (reason in ('request', 'retention')),
  -- How many of each kind.
  counts jsonb not null,
  at timestamptz not null default now(),
  by_user_id integer,
  primary key (portal_id, erasure_id)
);

-- People who left the portal and were forgotten: the next reading of the directory does not bring their names back.
create table forgotten_people (
  portal_id integer not null references portals on delete cascade,
  user_id integer not null,
  at timestamptz not null default now(),
  primary key (portal_id, user_id)
);

create function crm_users_stay_forgotten() returns trigger language plpgsql as $$
begin
  if new.is_active then
    -- Who comes back is known again.
    delete from forgotten_people where portal_id = new.portal_id and user_id = new.user_id;
  elsif exists (select from forgotten_people where portal_id = new.portal_id and user_id = new.user_id) then
    new.name := '';
    new.last_name := '';
    new.position := '';
  end if;
  return new;
end $$;
create trigger crm_users__stay_forgotten before insert or update on crm_users for each row execute function crm_users_stay_forgotten();

create function holds_person(value text, pattern text, digits text) returns boolean language sql immutable parallel safe as $$
  select value ilike pattern or (digits is not null and regexp_replace(value, '\D', '', 'g') like '%' || digits || '%')
$$;

-- The same value with dots where somebody is named.
create function without_person(value jsonb, pattern text, digits text) returns jsonb language plpgsql immutable parallel safe as $$
begin
  return case jsonb_typeof(value)
    when 'string' then case when holds_person(value #>> '{}', pattern, digits) then '"••••"'::jsonb else value end
    when 'object' then coalesce((select jsonb_object_agg(key, without_person(part, pattern, digits)) from jsonb_each(value) as parts (key, part)), '{}')
    when 'array' then coalesce((select jsonb_agg(without_person(part, pattern, digits) order by place)
      from jsonb_array_elements(value) with ordinality as parts (part, place)), '[]')
    else value end;
end $$;

-- History is written once; only an erasure of personal data takes values out of it, and never a line.
create or replace function vendor_changes_keep() returns trigger language plpgsql as $$
begin
  -- A cascade runs inside the trigger of the foreign key.
  if tg_op = 'DELETE' and pg_trigger_depth() > 1 then
    return old;
  end if;
  if tg_op = 'UPDATE' and current_setting('comptoir.erasing', true) = 'on'
    and (to_jsonb(new) - array['old_value', 'new_value', 'reason']) = (to_jsonb(old) - array['old_value', 'new_value', 'reason']) then
    return new;
  end if;
  raise exception 'vendor_changes is append-only';
end $$;
