import type { BucketKind } from '../insights/bucket.ts'
import type { Day } from '../insights/calendar.ts'
import type { Dimension, MetricId } from '../insights/metric.ts'
import { metricCatalogue } from '../insights/metric-catalogue.ts'
import { calendarRange, previousPeriod, resolvePeriod, type PeriodChoice } from '../insights/period.ts'
import { companionsOf, crossings, crossingsFor, figuresFor, type Crossing, type Figure } from './figures.ts'
import { metricPhrases } from './metric-phrases.ts'
import { periodIn } from './period-phrases.ts'
import { respelled } from './spelling.ts'

export interface Understood {
  readonly metricId: MetricId
  readonly by: Dimension | null
  readonly across: Crossing | null
  readonly against: MetricId | null
  readonly period: PeriodChoice | null
  /** How fine time was asked for; null: as suits the period. */
  readonly step: BucketKind | null
  readonly figure: Figure
  /** Breakdowns that were asked for and that the number does not have. */
  readonly unfit: readonly Dimension[]
  /** Words that say something, but nothing that was understood: as they were written. */
  readonly unheard: readonly string[]
  /** Slips of the pen: what was written, and what it was read as. */
  readonly respelled: readonly { readonly from: string, readonly to: string }[]
}

const dimensionPhrases: readonly (readonly [Dimension, RegExp])[] = [
  ['customer', /(par|by|top|meilleurs?|meilleures?|premiers?|principaux|plus (gros|grands?)|gros|grands?|quels?|which|best|biggest|largest)( \d+)? ?\b(clients?|customers?|accounts?|entreprises?|societes?|compan(y|ies)|comptes?)\b/],
  ['source', /(par|by|per|chaque|each|selon|quelles?|which)( \d+)? ?.{0,12}\b(sources?|origines?|provenances?|canal|canaux|channels?)\b/],
  ['vendor', /(par|by|per|des|du|top|meilleurs?|premiers?|principaux|quels?|which|largest|biggest)( \d+)?.{0,14}(fournisseur|vendor|supplier)s?/],
  ['responsible', /(par|by|per|chaque|each|top|meilleurs?|best|quels?|which)( \d+)? ?.{0,8}\b(responsable|vendeur|commercial|commerciaux|personne|collaborateur|sales ?(rep|person|people)|owner|person|people)s?\b|^(qui|who)\b/],
  ['age', /(par|by|per|selon) ?.{0,10}\b(age|anciennete|retards?|tranches?|echeances?|ageing|aging)\b|balances? agees?|(dettes?|creances?|factures?|payables?|receivables?|fournisseurs?|clients?) a \d+ jours|\bage(ing)?\b/],
  ['campaign', /(par|by|per|chaque|each|selon|quelles?|which)( \d+)? ?.{0,12}\b(campagne|campaign)s?\b/],
  ['channel', /(par|by|per|chaque|each|selon|quels?|which)( \d+)? ?.{0,12}\b(canal|canaux|channels?|regies?|sources?)\b/],
  ['stage', /(par|by|per|chaque|each).{0,8}\b(etape|stage|phase)s?\b|entonnoir|funnel/],
  ['pipeline', /(par|by|per|chaque|each).{0,8}\b(pipeline|entonnoir|tunnel|funnel)s?\b/],
  ['time', /(par|by|per|chaque|each) ?(jour|semaine|mois|trimestre|an\b|annee|day|week|month|quarter|year)|(mois|semaine|jour) (par|apres) (mois|semaine|jour)|(month|week|day) by (month|week|day)|evolution|tendance|mensuel\w*|hebdomadaire|trimestriel\w*|annuel\w*|quotidien\w*|trend|over time|monthly|weekly|quarterly|daily|yearly|courbe/],
]

