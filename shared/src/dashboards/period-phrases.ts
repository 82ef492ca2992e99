import { addDays, addMonths, isDay, startOfMonth, startOfQuarter, startOfWeek, startOfYear, type Day } from '../insights/calendar.ts'
import type { PeriodChoice, PeriodKind } from '../insights/period.ts'

/** A period that words name; `custom` with both days, included. */
interface NamedPeriod {
  readonly choice: PeriodChoice
  /** Where the words stand. */
  readonly at: number
  readonly length: number
}

type Read = (match: RegExpExecArray, today: Day) => PeriodChoice | null

const months = [
  'janv(?:ier)?|january', 'fevr(?:ier)?|february', 'mars|march', 'avr(?:il)?|april', 'mai|may', 'juin|june',
  'juil(?:let)?|july', 'aout|august', 'sept(?:embre|ember)?', 'oct(?:obre|ober)?', 'nov(?:embre|ember)?', 'dec(?:embre|ember)?',
]
const numbers = [
  'un|une|one', 'deux|two', 'trois|three', 'quatre|four', 'cinq|five', 'six', 'sept|seven', 'huit|eight', 'neuf|nine', 'dix|ten', 'onze|eleven', 'douze|twelve',
]
const ordinals = ['1er?|premier|first|1st', '2e|2nd|2eme|deuxieme|second', '3e|3rd|3eme|troisieme|third', '4e|4th|4eme|quatrieme|fourth']

const month = months.join('|')
const year = '20\\d\\d'
const count = `\\d{1,3}|${numbers.join('|')}`
const unit = 'jours?|semaines?|mois|trimestres?|ans?|annees?|days?|weeks?|months?|quarters?|years?'
const date = `\\d{4} \\d\\d \\d\\d|\\d{1,2} \\d{1,2} ${year}|(?:1er|\\d{1,2}) (?:${month})(?: ${year})?`

const indexIn = (words: readonly string[], text: string): number => words.findIndex(pattern => new RegExp(`^(?:${pattern})$`).test(text))
const numberOf = (text: string): number => /^\d+$/.test(text) ? Number(text) : indexIn(numbers, text) + 1
const monthStart = (yearOf: string, at: number): Day => `${yearOf}-${String(at + 1).padStart(2, '0')}-01`
const named = (period: Exclude<PeriodKind, 'custom'>): PeriodChoice => ({ period })

/** Both days included; as one of the periods that go on with the calendar where it is one. */
function span(from: Day, to: Day, today: Day): PeriodChoice | null {
  if (from > to)
    return null
  const isYear = from === startOfYear(from) && addDays(to, 1) === addMonths(from, 12)
  if (isYear && from === startOfYear(today))
    return named('this_year')
  return isYear && from === addMonths(startOfYear(today), -12) ? named('last_year') : { period: 'custom', from, to }
}

const whole = (from: Day, length: number, today: Day): PeriodChoice | null => span(from, addDays(addMonths(from, length), -1), today)

/** Of this year, or of the last where it has not begun. */
const latest = (start: (yearOf: string) => Day, today: Day): Day => {
  const own = start(today.slice(0, 4))
  return own <= today ? own : addMonths(own, -12)
}

/** A piece of a year: « T3 2025 », « mars ». */
function piece(start: (yearOf: string) => Day, length: number, { yearOf, today }: { yearOf: string | undefined, today: Day }): PeriodChoice | null {
  return whole(yearOf ? start(yearOf) : latest(start, today), length, today)
}

const usual: Readonly<Partial<Record<string, PeriodKind>>> = { month3: 'last_3_months', month6: 'last_6_months', month12: 'last_12_months', day7: 'last_7_days', day30: 'last_30_days', year1: 'last_12_months' }

