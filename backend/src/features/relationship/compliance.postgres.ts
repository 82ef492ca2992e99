import { sql } from 'kysely'
import { satisfies, type VendorRights } from '@comptoir/shared/access/rights'
import { dayAt, type Day } from '@comptoir/shared/insights/calendar'
import { isTooOld, judgeCompliance, type Compliance, type RequirementGround } from '@comptoir/shared/relationship/compliance'
import type { ComplianceDocument, VendorCompliance, VendorRequirement } from '@comptoir/shared/relationship/compliance.contract'
import type { Selectable } from 'kysely'
import { requireVendor, visibleVendors, type Onlooker as Gate } from '../../platform/access/vendor-gate.postgres.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'
import type { RelationshipTables } from '../../platform/storage/tables/relationship.ts'
import type { Onlooker } from './contracts.postgres.ts'
import { readPeople, type People } from './people.postgres.ts'

export type DocumentRecord = Selectable<RelationshipTables['compliance_documents']>

interface RequirementRow {
  readonly kind: string
  readonly title: string | null
  readonly country: string | null
  readonly is_mandatory: boolean
  readonly validity_months: number | null
  readonly max_age_months: number | null
  readonly needs_code: boolean
  readonly threshold_minor: number | null
  readonly threshold_currency: string
  readonly spend_minor: number | null
  readonly contract_minor: number | null
  readonly applies: boolean
  readonly ground: RequirementGround
}

export const readRequirements = async (db: Database | Tx, portalId: number, vendorId: string, asOf: Day): Promise<RequirementRow[]> => (await sql<RequirementRow>`
  select kind, title, country, is_mandatory, validity_months, max_age_months, needs_code, threshold_minor, threshold_currency, spend_minor, contract_minor, applies, ground
  from vendor_requirements(${portalId}, ${asOf}::date) where vendor_id = ${vendorId} order by position, kind`.execute(db)).rows

const readDocuments = (db: Database | Tx, portalId: number, vendorId: string): Promise<DocumentRecord[]> =>
  db.selectFrom('compliance_documents').selectAll().where('portal_id', '=', portalId).where('vendor_id', '=', vendorId)
    .orderBy('kind').orderBy(sql`valid_to desc nulls first`).orderBy('created_at', 'desc').execute()

const judge = (requirements: readonly RequirementRow[], documents: readonly DocumentRecord[], asOf: Day): Compliance => judgeCompliance(
  requirements.map(row => ({ kind: row.kind, isMandatory: row.is_mandatory, applies: row.applies })),
  documents.map(row => ({ documentId: row.document_id, kind: row.kind, validFrom: row.valid_from, validTo: row.valid_to, isVerified: row.verified_at !== null })),
  asOf,
)

/**
 * Whether a vendor's documents are in order on a day: for workflow actions, payments and scores.
 * @throws AppError vendor.not_found, vendor.forbidden
 */
export async function checkCompliance(db: Database, onlooker: Gate, vendorId: string, asOf: Day): Promise<Compliance> {
  await requireVendor(db, onlooker, vendorId, { group: 'documents' })
  const [requirements, documents] = await Promise.all([readRequirements(db, onlooker.portal.id, vendorId, asOf), readDocuments(db, onlooker.portal.id, vendorId)])
  return judge(requirements, documents, asOf)
}

/** All that the page of a vendor's documents shows. */
export async function readCompliance(db: Database, onlooker: Onlooker, vendorId: string, now: Date): Promise<VendorCompliance> {
  const { portal } = onlooker
  const rights = await requireVendor(db, onlooker, vendorId, { group: 'documents' })
  const asOf = dayAt(now, portal.timeZone)
  const [requirements, documents, holds, country] = await Promise.all([
    readRequirements(db, portal.id, vendorId, asOf),
    readDocuments(db, portal.id, vendorId),
    db.selectFrom('vendor_holds').select(['hold_id', 'document_kind', 'since']).where('portal_id', '=', portal.id)
      .where('vendor_id', '=', vendorId).where('lifted_at', 'is', null).orderBy('since').execute(),
    readCountry(db, onlooker, vendorId),
  ])
  const people = await readPeople(db, portal.id, documents.map(row => row.verified_by))
  const verdict = judge(requirements, documents, asOf)
  const shown = { asOf, people, timeZone: portal.timeZone, requirements }
  return {
    asOf,
    verdict: verdict.verdict,
    nextDeadline: verdict.nextDeadline,
    ...country,
    requirements: requirements.map(row => toRequirement(row, verdict, rights, portal.currency)),
    documents: documents.map(row => toDocument(row, shown)),
    holds: holds.map(row => ({ holdId: row.hold_id, documentKind: row.document_kind, since: row.since.toISOString() })),
    mayEdit: satisfies(rights, { group: 'documents', role: 'editor' }),
    mayLift: satisfies(rights, { group: 'documents', role: 'approver' }),
  }
}

async function readCountry(db: Database, onlooker: Onlooker, vendorId: string): Promise<Pick<VendorCompliance, 'country' | 'isCountryAssumed'>> {
  const row = await visibleVendors(db, onlooker).where('vendors.vendor_id', '=', vendorId).select([
    sql<string | null>`vendor_country(vendors.country, vendors.vat_number, vendors.siren)`.as('country'),
    sql<string | null>`case when trim(coalesce(vendors.country, '')) = '' then home_country(vendors.portal_id) end`.as('home'),
  ]).executeTakeFirst()
  const own = row?.country ?? null
  return { country: own ?? row?.home ?? null, isCountryAssumed: own === null && Boolean(row?.home) }
}

function toRequirement(row: RequirementRow, { states }: Compliance, rights: VendorRights, baseCurrency: string): VendorRequirement {
  const state = states.find(({ kind }) => kind === row.kind)
  const known = [row.contract_minor, row.spend_minor].filter(amount => amount !== null)
  const compared = row.threshold_minor === null || known.length === 0 || !satisfies(rights, { group: 'prices' }) ? null : Math.max(...known)
  return {
    kind: row.kind,
    title: row.title,
    country: row.country,
    isMandatory: row.is_mandatory,
    applies: row.applies,
    ground: row.ground,
    threshold: row.threshold_minor === null ? null : { minor: row.threshold_minor, currency: row.threshold_currency },
    compared: compared === null ? null : { minor: compared, currency: baseCurrency },
    validityMonths: row.validity_months,
    maxAgeMonths: row.max_age_months,
    needsCode: row.needs_code,
    state: state?.state ?? null,
    documentId: state?.documentId ?? null,
    validTo: state?.validTo ?? null,
  }
}

interface Shown { readonly asOf: Day, readonly people: People, readonly timeZone: string, readonly requirements: readonly RequirementRow[] }

function toDocument(row: DocumentRecord, { asOf, people, timeZone, requirements }: Shown): ComplianceDocument {
  const receivedOn = dayAt(row.created_at, timeZone)
  const maxAge = requirements.find(({ kind }) => kind === row.kind)?.max_age_months ?? null
  return {
    documentId: row.document_id,
    vendorId: row.vendor_id,
    kind: row.kind,
    name: row.name,
    link: row.link,
    issuedOn: row.issued_on,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    verificationCode: row.verification_code,
    note: row.note,
    receivedOn,
    isTooOld: row.issued_on !== null && isTooOld(row.issued_on, receivedOn, maxAge),
    isExpired: row.valid_to !== null && row.valid_to < asOf,
    verifiedAt: row.verified_at?.toISOString() ?? null,
    verifiedBy: people(row.verified_by),
    verificationNote: row.verification_note,
    version: row.version,
  }
}
