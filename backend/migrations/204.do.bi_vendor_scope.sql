-- Which vendors the datasets tell of: all of them, or those that everybody in the portal may see.
alter table bi_publications add column vendor_scope text not null default 'all' check (vendor_scope in ('all', 'everyone'));
