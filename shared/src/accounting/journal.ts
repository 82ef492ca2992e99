import type { Day } from '../insights/calendar.ts'
import { reverseTaxOf, type TaxedInvoice } from './reverse-charge.ts'

export interface JournalAccounts {
  readonly purchaseJournal: string
  readonly purchaseJournalName: string
  readonly bankJournal: string
  readonly bankJournalName: string
  readonly payableAccount: string
  readonly expenseAccount: string
  readonly taxAccount: string
  readonly bankAccount: string
  /** Tax that we owe in the vendor's place, and that we deduct at once. */
  readonly reverseDueAccount: string
  readonly reverseTaxAccount: string
  readonly reverseRate: number
  readonly categoryAccounts: Readonly<Record<string, string>>
}

export const defaultAccounts: JournalAccounts = {
  purchaseJournal: 'ACH', purchaseJournalName: 'Achats', bankJournal: 'BQ', bankJournalName: 'Banque',
  payableAccount: '401000', expenseAccount: '607000', taxAccount: '445660', bankAccount: '512000',
  reverseDueAccount: '445200', reverseTaxAccount: '445662', reverseRate: 20, categoryAccounts: {},
}

const names = { payable: 'Fournisseurs', expense: 'Achats', tax: 'TVA déductible sur autres biens et services', bank: 'Banque', reverseDue: 'TVA due (autoliquidation)', reverseTax: 'TVA déductible (autoliquidation)' } as const

export interface BookedVendor {
  /** Code of the auxiliary account: the vendor's own code, else its SIREN, else the start of its id. */
  readonly auxiliary: string
  readonly name: string
}

export interface BookedInvoice extends Pick<TaxedInvoice, 'isUnionVendor'> {
  readonly kind: 'invoice' | 'credit_note'
  readonly invoiceId: string
  readonly number: string
  readonly issuedOn: Day
  readonly vendor: BookedVendor
  readonly currency: string
  readonly taxMinor: number
  readonly totalMinor: number
  readonly lines: readonly (TaxedInvoice['lines'][number] & { readonly account: string | null, readonly category: string | null })[]
  /** Base minor units per minor unit of the document; null without a rate. */
  readonly factor: number | null
  /** The moment since which it is as it is. */
  readonly changedAt: string
}

export interface BookedPayment {
  readonly paymentId: string
  /** The invoice it pays; null for what was entered without one. */
  readonly invoiceId: string | null
  readonly reference: string
  readonly paidOn: Day
  readonly issuedOn: Day
  readonly vendor: BookedVendor
  readonly currency: string
  /** Negative: money that came back. */
  readonly amountMinor: number
  readonly factor: number | null
  readonly changedAt: string
}

export interface JournalLine {
  readonly journal: string
  readonly journalName: string
  readonly entryNumber: number
  /** What the entry is made of, for good: numbers are given anew in every file. */
  readonly entryId: string
  readonly entryOn: Day
  readonly account: string
  readonly accountName: string
  readonly auxiliary: string | null
  readonly auxiliaryName: string | null
  readonly reference: string
  readonly referenceOn: Day
  readonly text: string
  readonly debitMinor: number
  readonly creditMinor: number
  readonly lettering: string | null
  readonly letteredOn: Day | null
  /** In the document's own currency, where that is not the base one. */
  readonly foreignMinor: number | null
  readonly foreignCurrency: string | null
  /** The moment since which the entry is as it is. */
  readonly changedAt: string
}

export interface LeftOut {
  readonly reason: 'no_rate'
  readonly reference: string
  readonly vendor: string
}

type Draft = Omit<JournalLine, 'entryNumber' | 'lettering' | 'letteredOn' | 'journal' | 'journalName' | 'entryId' | 'entryOn' | 'reference' | 'referenceOn' | 'changedAt'>

interface Entry {
  readonly id: string
  readonly on: Day
  readonly journal: 'purchase' | 'bank'
  readonly reference: string
  readonly referenceOn: Day
  readonly group: string
  readonly changedAt: string
  readonly lines: readonly Draft[]
}

