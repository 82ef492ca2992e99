import { AppError } from '@comptoir/shared/errors'
import { dayOf, parseNumber, type RawSettings } from '@comptoir/shared/actions/settings'
import { toMajor, toMinor } from '@comptoir/shared/money'
import { careMessages } from './care-messages.ts'
import { chooseVendor, companyLink } from './choose-vendor.ts'
import type { Operation, OperationContext, Plan } from './operation.ts'
import type { ActionVendor, VendorPort } from './vendor-operations.ts'

export interface ActionEvaluation {
  readonly score: number | null
  readonly standing: string
  /** In percent. */
  readonly coverage: number
  readonly n: number
  readonly reasons: readonly string[]
}

export interface ActionCompliance {
  readonly verdict: string
  readonly missing: readonly string[]
  readonly expired: readonly string[]
  readonly nextDeadline: string | null
}

export interface ActionContract {
  readonly contractId: string
  readonly title: string
  readonly endsOn: string | null
  readonly noticeOn: string | null
  readonly amountMinor: number | null
  readonly currency: string | null
  /** Somebody was asked to renew it for this end already. */
  readonly isRenewalStarted: boolean
}

/** Where a write comes from: once per run, whatever happens to it. */
export interface WriteOrigin { readonly context: OperationContext, readonly runId: string }

/** What these operations need of scores, documents, contracts, deals and payments; each in the rights of the context's viewer. */
export interface CarePort {
  evaluate(context: OperationContext, vendorId: string): Promise<ActionEvaluation>
  compliance(context: OperationContext, vendorId: string): Promise<ActionCompliance>
  /** The signed contract that ends first; null without one. */
  contract(context: OperationContext, vendorId: string): Promise<ActionContract | null>
  insistOn(context: OperationContext, vendorId: string, group: 'prices' | 'documents'): Promise<void>
  plannedCost(context: OperationContext, dealId: number, vendorId: string): Promise<{ readonly minor: number | null } | null>
  linkDeal(tx: unknown, origin: WriteOrigin, link: { dealId: number, vendorId: string, plannedMinor: number | null }): Promise<void>
  schedulePayment(tx: unknown, origin: WriteOrigin, payment: { vendorId: string, amountMinor: number, dueOn: string, reference: string }): Promise<void>
  requestDocument(tx: unknown, origin: WriteOrigin, request: { vendorId: string, subject: string }): Promise<void>
  startRenewal(tx: unknown, origin: WriteOrigin, renewal: { vendorId: string, contract: ActionContract }): Promise<void>
}

type CareOperation = 'evaluate' | 'check-compliance' | 'link-deal' | 'schedule-payment' | 'request-document' | 'start-renewal'

const dealType = 2
/** As much as the forms take. */
const MOST_MINOR = 1_000_000_000_000_000

export function careOperations(vendors: VendorPort, care: CarePort): Record<CareOperation, Operation> {
  const about = (work: (context: OperationContext, vendor: ActionVendor, values: RawSettings) => Promise<Plan>): Operation =>
    async (context, values) => {
      const vendor = await chooseVendor(vendors, context, values)
      const plan = await work(context, vendor, values)
      return { ...plan, returns: { success: true, vendorName: vendor.name, vendorStatus: vendor.status, link: companyLink(context, vendor), ...plan.returns } }
    }
  return {
    'evaluate': about((context, vendor) => evaluate(care, context, vendor)),
    'check-compliance': about((context, vendor) => checkCompliance(care, context, vendor)),
    'link-deal': about((context, vendor, values) => linkDeal(care, context, vendor, values)),
    'schedule-payment': about((context, vendor, values) => schedulePayment(care, context, vendor, values)),
    'request-document': about((context, vendor, values) => requestDocument(care, context, vendor, values)),
    'start-renewal': about((context, vendor) => startRenewal(care, context, vendor)),
  }
}

async function evaluate(care: CarePort, context: OperationContext, { vendorId, name }: ActionVendor): Promise<Plan> {
  const found = await care.evaluate(context, vendorId)
  return {
    returns: {
      verdict: found.score === null ? 'no_data' : 'scored',
      score: found.score === null ? null : Math.round(found.score * 100) / 100,
      standing: found.standing,
      coverage: Math.round(found.coverage * 100) / 100,
      evaluatedLines: found.n,
      reasons: found.reasons.join(', '),
    },
    message: careMessages[context.language].evaluated(name, found),
    effects: [],
  }
}

