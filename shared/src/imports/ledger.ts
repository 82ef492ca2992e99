/** How ledgers say what a line is: the side it stands on, the account it is booked to. */

export type LedgerSide = 'debit' | 'credit'

const sides: Readonly<Record<string, LedgerSide>> = {
  d: 'debit', dr: 'debit', db: 'debit', debit: 'debit', s: 'debit', soll: 'debit', debe: 'debit',
  c: 'credit', cr: 'credit', credit: 'credit', h: 'credit', haben: 'credit', haber: 'credit',
}

export const sideOf = (text: string): LedgerSide | null =>
  sides[text.trim().slice(0, 12).normalize('NFKD').replace(/\p{M}/gu, '').replace('.', '').toLowerCase()] ?? null

/** 401 and 404 are what is owed to suppliers; 403, 408 and 409 book the same money again. */
export const isSupplierAccount = (text: string): boolean => /^[F0]?40[14]\w{0,14}$/i.test(text.trim())

type SideCells = Readonly<Record<'debit' | 'credit' | 'side', string>>

const isZero = (text: string): boolean => /^[0\s.,€-]*$/.test(text)

/** The side a row stands on; null when both columns hold money. A row without any counts as a debit of nothing. */
export function sideOfRow({ debit, credit, side }: SideCells): LedgerSide | null {
  if (side !== '')
    return sideOf(side)
  if (!isZero(debit) && !isZero(credit))
    return null
  return isZero(credit) && (debit !== '' || credit === '') ? 'debit' : 'credit'
}

const paymentWords = /^(?:vir(?:ement|t)?\b|r[eè]glements?\b|paiements?\b|pr[eé]l[eè]vements?\b|prlv\b|ch[eè]ques?\b|chq\b|acompte\b|payments?\b|transfer\b|bacs\b|sepa\b|zahlung\b|[uü]berweisung\b)/i

/** A settlement by its own words, where no journal tells it. */
export const namesPayment = (text: string): boolean => paymentWords.test(text.trim())

interface JournalTally { spent: number, taken: number }

/** Which journals of a suppliers' ledger only settle what others book: their lines stand against the invoices. */
export class JournalTallies {
  readonly #journals = new Map<string, JournalTally>()

  add(journal: string, isSpent: boolean): void {
    if (journal === '' || (this.#journals.size >= 500 && !this.#journals.has(journal)))
      return
    const tally = this.#journals.get(journal) ?? { spent: 0, taken: 0 }
    this.#journals.set(journal, tally)
    if (isSpent)
      tally.spent++
    else
      tally.taken++
  }

  /** None unless another journal holds the invoices. */
  get payments(): string[] {
    const all = [...this.#journals]
    const hasInvoices = all.some(([, { spent, taken }]) => spent > taken)
    return hasInvoices ? all.filter(([, { spent, taken }]) => taken > spent).map(([journal]) => journal) : []
  }
}