/** Debit when positive, credit when negative: entries are written with signs and turned round at the end. */
function line(account: string, accountName: string, signedMinor: number, foreignMinor: number | null, { text, currency, vendor }: { text: string, currency: string, vendor?: BookedVendor }): Draft {
  return {
    account, accountName, auxiliary: vendor?.auxiliary ?? null, auxiliaryName: vendor?.name ?? null, text,
    debitMinor: Math.max(0, signedMinor), creditMinor: Math.max(0, -signedMinor),
    foreignMinor: foreignMinor === null ? null : Math.abs(foreignMinor), foreignCurrency: foreignMinor === null ? null : currency,
  }
}

/** An account is called after the first category that it was chosen for: one account, one name. */
const expenseName = (account: string, { expenseAccount, categoryAccounts }: JournalAccounts): string =>
  (account === expenseAccount ? undefined : Object.keys(categoryAccounts).sort().find(category => categoryAccounts[category] === account)) ?? names.expense

function invoiceEntry(invoice: BookedInvoice, accounts: JournalAccounts, baseCurrency: string): Entry {
  const sign = invoice.kind === 'credit_note' ? -1 : 1
  const factor = invoice.factor ?? 1
  const isForeign = invoice.currency !== baseCurrency
  const texts = { text: `${invoice.vendor.name} ${invoice.number}`, currency: invoice.currency }
  const byAccount = new Map<string, number>()
  for (const { netMinor, account, category } of invoice.lines) {
    const chosen = account ?? (category === null ? undefined : accounts.categoryAccounts[category]) ?? accounts.expenseAccount
    byAccount.set(chosen, (byAccount.get(chosen) ?? 0) + netMinor)
  }
  const booked = (minor: number): number => sign * Math.round(minor * factor)
  const foreign = (minor: number): number | null => isForeign ? sign * minor : null
  const debits = [
    ...[...byAccount].filter(([, minor]) => minor !== 0).map(([account, minor]) => line(account, expenseName(account, accounts), booked(minor), foreign(minor), texts)),
    ...invoice.taxMinor === 0 ? [] : [line(accounts.taxAccount, names.tax, booked(invoice.taxMinor), foreign(invoice.taxMinor), texts)],
  ]
  const owedTax = reverseTaxOf(invoice, accounts.reverseRate)
  const reversed = owedTax === null
    ? []
    : [
        line(accounts.reverseTaxAccount, names.reverseTax, booked(owedTax), foreign(owedTax), texts),
        line(accounts.reverseDueAccount, names.reverseDue, -booked(owedTax), foreign(-owedTax), texts),
      ]
  // In a foreign currency the rounded parts decide what is owed in the base one; else the document's own total does.
  const owed = isForeign ? debits.reduce((sum, { debitMinor, creditMinor }) => sum + debitMinor - creditMinor, 0) : sign * invoice.totalMinor
  return {
    id: `invoice:${invoice.invoiceId}`, on: invoice.issuedOn, journal: 'purchase', reference: invoice.number, referenceOn: invoice.issuedOn, group: invoice.invoiceId, changedAt: invoice.changedAt,
    lines: [...debits, ...reversed, line(accounts.payableAccount, names.payable, -owed, foreign(-invoice.totalMinor), { ...texts, vendor: invoice.vendor })],
  }
}

function paymentEntry(payment: BookedPayment, accounts: JournalAccounts, baseCurrency: string): Entry {
  const booked = Math.round(payment.amountMinor * (payment.factor ?? 1))
  const foreign = payment.currency === baseCurrency ? null : payment.amountMinor
  const texts = { text: `${payment.vendor.name} ${payment.reference}`, currency: payment.currency }
  return {
    id: `payment:${payment.paymentId}`, on: payment.paidOn, journal: 'bank', reference: payment.reference, referenceOn: payment.issuedOn, group: payment.invoiceId ?? '', changedAt: payment.changedAt,
    lines: [
      line(accounts.payableAccount, names.payable, booked, foreign, { ...texts, vendor: payment.vendor }),
      line(accounts.bankAccount, names.bank, -booked, foreign, texts),
    ],
  }
}

