-- Tax that we owe in the vendor's place, due and deductible at once.
alter table accounting_settings
  add column reverse_due_account text not null default '445200',
  add column reverse_tax_account text not null default '445662',
  -- Percent, for lines that name no rate of their own.
  add column reverse_rate numeric not null default 20 check (reverse_rate between 0 and 100);
