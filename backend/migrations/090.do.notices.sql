-- What somebody must know. Written in the transaction that made it true; sent by a job, once per key.
create table notice_outbox (
  portal_id integer not null references portals on delete cascade,
  notice_id uuid not null default gen_random_uuid(),
  key text not null,
  kind text not null,
  vendor_id uuid,
  -- Null: whoever is responsible for the subject when the notice is sent.
  recipients integer[],
  owner_user_id integer,
  params jsonb not null default '{}',
  link jsonb,
  -- A notice of an alert is not sent any more once the alert is resolved or acknowledged.
  alert_key text,
  is_urgent boolean not null default false,
  not_before timestamptz not null default now(),
  state text not null default 'waiting' check (state in ('waiting', 'addressed', 'dropped')),
  reason text,
  created_at timestamptz not null default now(),
  primary key (portal_id, notice_id),
  constraint notice_outbox__key unique (portal_id, key),
  foreign key (portal_id, vendor_id) references vendors on delete cascade
);
create index notice_outbox__waiting on notice_outbox (not_before) where state = 'waiting';
create index notice_outbox__vendor on notice_outbox (portal_id, vendor_id) where vendor_id is not null;

-- One row per thing the portal is asked for: a person's bell, a to-do, a task, a trigger of a deal.
create table notice_deliveries (
  portal_id integer not null references portals on delete cascade,
  delivery_id bigint generated always as identity,
  notice_id uuid not null,
  channel text not null check (channel in ('bell', 'todo', 'task', 'trigger')),
  -- The person, or 0 where a record is addressed.
  user_id integer not null default 0,
  entity_id integer not null default 0,
  state text not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'dropped', 'failed')),
  due_at timestamptz not null,
  attempts integer not null default 0,
  started_at timestamptz,
  sent_at timestamptz,
  host_id text,
  reason text,
  primary key (portal_id, delivery_id),
  constraint notice_deliveries__once unique (portal_id, notice_id, channel, user_id, entity_id),
  foreign key (portal_id, notice_id) references notice_outbox on delete cascade
);
create index notice_deliveries__due on notice_deliveries (due_at) where state in ('waiting', 'sending');
create index notice_deliveries__portal_sent on notice_deliveries (portal_id, sent_at desc) where state = 'sent';

-- What the alert centre shows. An alert is open until its reason is gone; a key comes back as the same row.
create table alerts (
  portal_id integer not null references portals on delete cascade,
  alert_id uuid not null default gen_random_uuid(),
  key text not null,
  kind text not null,
  severity text not null default 'warning' check (severity in ('info', 'warning', 'critical')),
  vendor_id uuid,
  subject_id text,
  -- Null: everybody who may see the vendor; else these people, and administrators.
  audience integer[],
  owner_user_id integer,
  params jsonb not null default '{}',
  link jsonb,
  due_on date,
  state text not null default 'open' check (state in ('open', 'acknowledged', 'resolved')),
  snoozed_until timestamptz,
  -- Counts how often the alert has opened: a resolved one that returns is news.
  occurrence integer not null default 1,
  raised_at timestamptz not null default now(),
  resolved_at timestamptz,
  version integer not null default 1,
  primary key (portal_id, alert_id),
  constraint alerts__key unique (portal_id, key),
  foreign key (portal_id, vendor_id) references vendors on delete cascade
);
create index alerts__portal_state on alerts (portal_id, state, due_on);
create index alerts__vendor on alerts (portal_id, vendor_id) where vendor_id is not null;
create index alerts__snoozed on alerts (snoozed_until) where snoozed_until is not null;

-- Append-only life of an alert.
create table alert_events (
  portal_id integer not null references portals on delete cascade,
  alert_event_id bigint generated always as identity,
  alert_id uuid not null,
  event text not null check (event in ('raised', 'returned', 'changed', 'reminded', 'acknowledged', 'reopened', 'snoozed', 'woken', 'resolved', 'sent', 'judged')),
  details jsonb not null default '{}',
  at timestamptz not null default now(),
  by_user_id integer,
  primary key (portal_id, alert_event_id),
  foreign key (portal_id, alert_id) references alerts on delete cascade
);
create index alert_events__alert on alert_events (portal_id, alert_id, at);

-- Which dates the ladder has met, and which of its steps are behind it. A moved date is another row.
create table reminder_dates (
  portal_id integer not null references portals on delete cascade,
  kind text not null,
  subject_id text not null,
  due_on date not null,
  vendor_id uuid not null,
  first_met_on date not null,
  -- Days before the date; the smallest step that has passed. Null: none yet.
  last_step integer,
  reminded_on date,
  primary key (portal_id, kind, subject_id, due_on),
  foreign key (portal_id, vendor_id) references vendors on delete cascade
);
create index reminder_dates__vendor on reminder_dates (portal_id, vendor_id);

-- How an administrator wants a kind of notice; a kind without a row follows the catalogue.
create table notice_kind_settings (
  portal_id integer not null references portals on delete cascade,
  kind text not null,
  is_on boolean not null default true,
  steps integer[],
  channels text[] not null default '{bell}',
  updated_at timestamptz not null default now(),
  updated_by integer,
  primary key (portal_id, kind)
);

create table notice_settings (
  portal_id integer not null references portals on delete cascade,
  quiet_from time not null default '20:00',
  quiet_until time not null default '08:00',
  fallback_user_ids integer[] not null default '{}',
  default_digest text not null default 'off' check (default_digest in ('off', 'daily', 'weekly')),
  updated_at timestamptz not null default now(),
  updated_by integer,
  primary key (portal_id)
);

-- What a person chose for themselves; whoever chose nothing has no row.
create table notice_preferences (
  portal_id integer not null references portals on delete cascade,
  user_id integer not null,
  language text,
  time_zone text,
  quiet_from time,
  quiet_until time,
  digest text check (digest in ('off', 'daily', 'weekly')),
  digest_weekday smallint not null default 1 check (digest_weekday between 1 and 7),
  digest_hour smallint not null default 9 check (digest_hour between 0 and 23),
  -- By kind: 'now', 'digest' or 'off'; a kind that is not named is 'now'.
  kinds jsonb not null default '{}',
  updated_at timestamptz not null default now(),
  primary key (portal_id, user_id)
);