const stepPhrases: readonly (readonly [BucketKind, RegExp])[] = [
  ['day', /(par|by|per|chaque|each) ?(jour|day)|(jour|day) (par|apres|by) (jour|day)|quotidien\w*|daily/],
  ['week', /(par|by|per|chaque|each) ?(semaine|week)|(semaine|week) (par|apres|by) (semaine|week)|hebdomadaire|weekly/],
  ['month', /(par|by|per|chaque|each) ?(mois|month)|(mois|month) (par|apres|by) (mois|month)|mensuel\w*|monthly/],
  ['quarter', /(par|by|per|chaque|each) ?(trimestre|quarter)|trimestriel\w*|quarterly/],
  ['year', /(par|by|per|chaque|each) ?(an\b|annee|year)|annuel\w*|yearly/],
]

const figurePhrases: readonly (readonly [Figure, RegExp])[] = [
  ['pareto', /pareto|80 ?\/? ?20|courbe abc|abc curve|analyse abc/],
  ['funnel', /entonnoir|funnel/],
  ['waterfall', /cascade|waterfall|passerelle|bridge chart/],
  ['heat-map', /carte (de )?(chaleur|thermique)|heat ?map/],
  ['pivot', /(tableau )?croisee?s?\b|pivot|cross ?tab/],
  ['gauge', /jauge|gauge|compteur|objectif|target|goal/],
  ['kpi', /sparkline|mini.?courbe|avec (sa |la |leur )?tendance( mensuelle)?|with (its |the )?trend/],
  ['stacked-bar', /(barres? |colonnes? )?empilee?s?|stacked( bars?)?/],
  ['scatter', /nuage( de points)?|scatter( plot)?|correlation/],
  ['table', /tableau|liste|table\b|list\b/],
  ['doughnut', /repartition|\bparts?\b|camembert|anneau|\bshares?\b|split|breakdown|\bpie\b|donut|doughnut/],
  ['area', /\baires?\b|\barea\b/],
  ['line', /courbe|\blignes?\b|\blines?\b/],
  ['bar', /colonnes?|histogramme|columns?/],
  ['bar-across', /barres?|\bbars?\b/],
]

/** « par rapport à », « vs »: two numbers stand against each other. */
const opposing = /\b(par rapport (a|au|aux)|en fonction d(e|es|u)|face (a|au|aux)|compare\w* (a|au|aux|avec|to|with)|contre|versus|vs|against)\b/

const small = new Set((`a afin ai ainsi as au aux avec ayant bien ce cela ces cet cette chaque combien comme d dans de des dont du elle en entre est et eu
  evolution fait faire faut il ils j je l la le les leur leurs lui m ma me mes moi mon montre montrer montrez moyen n nombre nos notre nous on ont ou ou par pas plus pour
  qu quand que quel quelle quelles quels qui s sa sans se ses si son sont sur t te tes toi ton total totaux tous tout toute toutes tu un une veux vos votre vous voir voudrais y
  affiche afficher affichez donne donner donnez liste suivi graphique figure graphe chart affaire affaires opportunite opportunites deal deals euros eur realise realises realisee
  about all an and are at be been by can did do does for from get give graph had has have how i in is it its many may me most much my number of on or our over per please show tell
  than that the their them there these this those to us was we were what when where which who will with you your amount opportunity opportunities montant montants valeur value
  gagne gagner apporte rapporte taux rate vente ventes sales pipeline duree delai cloture actif actifs compris inclus included meilleur meilleurs best top depuis pendant durant during since client clients customer customers a jours jour vs atteinte atteindre atteint realisation argent somme size aujourd hui`).split(/\s+/))

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9%&,]+/g, ' ').replaceAll(',', ' , ').replace(/ +/g, ' ').trim()

/**
 * A question in plain French or English as a figure; null when no metric is recognised. Rules, not guesses:
 * the same words always give the same figure, and what was not understood is told beside it.
 */
export function understand(question: string, today: Day): Understood | null {
  const said = read(question, today)
  const unsure = said?.unheard ?? question.split(/[^\p{L}]+/u).filter(word => !small.has(plain(word)))
  const meant = unsure.flatMap((from) => {
    // A capital within the sentence is a name's.
    const to = /^\p{Lu}\p{Ll}/u.test(from) && !question.trimStart().startsWith(from) ? null : respelled(from)
    return to ? [{ from, to }] : []
  })
  if (meant.length === 0)
    return said
  const other = read(meant.reduce((text, { from, to }) => text.replace(from, to), question), today)
  return other && (!said || other.unheard.length < said.unheard.length) ? { ...other, respelled: meant } : said
}

