-- Rules that decide when data changes: what starts them, what is analysed, what they then do, and their guard rails.
create table decision_rules (
  portal_id integer not null references portals on delete cascade,
  rule_id uuid not null default gen_random_uuid(),
  name text not null,
  -- As in shared/decisions/decision.contract: trigger, condition, effects, guards.
  trigger jsonb not null,
  condition jsonb not null,
  effects jsonb not null,
  guards jsonb not null,
  -- In whose rights it looks and acts: it does no more than this person may.
  acts_as integer not null,
  is_on boolean not null default true,
  -- Of a rule that follows the clock.
  next_run_at timestamptz,
  -- What the last look found, whether or not it led to a decision.
  checked_at timestamptz,
  checked_message text,
  is_met boolean,
  version integer not null default 1,
  created_by integer not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (portal_id, rule_id)
);

-- What happened and no rule has looked at yet. A row is taken under a lease and goes when every rule has looked.
create table decision_events (
  portal_id integer not null references portals on delete cascade,
  event_id bigint generated always as identity,
  kind text not null check (kind in ('deal_stage', 'deal_amount', 'source', 'schedule')),
  -- The same thing told twice is one event.
  key text not null default gen_random_uuid()::text,
  deal_id integer,
  rule_id uuid,
  facts jsonb not null default '{}',
  happened_at timestamptz not null default now(),
  tries integer not null default 0,
  taken_until timestamptz,
  primary key (portal_id, event_id),
  constraint decision_events__once unique (portal_id, key)
);

-- The log: one row per decision, and one per day and record for what a guard rail held back. Numbers as they were.
create table decisions (
  portal_id integer not null references portals on delete cascade,
  decision_id uuid not null default gen_random_uuid(),
  -- The log outlives the rule.
  rule_id uuid not null,
  rule_name text not null,
  key text not null,
  state text not null check (state in ('waiting', 'working', 'done', 'failed', 'refused', 'lapsed', 'held', 'undone')),
  held_reason text check (held_reason in ('limit', 'quiet', 'no_person', 'no_right', 'no_answer')),
  times integer not null default 1,
  deal_id integer,
  acts_as integer not null,
  approvers integer[] not null default '{}',
  event jsonb not null,
  numbers jsonb not null default '{}',
  message text not null,
  decided_on date not null,
  decided_at timestamptz not null,
  judged_by integer,
  judged_at timestamptz,
  comment text,
  primary key (portal_id, decision_id),
  constraint decisions__once unique (portal_id, rule_id, key)
);
create index decisions__portal_decided on decisions (portal_id, decided_at desc, decision_id);
create index decisions__portal_rule on decisions (portal_id, rule_id, decided_at desc);

-- What a decision does, each once: the row is the outbox, the host's answer its receipt.
create table decision_effects (
  portal_id integer not null references portals on delete cascade,
  decision_id uuid not null,
  position integer not null,
  kind text not null,
  params jsonb not null,
  state text not null default 'proposed' check (state in ('proposed', 'waiting', 'running', 'done', 'failed', 'undone')),
  -- What stood there before: what an undo puts back.
  before text,
  host_id text,
  error_code text,
  tries integer not null default 0,
  next_try_at timestamptz not null default now(),
  started_at timestamptz,
  ended_at timestamptz,
  primary key (portal_id, decision_id, position),
  foreign key (portal_id, decision_id) references decisions on delete cascade
);
create index decision_effects__due on decision_effects (next_try_at) where state in ('waiting', 'running');

-- A change of a deal is noted in the statement that writes it: nothing between the mirror and the rules can be lost.
create function decisions_note_deals() returns trigger language plpgsql as $$
begin
  if not exists (select from decision_rules where is_on and trigger->>'kind' in ('deal_stage', 'deal_amount')) then
    return null;
  end if;
  insert into decision_events (portal_id, kind, deal_id, facts)
  select a.portal_id, e.kind, a.deal_id, e.facts
  from added a join removed b on b.portal_id = a.portal_id and b.deal_id = a.deal_id
  cross join lateral (
    select 'deal_stage' as kind, jsonb_build_object('before', b.stage_id, 'after', a.stage_id) as facts where a.stage_id <> b.stage_id
    union all
    select 'deal_amount', jsonb_build_object('before', b.amount_minor, 'after', a.amount_minor, 'currency', a.currency)
    where (a.amount_minor, a.currency) is distinct from (b.amount_minor, b.currency)
  ) e
  where exists (select from decision_rules r where r.portal_id = a.portal_id and r.is_on and r.trigger->>'kind' = e.kind);
  return null;
end $$;

create trigger crm_deals__decided after update on crm_deals
  referencing old table as removed new table as added for each statement execute function decisions_note_deals();

create function decisions_note_source(portal integer, source text, reading text) returns void language sql as $$
  insert into decision_events (portal_id, kind, key, facts)
  select portal, 'source', format('source/%s/%s', source, reading), jsonb_build_object('source', source)
  where exists (select from decision_rules r where r.portal_id = portal and r.is_on and r.trigger->>'kind' = 'source')
  on conflict do nothing
$$;

create function decisions_note_sync() returns trigger language plpgsql as $$
begin
  perform decisions_note_source(new.portal_id, 'crm', new.last_run_at::text);
  return null;
end $$;
create trigger sync_portals__decided after update on sync_portals
  for each row when (new.last_run_at is distinct from old.last_run_at and new.error_code is null) execute function decisions_note_sync();

create function decisions_note_import() returns trigger language plpgsql as $$
begin
  perform decisions_note_source(new.portal_id, 'import', new.import_id::text);
  return null;
end $$;
create trigger imports__decided after update on imports
  for each row when (new.state = 'done' and old.state <> 'done') execute function decisions_note_import();
