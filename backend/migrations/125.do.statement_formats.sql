-- Statements of French banks (CFONB, 120 signs a record) and of SWIFT.
alter table bank_statements drop constraint bank_statements_format_check,
  add constraint bank_statements_format_check check (format in ('camt.053', 'csv', 'cfonb120', 'mt940'));
