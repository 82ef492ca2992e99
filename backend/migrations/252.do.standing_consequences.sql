-- How people are told of a notice, where whoever wrote it says so: 'usual' as the kind's settings say, 'task', 'trigger'; null: usual, and the trigger of its kind.
alter table notice_outbox add column ways text[];

-- Whether the rules of today hold back payments to vendors that stand where this one was last told to stand.
create function standing_blocks_payments(portal integer, vendor uuid) returns boolean language sql stable as $$
  select coalesce((
    select s.rules -> 'consequences' -> vs.standing ? 'blockPayments'
    from vendor_standings vs join scorecard_settings s using (portal_id)
    where vs.portal_id = portal and vs.vendor_id = vendor order by s.version desc limit 1), false)
$$;
