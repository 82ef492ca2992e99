import { satisfies } from '@comptoir/shared/access/rights'
import { AppError } from '@comptoir/shared/errors'
import type { Day } from '@comptoir/shared/insights/calendar'
import { openBook } from '@comptoir/shared/scorecards/book'
import { RateMissing } from '@comptoir/shared/scorecards/exchange'
import type { MeasureId } from '@comptoir/shared/scorecards/measure'
import type { Evidence, EvidenceRow, VendorScorecard } from '@comptoir/shared/scorecards/scorecard-card.schema'
import type { StandingOrNone } from '@comptoir/shared/scorecards/standing'
import { requireVendor, seesAllVendors, visibleVendors } from '../../platform/access/vendor-gate.postgres.ts'
import type { Caller } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'
import { cardOf } from './card.ts'
import { readDocuments } from './documents.postgres.ts'
import { evaluatePortal } from './evaluate-portal.postgres.ts'
import { evidenceOf } from './evidence.ts'
import { readOpenFraudAlert } from './fraud-alerts.postgres.ts'
import { overTimeOf, readMonths } from './months.postgres.ts'
import { peersOf, tellableMedians } from './peers.ts'
import { inputOf } from './portal-input.ts'
import { readRules } from './rules.postgres.ts'
import { readState } from './state.postgres.ts'

export type Asker = Pick<Caller, 'portal' | 'viewer'>

const ROWS_LISTED = 500

/** A vendor's score on a day, worked out now, with the months that are stored. */
export async function readVendorScorecard(db: Database, asker: Asker, vendorId: string, asOf: Day): Promise<VendorScorecard> {
  const rights = await requireVendor(db, asker, vendorId, { group: 'scores' })
  const [{ cards, rules, input }, months, fraudAlert, visible] = await Promise.all([
    evaluatePortal(db, asker.portal, asOf), readMonths(db, asker.portal.id, vendorId, asOf), readOpenFraudAlert(db, asker.portal.id, vendorId),
    visibleVendors(db, asker, { group: 'scores' }).select('vendors.vendor_id').execute(),
  ])
  const visibleIds = new Set(visible.map(({ vendor_id }) => vendor_id))
  const isVisible = (id: string): boolean => visibleIds.has(id)
  const card = cards.get(vendorId)
  if (!card)
    throw new AppError('vendor.not_found', { details: { vendorId } })
  const { settings } = rules.rules
  return {
    vendorId,
    asOf,
    from: input.from ?? null,
    category: card.category,
    peers: peersOf(cards, card, isVisible),
    previous: input.suppliers.find(({ id }) => id === vendorId)?.previous ?? null,
    card: { ...cardOf(card), medians: tellableMedians(cards, card, isVisible) },
    months,
    overTime: overTimeOf(months, asOf, settings.halfLifeMonths),
    rules: {
      version: rules.version, minimumCoverage: settings.minimumCoverage, indicativeBelowLines: settings.indicativeBelowLines, k: settings.k,
      standingBounds: [...settings.standingBounds], halfLifeMonths: settings.halfLifeMonths, measures: settings.measures,
    },
    fraudAlert,
    may: {
      comment: satisfies(rights, { group: 'scores', role: 'editor' }),
      adjust: satisfies(rights, { group: 'scores', role: 'approver' }),
      seeAmounts: satisfies(rights, { group: 'prices' }),
    },
  }
}

/** Prices are compared with other vendors'; every other measure is the vendor's own. */
export async function readEvidence(db: Database, asker: Asker, vendorId: string, measure: MeasureId, asOf: Day): Promise<Evidence> {
  const rights = await requireVendor(db, asker, vendorId, { group: 'scores' })
  const [documents, state, rules, seesAllPrices] = await Promise.all([
    readDocuments(db, asker.portal, measure === 'ppv' ? null : vendorId), readState(db, asker.portal, asOf), readRules(db, asker.portal.id),
    seesAllVendors(db, asker, 'prices'),
  ])
  const input = inputOf(documents, state, { asOf, rules: rules.rules })
  const supplier = input.suppliers.find(({ id }) => id === vendorId)
  if (!supplier)
    throw new AppError('vendor.not_found', { details: { vendorId } })
  const rows = rowsUnlessRateMissing(() => evidenceOf(openBook(input), supplier, measure))
  const maySeeAmounts = satisfies(rights, { group: 'prices' })
  const maySeeReference = ({ referenceSource }: EvidenceRow): boolean => maySeeAmounts && (seesAllPrices || referenceSource !== 'market')
  return {
    measure,
    currency: asker.portal.currency,
    rows: rows.slice(0, ROWS_LISTED).map(row => ({ ...row, paid: maySeeAmounts ? row.paid : null, reference: maySeeReference(row) ? row.reference : null })),
    moreCount: Math.max(0, rows.length - ROWS_LISTED),
  }
}

function rowsUnlessRateMissing<T>(read: () => T[]): T[] {
  try {
    return read()
  }
  catch (error) {
    // The card says which rate is missing.
    if (error instanceof RateMissing)
      return []
    throw error
  }
}

export interface VendorEvaluation {
  readonly score: number | null
  readonly standing: StandingOrNone
  readonly coverage: number
  /** Lines that were due. */
  readonly n: number
  /** Vetoes by their code, and `indicative` where few lines are behind it. */
  readonly reasons: readonly string[]
}

/** For workflows: the score of a vendor on a day, within the rights of whoever asks. */
export async function evaluateVendor(db: Database, asker: Asker, vendorId: string, asOf: Day): Promise<VendorEvaluation> {
  await requireVendor(db, asker, vendorId, { group: 'scores' })
  const { cards } = await evaluatePortal(db, asker.portal, asOf)
  const card = cards.get(vendorId)
  if (!card)
    throw new AppError('vendor.not_found', { details: { vendorId } })
  return {
    score: card.score,
    standing: card.standing,
    coverage: card.coverage,
    n: card.dueLineCount,
    reasons: [...card.vetoes, ...card.isIndicative ? ['indicative'] : []],
  }
}
