-- A booking without a reference of its bank that another statement of the account seems to have brought already: a person says whether it is the same one.
alter table bank_transactions add column twin_id uuid;