function read(question: string, today: Day): Understood | null {
  const text = plain(question)
  const heard = new Heard(text)
  const opposition = opposing.exec(text)
  const subject = opposition ? text.slice(0, opposition.index) : text
  const other = opposition ? text.slice(opposition.index + opposition[0].length) : ''
  const metricId = heard.first(metricPhrases, subject) ?? heard.first(metricPhrases, text) ?? (isRanking(text) ? 'revenue_won' : null)
  if (!metricId)
    return null
  const named = dimensionPhrases.flatMap(([dimension, pattern]) => heard.covers(pattern) ? [dimension] : [])
  const asked = askedDimensions(text, heard)
  const fit = asked.filter(by => metricCatalogue[metricId].dimensions.includes(by))
  const by = fit[0] ?? null
  const step = by === 'time' ? heard.first(stepPhrases, text) : null
  const period = periodOf({ subject, other, today }, heard)
  const rival = firstOf(metricPhrases, other)
  const against = rival && companionsOf({ metricId, by }).includes(rival.value) ? rival.value : null
  if (opposition && rival && against)
    heard.mark(opposition.index, text.length - opposition.index)
  const across = against === null ? crossingsFor({ metricId, by }).find(crossing => asked.includes(crossing)) ?? null : null
  const wanted = figurePhrases.flatMap(([figure, pattern]) => heard.has(pattern) ? [figure] : [])
  const fitting = figuresFor({ metricId, by, across, against })
  return {
    metricId, by, across, against, period, step, unfit: asked.filter(one => !fit.includes(one) && !named.includes(one) && !fit.includes(twins[one] ?? one)), unheard: heard.rest(question), respelled: [],
    figure: wanted.find(figure => fitting.includes(figure)) ?? fitting[0] ?? 'number',
  }
}

/** « Nos meilleurs clients », « top vendeurs »: by what they brought. */
const isRanking = (text: string): boolean => dimensionPhrases.some(([by, pattern]) => (by === 'customer' || by === 'responsible') && pattern.test(text))

/** Said by the same words: where a number has the one, the other was not asked for. */
const twins: Partial<Record<Dimension, Dimension>> = { channel: 'source', source: 'channel' }

interface Sides { readonly subject: string, readonly other: string, readonly today: Day }

/** A number is always shown against the time before it: « par rapport à l’an dernier » is this year, seen so. */
function periodOf({ subject, other, today }: Sides, heard: Heard): PeriodChoice | null {
  const own = periodIn(subject, today)
  // « T3 2024 contre T2 »: of the same year.
  const year = own && /20\d\d/.exec(subject.slice(own.at, own.at + own.length))?.[0]
  const compared = other === '' ? null : (year && !/20\d\d/.test(other) ? periodIn(other.replace(/([tqsh] ?[1-4]|semestre|trimestre|quarter)\b/, `$1 ${year}`), today) : null) ?? periodIn(other, today)
  if (own)
    heard.mark(own.at, own.length)
  if (own && theTimeBefore.test(other)) {
    heard.mark(heard.text.length - other.length, other.length, { isOpposed: true })
    return own.choice
  }
  if (!compared)
    return own?.choice ?? null
  const running = ({ last_month: 'this_month', last_quarter: 'this_quarter', last_year: 'this_year' } as const)[compared.choice.period as 'last_month']
  // « T3 contre T2 », « 2026 contre 2025 »: the time before, which stands beside every number; in either order.
  const isEarlier = own !== null && isBeforeOf(compared.choice, own.choice, today)
  const isLater = own !== null && isBeforeOf(own.choice, compared.choice, today)
  if (isEarlier || isLater) {
    heard.mark(heard.text.length - other.length + compared.at, compared.length, { isOpposed: true })
    return isEarlier ? own.choice : compared.choice
  }
  const isBefore = running !== undefined && (own === null || own.choice.period === running || own.choice.period === 'custom' && own.choice.from === calendarRange(running, today).from)
  // Beside a second number, the period of the whole question.
  if (isBefore || firstOf(metricPhrases, other))
    heard.mark(heard.text.length - other.length + compared.at, compared.length, { isOpposed: isBefore })
  return own?.choice ?? (isBefore ? { period: running } : firstOf(metricPhrases, other) ? compared.choice : null)
}

