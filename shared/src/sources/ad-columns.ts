import { currencyIn } from '../imports/currency.ts'
import { dateEvidence, decideDateOrder, type DateEvidence, type DateOrder } from '../imports/dates.ts'
import { headerWords } from '../imports/header-words.ts'
import { decideDecimal, decimalEvidence, type DecimalEvidence, type DecimalMark } from '../imports/numbers.ts'
import { sniffColumn } from '../imports/sniff.ts'
import { adFields, type AdCostPlan, type AdField, type CostUnit } from './ad-cost.ts'

/** How a table of advertising costs is read; columns by their titles, so that one that moves is still found. */
export interface AdCostSettings {
  readonly columns: Readonly<Record<AdField, string | null>>
  readonly dateOrder: DateOrder
  readonly decimal: DecimalMark
  readonly costUnit: CostUnit
  readonly currency: string
  readonly channel: string
  /** Where the rows are: a sheet of a workbook; in JSON, names parted by dots, empty for the answer itself. Null to look for them. */
  readonly rowsPath: string | null
  /** Without: as its kind of source does. */
  readonly replaces?: Replaced
}

/** What a delivery takes the place of: all that was known of its days and channels, or its own campaigns alone. */
export const replacedScopes = ['days', 'rows'] as const
export type Replaced = (typeof replacedScopes)[number]

/** A file or an answer tells of whole days; a door may hear of one campaign at a time. */
export const replacedBy = (kind: 'file' | 'address' | 'webhook'): Replaced => kind === 'webhook' ? 'rows' : 'days'

/** Titles of Google Ads, Meta, LinkedIn and Microsoft exports and interfaces, French and English; the best first. */
const titles: Readonly<Record<AdField, readonly string[]>> = {
  day: ['day', 'jour', 'date', 'segments date', 'date start', 'by day', 'par jour', 'reporting starts', 'debut des rapports', 'start date', 'gregorian date', 'date gregorienne', 'date de debut', 'date debut'],
  channel: ['channel', 'canal', 'source', 'utm source', 'platform', 'plateforme', 'regie', 'publisher platform', 'network', 'reseau', 'media', 'support'],
  campaign: ['campaign', 'campagne', 'campaign name', 'nom de la campagne', 'utm campaign', 'campaign group name', 'nom de campagne', 'campaign id'],
  impressions: ['impressions', 'impr', 'metrics impressions', 'affichages'],
  clicks: ['clicks', 'clics', 'metrics clicks', 'link clicks', 'clics sur un lien', 'clics sur le lien'],
  cost: ['cost', 'cout', 'couts', 'spend', 'amount spent', 'montant depense', 'total spent', 'total depense', 'depense', 'depenses', 'cost micros', 'metrics cost micros', 'budget depense', 'montant'],
  currency: ['currency', 'devise', 'currency code', 'account currency', 'code devise', 'devise du compte', 'code de la devise'],
}

/** Networks that give themselves away in the name of a file or an address. */
const networks: readonly (readonly [RegExp, string])[] = [
  [/google|adwords/i, 'Google Ads'], [/facebook|meta|instagram/i, 'Meta Ads'], [/linkedin/i, 'LinkedIn Ads'], [/bing|microsoft/i, 'Microsoft Ads'], [/tiktok/i, 'TikTok Ads'],
]

export interface TableSample {
  readonly headers: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Name of the file, or the address. */
  readonly origin: string
}

export function proposeAdSettings(sample: TableSample, currency: string): AdCostSettings {
  const columns = findColumns(sample)
  const cellsOf = (field: AdField): string[] => columnCells(sample, columns[field])
  const cost = columns.cost ?? ''
  return {
    columns,
    dateOrder: decideDateOrder(tallyOf<DateEvidence>(cellsOf('day'), dateEvidence, ['dmy', 'mdy', 'ymd', 'open', 'sure', 'placeholder', 'none'])).order,
    decimal: decideDecimal(tallyOf<DecimalEvidence>(cellsOf('cost'), decimalEvidence, ['comma', 'dot', 'open', 'none']), null, ',').mark,
    costUnit: /micros/i.test(cost) ? 'micros' : 'major',
    currency: currencyIn(cost) ?? cellsOf('cost').map(currencyIn).find(found => found !== null) ?? currency,
    channel: columns.channel === null ? networks.find(([sign]) => sign.test(`${sample.origin} ${sample.headers.join(' ')}`))?.[1] ?? '' : '',
    rowsPath: null,
  }
}

