import { needsReason, type VendorStatus } from './vendor-status.ts'

/** What is known of a vendor when somebody wants to make it active. */
export interface LifeFacts {
  /** A register or tax number is on file. */
  readonly hasIdentifiers: boolean
  readonly hasSignedContract: boolean
}

/** What happens by itself, and what a move asks for; chosen by an administrator. */
export interface LifeRules {
  readonly activationNeedsIdentifiers: boolean
  readonly activationNeedsContract: boolean
  readonly activatesOnSignature: boolean
  readonly onLastContractEnd: 'none' | 'suspended' | 'terminated'
  readonly holdsPaymentsOnExpiry: boolean
  /** One person proposes the end of a relationship, another one approves it. */
  readonly terminationNeedsTwo: boolean
}

export const defaultLifeRules: LifeRules = {
  activationNeedsIdentifiers: true,
  activationNeedsContract: true,
  activatesOnSignature: true,
  onLastContractEnd: 'suspended',
  holdsPaymentsOnExpiry: true,
  terminationNeedsTwo: false,
}

export const activationNeeds = ['identifiers', 'contract'] as const
export type ActivationNeed = (typeof activationNeeds)[number]

/** What is still missing for a move; it may be waived by saying why. */
export function missingFor(from: VendorStatus, to: VendorStatus, facts: LifeFacts, rules: LifeRules): readonly ActivationNeed[] {
  if (to !== 'active' || from === 'suspended')
    return []
  return [
    ...rules.activationNeedsIdentifiers && !facts.hasIdentifiers ? ['identifiers' as const] : [],
    ...rules.activationNeedsContract && !facts.hasSignedContract ? ['contract' as const] : [],
  ]
}

export const isReasonRequired = (from: VendorStatus, to: VendorStatus, missing: readonly ActivationNeed[]): boolean =>
  needsReason(from, to) || missing.length > 0

/** Ending a relationship for good is not for everybody who may edit. */
export const needsApprover = (to: VendorStatus): boolean => to === 'terminated'

/** Anybody who may edit proposes it; the approver is a second person. */
export const needsTwo = (to: VendorStatus, rules: Pick<LifeRules, 'terminationNeedsTwo'>): boolean => to === 'terminated' && rules.terminationNeedsTwo

/** What a status lets happen; orders, payments and reminders all ask here. */
export interface Restrictions {
  readonly orders: 'allowed' | 'blocked'
  readonly payments: 'allowed' | 'held'
  readonly reminders: 'sent' | 'stopped'
}

const restrictions: Readonly<Record<VendorStatus, Restrictions>> = {
  prospect: { orders: 'allowed', payments: 'allowed', reminders: 'sent' },
  onboarding: { orders: 'allowed', payments: 'allowed', reminders: 'sent' },
  active: { orders: 'allowed', payments: 'allowed', reminders: 'sent' },
  suspended: { orders: 'blocked', payments: 'held', reminders: 'sent' },
  terminated: { orders: 'blocked', payments: 'held', reminders: 'stopped' },
}

export const restrictionsOf = (status: VendorStatus): Restrictions => restrictions[status]

export const moveEffects = [
  'orders.allowed', 'orders.blocked', 'orders.open',
  'payments.held', 'payments.resumed', 'payments.due',
  'reminders.stopped', 'reminders.resumed', 'contracts.running', 'workflows.running',
] as const
export type MoveEffect = (typeof moveEffects)[number]

/** What is under way with a vendor; null where it cannot be told. */
export interface VendorAffairs {
  readonly openOrders: number
  readonly duePayments: number
  readonly runningContracts: number
  readonly runningWorkflows: number
}

export interface CountedEffect {
  readonly effect: MoveEffect
  /** How many things it touches; null where there is nothing to count. */
  readonly count: number | null
}

/** What a move does, said before it is made; nothing that would touch nothing. */
export function effectsOf(from: VendorStatus, to: VendorStatus, affairs: VendorAffairs): readonly CountedEffect[] {
  const [was, is] = [restrictions[from], restrictions[to]]
  const isStopping = to === 'suspended' || to === 'terminated'
  const effects: CountedEffect[] = []
  const add = (isTrue: boolean, effect: MoveEffect, count: number | null = null): void => {
    if (isTrue && count !== 0)
      effects.push({ effect, count })
  }
  add(was.orders !== is.orders, `orders.${is.orders}`)
  add(isStopping, 'orders.open', affairs.openOrders)
  // What is owed to a vendor whose relationship ends stays owed, and is counted as that.
  add(was.payments === 'allowed' && is.payments === 'held', 'payments.held', to === 'terminated' ? null : affairs.duePayments || null)
  add(was.payments === 'held' && is.payments === 'allowed', 'payments.resumed', affairs.duePayments || null)
  add(to === 'terminated', 'payments.due', affairs.duePayments)
  add(was.reminders === 'sent' && is.reminders === 'stopped', 'reminders.stopped')
  add(was.reminders === 'stopped' && is.reminders === 'sent', 'reminders.resumed')
  add(isStopping, 'contracts.running', affairs.runningContracts)
  add(isStopping, 'workflows.running', affairs.runningWorkflows)
  return effects
}
