import type { FoundRequisites } from '@comptoir/shared/vendors/requisites.contract'
import type { CreatedEntity, FoundEntity } from '../../platform/frame/frame.ts'

/** The parts that are known. */
const known = <Name extends string>(values: Readonly<Record<Name, string | null>>): Partial<Record<Name, string>> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value)) as Partial<Record<Name, string>>

/** A vendor as an option of the host's search field; bank accounts are told apart by their IBAN. */
export function optionOf({ vendorId, name, phone, email, website, iban }: FoundRequisites): FoundEntity {
  return { id: vendorId, name: iban ? `${name} · ${iban.replace(/.{4}(?=.)/g, '$& ')}` : name, ...known({ phone, email, web: website }) }
}

export const companyEntity = ({ vendorId, name, siren, siret, vatNumber }: FoundRequisites): CreatedEntity => ({
  entityType: 'company', id: vendorId, title: name,
  fields: { RQ_COMPANY_NAME: name, ...known({ RQ_SIREN: siren, RQ_SIRET: siret, RQ_VAT_ID: vatNumber }) },
})

/** Which of the two fields for a BIC a card has is up to its country. */
export const bankEntity = ({ vendorId, name, iban, bic, accountHolder }: FoundRequisites): CreatedEntity => ({
  entityType: 'bank', id: vendorId, title: name,
  fields: { NAME: name, RQ_ACC_NAME: accountHolder ?? name, ...known({ RQ_IBAN: iban, RQ_BIC: bic, RQ_SWIFT: bic }) },
})