/** Ratios and parts of what is looked for: "Avg. cost", "Coût par clic", "Unique clicks". */
const derived = /\b(?:avg|average|moyen\w*|per|par|pour|conv\w*|max\w*|target|cible|uniques?|invalid\w*|estim\w*|status|statut)\b/
/** Looked for at the end of longer titles, too: "Google Ads cost", "Diffusion Impressions". */
const measured: readonly AdField[] = ['day', 'campaign', 'impressions', 'clicks', 'cost']

function findColumns(sample: TableSample): Record<AdField, string | null> {
  const words = sample.headers.map(headerWords)
  const found = new Map<AdField, number>()
  const look = (field: AdField, isTitle: (word: string, title: string) => boolean): void => {
    const free = (index: number): boolean => ![...found.values()].includes(index)
    for (const title of found.has(field) ? [] : titles[field]) {
      const at = words.findIndex((word, index) => free(index) && isTitle(word, title))
      if (at >= 0) {
        found.set(field, at)
        return
      }
    }
  }
  for (const field of adFields)
    look(field, (word, title) => word === title)
  for (const field of measured)
    look(field, (word, title) => word.endsWith(` ${title}`) && !derived.test(word))
  const days = found.has('day') ? [] : describeColumns(sample).flatMap(({ type }, index) => type === 'day' ? [index] : [])
  if (days.length === 1)
    found.set('day', days[0]!)
  return Object.fromEntries(adFields.map(field => [field, sample.headers[found.get(field) ?? -1] ?? null])) as Record<AdField, string | null>
}

const lastDays = ['reporting ends', 'fin des rapports', 'date stop', 'end date', 'date end', 'date de fin', 'date fin']

/** The column that says when what a row tells of ended; -1 where there is none. */
export const lastDayColumn = (headers: readonly string[]): number => headers.findIndex(header => lastDays.includes(headerWords(header)))

const columnCells = ({ headers, rows }: TableSample, header: string | null): string[] => {
  const at = header === null ? -1 : headers.indexOf(header)
  return at < 0 ? [] : rows.map(cells => (cells[at] ?? '').trim()).filter(cell => cell !== '')
}

function tallyOf<Sign extends string>(cells: readonly string[], signOf: (cell: string) => Sign, signs: readonly Sign[]): Record<Sign, number> {
  const tally = Object.fromEntries(signs.map(sign => [sign, 0])) as Record<Sign, number>
  for (const cell of cells)
    tally[signOf(cell)]++
  return tally
}

/** The columns of a table with these titles. Null while day, cost or channel is missing. */
export function planOfSettings(settings: AdCostSettings, headers: readonly string[]): AdCostPlan | null {
  const columns: Partial<Record<AdField, number>> = {}
  for (const field of adFields) {
    const header = settings.columns[field]
    const at = header === null ? -1 : headers.indexOf(header)
    if (at >= 0)
      columns[field] = at
  }
  const hasChannel = columns.channel !== undefined || settings.channel.trim() !== ''
  return columns.day !== undefined && columns.cost !== undefined && hasChannel ? { ...settings, columns } : null
}

export const columnTypes = ['day', 'number', 'text', 'empty'] as const
export type ColumnType = (typeof columnTypes)[number]

export interface DescribedColumn {
  readonly name: string
  readonly type: ColumnType
  /** Share of the sample's cells that hold something. */
  readonly filled: number
  readonly samples: string[]
}

const mostSamples = 3

/** A bare number can be the day of a workbook, 46000, or of Google, 20261020: where its title says so. */
const isDayTitle = (header: string): boolean => titles.day.some(title => ` ${headerWords(header)}`.endsWith(` ${title}`))

export function describeColumns({ headers, rows }: Pick<TableSample, 'headers' | 'rows'>): DescribedColumn[] {
  return headers.map((name, at) => {
    const cells = rows.map(row => (row[at] ?? '').trim())
    const content = sniffColumn(cells)
    const type = content.filled === 0 ? 'empty' : content.date > 0.8 && (content.number <= 0.8 || isDayTitle(name)) ? 'day' : content.number > 0.8 ? 'number' : 'text'
    return {
      name, type, filled: rows.length === 0 ? 0 : content.filled / rows.length,
      samples: [...new Set(cells.filter(cell => cell !== ''))].slice(0, mostSamples).map(cell => cell.slice(0, 80)),
    }
  })
}
