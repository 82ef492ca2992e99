/** Books of a trading company, month by month: what accounting programs write into a FEC. */
const columns = [
  'JournalCode', 'JournalLib', 'EcritureNum', 'EcritureDate', 'CompteNum', 'CompteLib', 'CompAuxNum', 'CompAuxLib', 'PieceRef', 'PieceDate', 'EcritureLib', 'Debit', 'Credit', 'EcritureLet', 'DateLet', 'ValidDate', 'Montantdevise', 'Idevise',
]

const names: Readonly<Record<string, string>> = {
  101000: 'Capital', 401000: 'Fournisseurs', 411000: 'Clients', 445660: 'TVA déductible', 445710: 'TVA collectée', 512000: 'Banque', 607000: 'Achats de marchandises', 613000: 'Locations', 641000: 'Rémunérations', 707000: 'Ventes de marchandises',
}
const journals: Readonly<Record<string, string>> = { AN: 'À-nouveaux', VE: 'Ventes', AC: 'Achats', BQ: 'Banque', OD: 'Opérations diverses' }

type Part = readonly [account: string, cents: number]

const euros = (cents: number): string => `${Math.trunc(cents / 100)},${String(cents % 100).padStart(2, '0')}`
const day = (year: number, month: number, of: number): string => `${year}${String(month).padStart(2, '0')}${String(of).padStart(2, '0')}`

/** Sales before VAT of a month, in cents: a season and a slow growth. */
const salesOf = (year: number, month: number): number => Math.round((9_000_000 + (year - 2024) * 600_000) * (1 + 0.18 * Math.sin((month - 2) * Math.PI / 6)))

class Ledger {
  readonly #rows: string[] = []
  readonly #balances: Map<string, number>
  #number = 0

  constructor(opening: ReadonlyMap<string, number>) {
    this.#balances = new Map(opening)
  }

  /** Debits above zero, credits below. */
  book(journal: string, date: string, text: string, parts: readonly Part[]): void {
    this.#number++
    for (const [account, cents] of parts.filter(([, amount]) => amount !== 0)) {
      if (journal !== 'AN')
        this.#balances.set(account, (this.#balances.get(account) ?? 0) + cents)
      this.#rows.push([
        journal, journals[journal], this.#number, date, account, names[account], '', '', `${journal}${this.#number}`, date, text, cents > 0 ? euros(cents) : '0,00', cents < 0 ? euros(-cents) : '0,00', '', '', date, '', '',
      ].join('\t'))
    }
  }

  /** What the next year opens with: accounts of the balance sheet, the result among them. */
  closing(): Map<string, number> {
    const kept = [...this.#balances].filter(([account]) => /^[1-5]/.test(account))
    const result = kept.reduce((sum, [, cents]) => sum + cents, 0)
    return new Map([...kept.filter(([account]) => account !== '101000'), ['101000', (this.#balances.get('101000') ?? 0) - result]])
  }

  text(): string {
    return [columns.join('\t'), ...this.#rows].join('\r\n')
  }
}

function bookMonth(ledger: Ledger, year: number, month: number): void {
  const net = salesOf(year, month)
  const bought = Math.round(net * (0.56 + ((month * 5) % 7) / 100))
  const vat = (cents: number): number => Math.round(cents * 0.2)
  ledger.book('VE', day(year, month, 12), 'Ventes du mois', [['411000', net + vat(net)], ['707000', -net], ['445710', -vat(net)]])
  ledger.book('AC', day(year, month, 14), 'Achats du mois', [['607000', bought], ['445660', vat(bought)], ['401000', -bought - vat(bought)]])
  ledger.book('OD', day(year, month, 25), 'Loyer et salaires', [['613000', 350_000], ['641000', 1_900_000], ['512000', -2_250_000]])
  const [customers, vendors] = [Math.round((salesOf(year, month === 1 ? 12 : month - 1)) * 1.2), Math.round(bought * 1.18)]
  ledger.book('BQ', day(year, month, 28), 'Règlements clients', [['512000', customers], ['411000', -customers]])
  ledger.book('BQ', day(year, month, 28), 'Règlements fournisseurs', [['401000', vendors], ['512000', -vendors]])
}

/** The year before, and this one up to the last whole month. */
export function ledgerFiles(now: Date): { name: string, text: string }[] {
  const year = now.getUTCFullYear()
  let opening = new Map([['411000', 16_500_000], ['401000', -8_000_000], ['512000', 20_000_000], ['101000', -28_500_000]])
  return [{ year: year - 1, months: 12 }, { year, months: now.getUTCMonth() }].filter(({ months }) => months > 0).map(({ year: of, months }) => {
    const ledger = new Ledger(opening)
    ledger.book('AN', day(of, 1, 1), 'À-nouveaux', [...opening])
    for (let month = 1; month <= months; month++)
      bookMonth(ledger, of, month)
    opening = ledger.closing()
    return { name: `732829320FEC${day(of, months, new Date(Date.UTC(of, months, 0)).getUTCDate())}.txt`, text: ledger.text() }
  })
}
