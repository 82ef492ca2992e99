-- The few events that whoever opens the company or the deal should read there are written into its timeline.
alter table notice_deliveries drop constraint notice_deliveries_channel_check;
alter table notice_deliveries add constraint notice_deliveries_channel_check
  check (channel in ('bell', 'todo', 'task', 'trigger', 'company_timeline', 'deal_timeline'));