async function checkCompliance(care: CarePort, context: OperationContext, { vendorId, name }: ActionVendor): Promise<Plan> {
  const found = await care.compliance(context, vendorId)
  const words = careMessages[context.language]
  return {
    returns: {
      verdict: found.verdict,
      missingList: found.missing.map(words.document).join(', '),
      expiredList: found.expired.map(words.document).join(', '),
      nextDeadline: found.nextDeadline,
    },
    message: words.compliance(name, found),
    effects: [],
  }
}

async function linkDeal(care: CarePort, context: OperationContext, { vendorId, name }: ActionVendor, values: RawSettings): Promise<Plan> {
  if (context.document?.entityTypeId !== dealType)
    throw new AppError('action.no_deal')
  const dealId = context.document.entityId
  await care.insistOn(context, vendorId, 'prices')
  const { currency } = context.portal
  const plannedMinor = amountOf(values, 'plannedCost', currency)
  const known = await care.plannedCost(context, dealId, vendorId)
  const isChange = known === null || known.minor !== plannedMinor
  const words = careMessages[context.language]
  const message = words.linked({ name, dealId, amount: plannedMinor === null ? null : words.money(plannedMinor, currency), isChange })
  return {
    returns: { verdict: isChange ? 'changed' : 'unchanged', amount: plannedMinor === null ? null : toMajor(plannedMinor, currency), currency, changed: isChange },
    message,
    effects: isChange ? [{ kind: 'written', text: message }] : [],
    ...isChange && { apply: (tx: unknown, runId: string) => care.linkDeal(tx, { context, runId }, { dealId, vendorId, plannedMinor }) },
  }
}

async function schedulePayment(care: CarePort, context: OperationContext, { vendorId, name }: ActionVendor, values: RawSettings): Promise<Plan> {
  await care.insistOn(context, vendorId, 'prices')
  const { currency } = context.portal
  const amountMinor = amountOf(values, 'paymentAmount', currency, 1) ?? 0
  const dueOn = dayOf(values.dueOn ?? '') ?? ''
  const words = careMessages[context.language]
  const message = words.scheduled({ name, amount: words.money(amountMinor, currency), dueOn, reference: values.reference ?? '' })
  return {
    returns: { verdict: 'scheduled', amount: toMajor(amountMinor, currency), currency, nextDeadline: dueOn, changed: true },
    message,
    effects: [{ kind: 'written', text: message }],
    apply: (tx, runId) => care.schedulePayment(tx, { context, runId }, { vendorId, amountMinor, dueOn, reference: values.reference ?? '' }),
  }
}

async function requestDocument(care: CarePort, context: OperationContext, { vendorId, name }: ActionVendor, values: RawSettings): Promise<Plan> {
  await care.insistOn(context, vendorId, 'documents')
  const words = careMessages[context.language]
  const subject = words.document(values.documentName ?? '')
  const message = words.requested(name, subject)
  return {
    returns: { verdict: 'requested', changed: true },
    message,
    effects: [{ kind: 'written', text: message }],
    apply: (tx, runId) => care.requestDocument(tx, { context, runId }, { vendorId, subject }),
  }
}

async function startRenewal(care: CarePort, context: OperationContext, { vendorId, name }: ActionVendor): Promise<Plan> {
  await care.insistOn(context, vendorId, 'documents')
  const contract = await care.contract(context, vendorId)
  const words = careMessages[context.language]
  if (!contract)
    return { returns: { verdict: 'no_contract', changed: false }, message: words.noContract(name), effects: [] }
  const isChange = !contract.isRenewalStarted
  const message = isChange ? words.renewal(name, contract) : words.renewalStarted(name, contract)
  return {
    returns: {
      verdict: isChange ? 'started' : 'unchanged', changed: isChange, contractTitle: contract.title, contractEndsOn: contract.endsOn, nextDeadline: contract.noticeOn ?? contract.endsOn,
      amount: contract.amountMinor === null || contract.currency === null ? null : toMajor(contract.amountMinor, contract.currency), currency: contract.currency,
    },
    message,
    effects: isChange ? [{ kind: 'written', text: message }] : [],
    ...isChange && { apply: (tx: unknown, runId: string) => care.startRenewal(tx, { context, runId }, { vendorId, contract }) },
  }
}

/** What an expression came to may be any number: only an amount that the forms would take, too, is written. */
function amountOf(values: RawSettings, field: string, currency: string, least = 0): number | null {
  const typed = parseNumber(values[field] ?? '')
  const minor = typed === null ? null : toMinor(typed, currency)
  if (minor !== null && (minor < least || minor > MOST_MINOR))
    throw new AppError('action.settings_invalid', { details: { problems: [{ field, reason: 'out_of_range' }] } })
  return minor
}
