import type { Day } from '@comptoir/shared/insights/calendar'
import type { ScorecardRules } from '@comptoir/shared/scorecards/rules.schema'
import type { OrderLine, Receipt, RequirementInput, ScorecardInput, SupplierInput, VendorRequest } from '@comptoir/shared/scorecards/scorecard-input.schema'
import type { StandingOrNone } from '@comptoir/shared/scorecards/standing'
import { periodStart } from './period.ts'

/** A line with every promise that was made for it and the day it was made on. */
export interface StoredLine extends Omit<OrderLine, 'promises'> {
  readonly label: string
  readonly promiseLog: readonly { readonly on: Day, readonly stated: Day }[] | null
}
export interface StoredReceipt extends Receipt { readonly id: string, readonly label: string }
export type StoredInvoice = ScorecardInput['invoices'][number] & { readonly label: string }
export interface StoredRequest extends VendorRequest { readonly id: string, readonly label: string, readonly supplier: string }

/** What a portal stored, of all days. */
export interface PortalDocuments {
  readonly vendors: readonly { readonly id: string, readonly name: string, readonly category: string | null }[]
  readonly orders: readonly StoredLine[]
  readonly receipts: readonly StoredReceipt[]
  readonly invoices: readonly StoredInvoice[]
  readonly contracts: NonNullable<ScorecardInput['contracts']>
  readonly requests: readonly StoredRequest[]
  readonly rates: Record<string, [Day, number][]>
  readonly currency: string
}

/** What is a state rather than a document, as it was on a day. */
export interface PortalState {
  readonly requirements: ReadonlyMap<string, readonly RequirementInput[]>
  readonly previous: ReadonlyMap<string, StandingOrNone>
  readonly fraudAlerts: ReadonlySet<string>
}

export interface Moment {
  readonly asOf: Day
  /** Null for the period of the rules. */
  readonly from?: Day | null
  readonly rules: ScorecardRules
}

/** The document that the maths reads; nothing that was promised after the as-of day is in it. */
export function inputOf(documents: PortalDocuments, state: PortalState, { asOf, from, rules }: Moment): ScorecardInput {
  const requests = Map.groupBy(documents.requests, ({ supplier }) => supplier)
  const supplierOf = ({ id, category }: PortalDocuments['vendors'][number]): SupplierInput => ({
    id,
    category,
    previous: state.previous.get(id) ?? null,
    fraudAlert: state.fraudAlerts.has(id),
    requirements: [...state.requirements.get(id) ?? []],
    requests: requests.get(id) ?? [],
  })
  return {
    asOf,
    from: from ?? periodStart(rules, asOf),
    currency: documents.currency,
    rates: documents.rates,
    settings: rules.settings as NonNullable<ScorecardInput['settings']>,
    suppliers: documents.vendors.map(supplierOf),
    orders: documents.orders.map(({ promiseLog, ...line }) => promiseLog === null ? line : { ...line, promises: statedBy(promiseLog, asOf) }),
    contracts: documents.contracts,
    receipts: [...documents.receipts],
    invoices: [...documents.invoices],
  }
}

const statedBy = (log: NonNullable<StoredLine['promiseLog']>, asOf: Day): Day[] =>
  log.filter(({ stated }, at) => at === 0 || stated <= asOf).map(({ on }) => on)
