-- Who of the vendor spoke, when somebody here writes down what a contact person said, and where the evidence lies.
alter table score_comments
  add column on_behalf_of text check (on_behalf_of <> ''),
  add column evidence_link text check (evidence_link ~ '^https?://');