/** The last so many, the running one included: as « les 12 derniers mois » is meant everywhere. */
function last(amount: number, word: string, today: Day): PeriodChoice | null {
  const kind = /^(jour|day)/.test(word) ? 'day' : /^(semaine|week)/.test(word) ? 'week' : /^m/.test(word) ? 'month' : /^[tq]/.test(word) ? 'quarter' : 'year'
  const known = usual[`${kind}${amount}`]
  if (known)
    return { period: known }
  if (amount < 1)
    return null
  switch (kind) {
    case 'day': return span(addDays(today, 1 - amount), today, today)
    case 'week': return amount === 1 ? named('last_7_days') : span(addDays(today, 1 - 7 * amount), today, today)
    case 'month': return whole(addMonths(startOfMonth(today), 1 - amount), amount, today)
    case 'quarter': return whole(addMonths(startOfQuarter(today), 3 - 3 * amount), 3 * amount, today)
    case 'year': return whole(addMonths(startOfYear(today), 12 - 12 * amount), 12 * amount, today)
  }
}

function dayOf(text: string, today: Day): Day | null {
  const [a = '', b = '', c] = text.split(' ')
  const at = indexIn(months, b)
  const start = at < 0 ? '' : c ? monthStart(c, at) : latest(yearOf => monthStart(yearOf, at), today)
  const day = start ? `${start.slice(0, 8)}${(a === '1er' ? '1' : a).padStart(2, '0')}` : a.length === 4 ? `${a}-${b}-${c}` : `${c}-${b.padStart(2, '0')}-${a.padStart(2, '0')}`
  return isDay(day) ? day : null
}

function between(first: string, second: string, today: Day): PeriodChoice | null {
  const [from, to] = [dayOf(first, today), dayOf(second, today)]
  return from && to ? span(from, to, today) : null
}

function monthsBetween([, first = '', firstYear, second = '', secondYear]: RegExpExecArray, today: Day): PeriodChoice | null {
  const end = secondYear ? monthStart(secondYear, indexIn(months, second)) : latest(yearOf => monthStart(yearOf, indexIn(months, second)), today)
  const sameYear = monthStart(firstYear ?? end.slice(0, 4), indexIn(months, first))
  const begin = sameYear > end && !firstYear ? addMonths(sameYear, -12) : sameYear
  return span(begin, addDays(addMonths(end, 1), -1), today)
}