export interface Journal {
  readonly lines: readonly JournalLine[]
  readonly entryCount: number
  readonly leftOut: readonly LeftOut[]
}

/**
 * Entries of invoices and of what paid them, in the order of their days, numbered from one without a gap.
 * With `from`, earlier ones are counted and left out: files of a year that follow each other never give a number twice.
 */
export function writeJournal({ invoices, payments, accounts, baseCurrency, from = '' }: {
  readonly invoices: readonly BookedInvoice[]
  readonly payments: readonly BookedPayment[]
  readonly accounts: JournalAccounts
  readonly baseCurrency: string
  readonly from?: Day
}): Journal {
  const hasRate = ({ currency, factor }: { currency: string, factor: number | null }): boolean => currency === baseCurrency || factor !== null
  const all = [
    ...invoices.filter(hasRate).map(invoice => invoiceEntry(invoice, accounts, baseCurrency)),
    ...payments.filter(hasRate).map(payment => paymentEntry(payment, accounts, baseCurrency)),
  ].filter(({ lines }) => lines.some(({ debitMinor, creditMinor }) => debitMinor + creditMinor > 0))
    .sort((one, other) => one.on === other.on ? (one.id < other.id ? -1 : 1) : one.on < other.on ? -1 : 1)
  const entries = all.filter(({ on }) => on >= from)
  const numbered = all.length - entries.length
  const letters = lettersOf(entries, accounts.payableAccount)
  return {
    entryCount: entries.length,
    lines: entries.flatMap((entry, index) => entry.lines.map((draft): JournalLine => ({
      ...draft,
      journal: entry.journal === 'purchase' ? accounts.purchaseJournal : accounts.bankJournal,
      journalName: entry.journal === 'purchase' ? accounts.purchaseJournalName : accounts.bankJournalName,
      entryNumber: numbered + index + 1,
      entryId: entry.id,
      entryOn: entry.on,
      reference: entry.reference,
      referenceOn: entry.referenceOn,
      changedAt: entry.changedAt,
      lettering: draft.auxiliary === null ? null : letters.get(entry.group)?.letter ?? null,
      letteredOn: draft.auxiliary === null ? null : letters.get(entry.group)?.on ?? null,
    }))),
    leftOut: [...invoices, ...payments].filter(document => !hasRate(document) && ('paidOn' in document ? document.paidOn : document.issuedOn) >= from).map(document => ({
      reason: 'no_rate', reference: 'number' in document ? document.number : document.reference, vendor: document.vendor.name,
    })),
  }
}

/** An invoice and its payments are lettered together once they cancel each other out on the vendors' account. */
function lettersOf(entries: readonly Entry[], payableAccount: string): ReadonlyMap<string, { letter: string, on: Day }> {
  const groups = new Map<string, { balance: number, count: number, on: Day }>()
  for (const { group, lines, on } of entries) {
    if (group === '')
      continue
    const balance = lines.filter(({ account }) => account === payableAccount).reduce((sum, { debitMinor, creditMinor }) => sum + debitMinor - creditMinor, 0)
    const known = groups.get(group)
    groups.set(group, { balance: (known?.balance ?? 0) + balance, count: (known?.count ?? 0) + 1, on: known && known.on > on ? known.on : on })
  }
  const closed = [...groups].filter(([, { balance, count }]) => balance === 0 && count > 1)
  return new Map(closed.map(([group, { on }], index) => [group, { letter: letterOf(index), on }]))
}

/** A, B … Z, AA, AB … */
export function letterOf(index: number): string {
  const last = String.fromCharCode(65 + index % 26)
  return index < 26 ? last : letterOf(Math.floor(index / 26) - 1) + last
}
