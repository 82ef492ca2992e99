-- A vendor known by its SIRET alone is found by the SIREN inside it.
create index vendors__portal_siret_siren on vendors (portal_id, left(siret, 9)) where siret is not null;
