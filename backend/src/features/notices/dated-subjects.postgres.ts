import { sql } from 'kysely'
import type { Day } from '@comptoir/shared/insights/calendar'
import type { NoticeKindId } from '@comptoir/shared/notices/kinds'
import type { NoticeParams, NoticeValue } from '@comptoir/shared/notices/notice-text'
import type { Tx } from '../../platform/storage/database.ts'

/** Something with a date that somebody must think of. */
export interface DatedSubject {
  /** What stays the same when the date passes or the kind of end changes. */
  readonly topic: string
  readonly kind: NoticeKindId
  readonly subjectId: string
  readonly vendorId: string
  readonly dueOn: Day
  readonly ownerUserId: number | null
  readonly params: NoticeParams
  readonly section: string
  /** The date has passed, and the kind says so. */
  readonly isPast: boolean
  /** The kind that reminded before the date. */
  readonly kindBefore: NoticeKindId
  /** After the date people hear of it only if a reminder before it was missed. */
  readonly isToldBefore: boolean
}

interface Row {
  readonly kind: string
  readonly subject_id: string
  readonly vendor_id: string
  readonly due_on: Day
  readonly owner_user_id: number | null
  readonly title: string
  readonly amount_minor: number | null
  readonly currency: string | null
}

/** Nobody plans further ahead than this. */
const horizonDays = 400

/** A debt that has just been entered may be settled by the next entry: a backlog of old invoices rings no bells. */
const settlesMs = 2 * 60_000

export async function readDates(tx: Tx, portalId: number, today: Day, now: Date): Promise<DatedSubject[]> {
  const { rows } = await sql<Row>`
    select d.kind, d.subject_id::text as subject_id, d.vendor_id, d.due_on, d.owner_user_id, d.title, p.amount_minor, p.currency
    from vendor_deadlines d
    left join payables p on d.kind = 'payment.due' and p.portal_id = d.portal_id and p.payable_id = d.subject_id
    where d.portal_id = ${portalId} and d.due_on <= ${today}::date + ${horizonDays}::int
      -- What is already in a run needs no reminder, unless the run comes too late.
      and (p.status is distinct from 'in_run' or d.due_on < ${today}::date)
      and (p.payable_id is null or p.created_at not between ${new Date(now.getTime() - settlesMs)} and ${now})
    order by d.due_on, d.subject_id`.execute(tx)
  return rows.flatMap(row => subjectOf(row, today) ?? [])
}

interface Shape {
  readonly topic: string
  readonly before: NoticeKindId
  readonly after: NoticeKindId
  readonly section: string
  readonly isToldBefore: boolean
}

const shapes: Readonly<Record<string, Shape>> = {
  'contract.notice': { topic: 'notice', before: 'contract_notice', after: 'contract_notice', section: 'contracts', isToldBefore: true },
  'contract.end': { topic: 'end', before: 'contract_end', after: 'contract_end', section: 'contracts', isToldBefore: true },
  'contract.renewal': { topic: 'end', before: 'contract_renewal', after: 'contract_renewal', section: 'contracts', isToldBefore: true },
  'document.expiry': { topic: 'document', before: 'document_expiry', after: 'document_expired', section: 'documents', isToldBefore: true },
  'payment.due': { topic: 'payment', before: 'payment_due', after: 'payment_overdue', section: 'payments', isToldBefore: false },
}

function subjectOf(row: Row, today: Day): DatedSubject | null {
  const shape = shapes[row.kind]
  if (!shape)
    return null
  const isPast = row.due_on < today && shape.after !== shape.before
  return {
    topic: shape.topic,
    kind: isPast ? shape.after : shape.before,
    kindBefore: shape.before,
    subjectId: row.subject_id,
    vendorId: row.vendor_id,
    dueOn: row.due_on,
    ownerUserId: row.owner_user_id,
    params: {
      subject: shape.topic === 'document' ? documentName(row.title) : row.title,
      ...(row.amount_minor !== null && row.currency !== null && { amount: { minor: row.amount_minor, currency: row.currency } }),
    },
    section: shape.section,
    isPast,
    isToldBefore: shape.isToldBefore,
  }
}

/** A document without a name of its own carries its kind. */
const documentNames: Readonly<Record<string, { fr: string, en: string }>> = {
  'kbis': { fr: 'Extrait Kbis', en: 'Company register extract' },
  'urssaf': { fr: 'Attestation de vigilance Urssaf', en: 'Urssaf certificate of vigilance' },
  'insurance': { fr: 'Attestation d’assurance', en: 'Insurance certificate' },
  'foreign-workers': { fr: 'Liste des salariés étrangers', en: 'List of foreign employees' },
  'tax': { fr: 'Attestation de régularité fiscale', en: 'Tax certificate' },
}

const documentName = (title: string): NoticeValue => documentNames[title] ?? title