/** Most telling first; French and English, without accents, punctuation as spaces. */
const phrases: readonly (readonly [pattern: string, read: Read])[] = [
  ['(?:depuis (?:le debut|toujours)|toutes? les dates?|all time|ever|since the beginning)(?! (?:de l|du|of))', () => named('all')],
  ['(?:depuis le debut de l (?:an|annee)|year to date|ytd)', () => named('this_year')],
  ['(?:depuis le debut du mois|month to date|mtd)', () => named('this_month')],
  ['(?:depuis le debut du trimestre|quarter to date|qtd)', () => named('this_quarter')],
  [`(?:du|from|entre le|between) (${date}) (?:au|a|to|et le|and) (${date})`, ([, a = '', b = ''], today) => between(a, b, today)],
  [`(?:du|from|entre le|between) (1er|\\d{1,2}) (?:au|a|to|et le|and) (${date})`, ([, a = '', b = ''], today) => between(b.replace(/^\S+/, a), b, today)],
  [`(?:de|entre|from|between) (${month})(?: (${year}))? (?:a|et|to|and) (${month})(?: (${year}))?`, monthsBetween],
  [`(?:depuis(?: le)?|since|from) (${date})`, ([, a = ''], today) => {
    const from = dayOf(a, today)
    return from === null ? null : span(from, today, today)
  }],
  [`(?:depuis|since) (${month})(?: (${year}))?`, ([, name = '', own], today) => since(own ? monthStart(own, indexIn(months, name)) : latest(yearOf => monthStart(yearOf, indexIn(months, name)), today), today)],
  [`(?:depuis|since) (${year})`, ([, own = ''], today) => since(`${own}-01-01`, today)],
  ['(?:depuis|sur|over|for|in) (?:un an|une annee|a year|the (?:last|past) year)', () => named('last_12_months')],
  [`(?:depuis|sur|over|for) (${count}) (${unit})`, ([, amount = '', word = ''], today) => last(numberOf(amount), word, today)],
  [`(${count}) (?:derniers?|dernieres?|last|past) (${unit})`, ([, amount = '', word = ''], today) => last(numberOf(amount), word, today)],
  [`(?:derniers?|dernieres?|last|past|previous) (${count}) (${unit})`, ([, amount = '', word = ''], today) => last(numberOf(amount), word, today)],
  [`(${count}) (${unit}) (?:passee?s?|ecoulee?s?|glissante?s?)`, ([, amount = '', word = ''], today) => last(numberOf(amount), word, today)],
  [`(?:[tq] ?([1-4]))(?: (?:de |of )?(${year}))?`, ([, at = '', own], today) => piece(yearOf => monthStart(yearOf, (Number(at) - 1) * 3), 3, { yearOf: own, today })],
  [`(${ordinals.join('|')}) (?:trimestre|quarter)(?: (?:de |of )?(${year}))?`, ([, at = '', own], today) => piece(yearOf => monthStart(yearOf, indexIn(ordinals, at) * 3), 3, { yearOf: own, today })],
  [`(?:[sh] ?([12]))(?: (?:de |of )?(${year}))?`, ([, at = '', own], today) => piece(yearOf => monthStart(yearOf, (Number(at) - 1) * 6), 6, { yearOf: own, today })],
  [`(${ordinals.slice(0, 2).join('|')}) (?:semestre|half)(?: (?:de |of )?(${year}))?`, ([, at = '', own], today) => piece(yearOf => monthStart(yearOf, indexIn(ordinals, at) * 6), 6, { yearOf: own, today })],
  ['(?:l )?(?:mois (?:dernier|precedent|passe)|(?:last|previous) month)', () => named('last_month')],
  ['(?:trimestre (?:dernier|precedent|passe)|(?:last|previous) quarter)', () => named('last_quarter')],
  ['(?:(?:l )?(?:annee|an|exercice) (?:derniere?|precedente?|passee?)|n 1|(?:last|previous) year)', () => named('last_year')],
  ['(?:semaine (?:derniere|precedente|passee)|(?:last|previous) week)', (_match, today) => span(addDays(startOfWeek(today), -7), addDays(startOfWeek(today), -1), today)],
  ['(?:ce mois(?: ci)?|du mois(?! \\w*(?:dernier|precedent|passe))|mois en cours|(?:this|current) month)', () => named('this_month')],
  ['(?:ce trimestre(?: ci)?|du trimestre(?! \\w*(?:dernier|precedent|passe))|trimestre en cours|(?:this|current) quarter)', () => named('this_quarter')],
  ['(?:cette annee|annee en cours|(?:this|current) year)', () => named('this_year')],
  ['(?:cette semaine|semaine en cours|(?:this|current) week)', (_match, today) => span(startOfWeek(today), addDays(startOfWeek(today), 6), today)],
  ['(?:aujourd hui|today)', (_match, today) => span(today, today, today)],
  ['(?:avant hier)', (_match, today) => span(addDays(today, -2), addDays(today, -2), today)],
  ['(?:hier|yesterday)', (_match, today) => span(addDays(today, -1), addDays(today, -1), today)],
  [`(?:le |on )?(${date})`, ([, a = ''], today) => between(a, a, today)],
  // Without a beginning, « avant juillet » is no period of ours.
  [`(?<!(?:avant|jusqu en|jusqu a|before|until) )(?:en |in |de |of )?(${month})(?: (${year}))?`, ([, name = '', own], today) => piece(yearOf => monthStart(yearOf, indexIn(months, name)), 1, { yearOf: own, today })],
  [`(?:en |in |de |of )?(?:l annee |l exercice |exercice |annee )?(${year})`, ([, own = ''], today) => whole(`${own}-01-01`, 12, today)],
]

/** To today: « depuis janvier » is this year as far as it has run. */
function since(from: Day, today: Day): PeriodChoice | null {
  return from === startOfYear(today) ? named('this_year') : span(from, today, today)
}

/** The period that a plain text names, or null. */
export function periodIn(text: string, today: Day): NamedPeriod | null {
  for (const [pattern, read] of phrases) {
    const match = new RegExp(`(?<![\\w])${pattern}(?![\\w])`).exec(text)
    const choice = match && read(match, today)
    if (choice)
      return { choice, at: match.index, length: match[0].length }
  }
  return null
}
