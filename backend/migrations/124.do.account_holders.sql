-- Whose account it is, as on the vendor's bank paper, and where that paper is: both belong to the IBAN.
alter table vendors
  add column account_holder text,
  add column bank_proof text;

-- The paper of the old account proves nothing about the new one.
create function vendors_forget_proof() returns trigger language plpgsql as $$
begin
  new.bank_proof := null;
  return new;
end $$;
create trigger vendors__proof_outdated before update of iban on vendors for each row
  when (new.iban is distinct from old.iban and new.bank_proof is not distinct from old.bank_proof)
  execute function vendors_forget_proof();
