import type { ComplianceDocument, DocumentFields, VendorRequirement } from '@comptoir/shared/relationship/compliance.contract'
import { kindText } from './document-words.ts'
import { orNull } from './field-classes.ts'

/** A document that no requirement speaks of. */
const otherKind = 'other'

/** What stands in the fields of the form. */
export const typedDocument = (document: ComplianceDocument | null, kind: string, requirements: readonly VendorRequirement[]) => ({
  kind: kind || requirements.find(({ applies }) => applies)?.kind || requirements[0]?.kind || otherKind,
  name: document?.name ?? '', link: document?.link ?? '', issuedOn: document?.issuedOn ?? '', validFrom: document?.validFrom ?? '',
  validTo: document?.validTo ?? '', verificationCode: document?.verificationCode ?? '', note: document?.note ?? '',
})

export const readDocument = ({ kind, ...typed }: ReturnType<typeof typedDocument>): DocumentFields => ({
  kind, name: orNull(typed.name), link: orNull(typed.link), issuedOn: orNull(typed.issuedOn), validFrom: orNull(typed.validFrom),
  validTo: orNull(typed.validTo), verificationCode: orNull(typed.verificationCode), note: orNull(typed.note),
})

/** The kinds to choose from: what is asked of the vendor, the present one, any other. */
export function kindChoices(requirements: readonly VendorRequirement[], present: string | undefined): { value: string, label: string }[] {
  const asked = requirements.map(({ kind, title }) => ({ value: kind, label: kindText(kind, title) }))
  const others = [otherKind, present].filter(kind => kind !== undefined).map(kind => ({ value: kind, label: kindText(kind) }))
  return [...asked, ...others].filter(({ value }, index, all) => all.findIndex(one => one.value === value) === index)
}
