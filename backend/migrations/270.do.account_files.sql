-- The proof of a vendor's account is a file like the others; what it belongs to is the vendor itself.
alter table vendor_files drop constraint vendor_files_subject_check;
alter table vendor_files add constraint vendor_files_subject_check check (subject in ('contract', 'document', 'invoice', 'account'));
