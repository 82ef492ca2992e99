import { addDays, addMonths, type Day } from '../insights/calendar.ts'

/** Kinds that have a name in the texts; administrators may add their own. */
export const knownDocumentKinds = ['kbis', 'urssaf', 'insurance', 'foreign-workers', 'tax'] as const

/** Why a document is asked of a vendor, or not: always, by a contract's amount, by a year's spend, for want of a rate, not from this amount. */
export const requirementGrounds = ['always', 'contract', 'spend', 'unpriced', 'below'] as const
export type RequirementGround = (typeof requirementGrounds)[number]

export interface Requirement {
  readonly kind: string
  readonly isMandatory: boolean
  readonly applies: boolean
}

export interface HeldDocument {
  readonly documentId: string
  readonly kind: string
  readonly validFrom: Day | null
  readonly validTo: Day | null
  readonly isVerified: boolean
}

/** Verified and in force; handed in but not checked yet; was in force once; never seen. */
export const documentStates = ['valid', 'received', 'expired', 'missing'] as const
export type DocumentState = (typeof documentStates)[number]

export interface RequirementState {
  readonly kind: string
  readonly isMandatory: boolean
  readonly state: DocumentState
  /** The document that the state comes from. */
  readonly documentId: string | null
  /** Last day of the document in force, or of the one that ran out. */
  readonly validTo: Day | null
  /** One was in force, none is now: handing in another that nobody has checked does not mend that. */
  readonly isExpired: boolean
}

export const complianceVerdicts = ['compliant', 'incomplete', 'expired', 'not-asked'] as const
export type ComplianceVerdict = (typeof complianceVerdicts)[number]

export interface Compliance {
  readonly verdict: ComplianceVerdict
  readonly states: readonly RequirementState[]
  /** Mandatory kinds of which none was ever in force: never handed in, or not checked yet. */
  readonly missing: readonly string[]
  readonly expired: readonly string[]
  readonly unverified: readonly string[]
  /** The next day on which a document in force runs out. */
  readonly nextDeadline: Day | null
}

/** Last valid day included. */
const isInForce = ({ validFrom, validTo }: HeldDocument, asOf: Day): boolean =>
  (validFrom === null || validFrom <= asOf) && (validTo === null || validTo >= asOf)

/** A document without an end outlasts all others. */
const lastFirst = (a: HeldDocument, b: HeldDocument): number =>
  a.validTo === b.validTo ? 0 : a.validTo === null ? -1 : b.validTo === null ? 1 : a.validTo < b.validTo ? 1 : -1

function stateOf({ kind, isMandatory }: Requirement, documents: readonly HeldDocument[], asOf: Day): RequirementState {
  const held = documents.filter(document => document.kind === kind).toSorted(lastFirst)
  const past = held.find(({ validTo }) => validTo !== null && validTo < asOf)
  const found = (state: DocumentState, document: HeldDocument | undefined): RequirementState | null => document
    ? { kind, isMandatory, state, documentId: document.documentId, validTo: document.validTo, isExpired: state !== 'valid' && past !== undefined }
    : null
  return found('valid', held.find(document => document.isVerified && isInForce(document, asOf)))
    ?? found('received', held.find(document => !document.isVerified && isInForce(document, asOf)))
    ?? found('expired', past)
    ?? { kind, isMandatory, state: 'missing', documentId: null, validTo: null, isExpired: false }
}

/** What a vendor's documents say on a day. Only mandatory ones decide the verdict. */
export function judgeCompliance(requirements: readonly Requirement[], documents: readonly HeldDocument[], asOf: Day): Compliance {
  const states = requirements.filter(({ applies }) => applies).map(requirement => stateOf(requirement, documents, asOf))
  const mandatory = states.filter(({ isMandatory }) => isMandatory)
  const kinds = (isWanted: (state: RequirementState) => boolean): string[] => mandatory.filter(isWanted).map(({ kind }) => kind)
  const expired = kinds(({ isExpired }) => isExpired)
  const missing = kinds(({ state, isExpired }) => state !== 'valid' && !isExpired)
  const unverified = kinds(({ state }) => state === 'received')
  const ends = states.flatMap(({ state, validTo }) => state === 'valid' && validTo !== null ? [validTo] : [])
  return {
    verdict: mandatory.length === 0 ? 'not-asked' : expired.length > 0 ? 'expired' : missing.length > 0 ? 'incomplete' : 'compliant',
    states, missing, expired, unverified,
    nextDeadline: ends.toSorted()[0] ?? null,
  }
}

/** Last valid day of a document of this kind: "less than six months old" ends the day before the date comes round. */
export const validUntil = (issuedOn: Day, validityMonths: number | null): Day | null =>
  validityMonths === null ? null : addDays(addMonths(issuedOn, validityMonths), -1)

/** Whether a document was already too old on the day it was handed in. */
export const isTooOld = (issuedOn: Day, receivedOn: Day, maxAgeMonths: number | null): boolean =>
  maxAgeMonths !== null && issuedOn < addMonths(receivedOn, -maxAgeMonths)