const theTimeBefore = /^ (la |le |l |the )?(periode|mois|trimestre|semaine|an|annee|period|month|quarter|week|year) (d avant|precedente?|before)$|^ (the )?(previous|prior|preceding) (period|month|quarter|week|year)$/

function isBeforeOf(choice: PeriodChoice, later: PeriodChoice, today: Day): boolean {
  const clock = { now: new Date(`${today}T12:00:00Z`), timeZone: 'UTC' }
  const [{ from }, before] = [resolvePeriod(choice, clock), previousPeriod(later, clock)]
  return from !== null && from === before?.from
}

/** « par mois et par vendeur », « par vendeur et pipeline »: a crossing comes second, so that the other one makes the rows. */
function askedDimensions(text: string, heard: Heard): Dimension[] {
  const spelled = text.replace(/\b(par|by|per) ([a-z ]+?) (et|and|x) (?!(par|by|per)\b)/g, '$1 $2 $3 $1 ')
  const found = dimensionPhrases.flatMap(([dimension, pattern]) => {
    const isHere = heard.has(pattern)
    return isHere || pattern.test(spelled) ? [dimension] : []
  })
  heard.has(/\b(et|and|x) (responsable|vendeur|commercial|etape|stage|pipeline|fournisseur|mois|sales ?rep|vendor|supplier|owner|month)s?\b/)
  return found.sort((a, b) => Number(isCrossing(a)) - Number(isCrossing(b)))
}

const isCrossing = (dimension: Dimension): boolean => crossings.some(crossing => crossing === dimension)

function firstOf<T>(phrases: readonly (readonly [T, RegExp])[], text: string): { value: T, match: RegExpExecArray, pattern: RegExp } | null {
  for (const [value, pattern] of phrases) {
    const match = pattern.exec(text)
    if (match)
      return { value, match, pattern }
  }
  return null
}

/** Which letters of a question have been understood. */
class Heard {
  readonly text: string
  readonly #marks: boolean[]

  constructor(text: string) {
    this.text = text
    this.#marks = Array.from(text, () => false)
  }

  mark(at: number, length: number, { isOpposed = false } = {}): void {
    this.#marks.fill(true, at, at + length)
    if (isOpposed)
      this.has(opposing)
  }

  has(pattern: RegExp): boolean {
    const match = pattern.exec(this.text)
    if (match)
      this.mark(match.index, match[0].length)
    return match !== null
  }

  /** Whether it has been understood as something else already: « part du premier fournisseur » is a number's name. */
  covers(pattern: RegExp): boolean {
    const match = pattern.exec(this.text)
    return match !== null && this.#marks.slice(match.index, match.index + match[0].length).every(Boolean)
  }

  first<T>(phrases: readonly (readonly [T, RegExp])[], text: string): T | null {
    const found = firstOf(phrases, text)
    // « top suppliers by spend » says the same number twice.
    for (const match of found ? text.matchAll(new RegExp(found.pattern, 'g')) : [])
      this.mark(match.index, match[0].length)
    return found?.value ?? null
  }

  /** The words that are left and say something, as the question has them. */
  rest(question: string): string[] {
    const left = new Set([...this.text.matchAll(/[a-z0-9%&]+/g)].filter(({ 0: word, index }) => !this.#marks[index] && !small.has(word)).map(([word]) => word))
    return question.split(/[^\p{L}\p{M}\p{N}%&]+/u).filter(word => left.has(plain(word)))
  }
}
