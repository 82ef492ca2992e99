import { currencyExponent } from '../money.ts'
import { isDay, type Day } from '../insights/calendar.ts'
import { parseAmount } from '../imports/numbers.ts'
import { checkIban } from '../vendors/identifiers.ts'
import { mostEntries, StatementError, type Statement, type StatementEntry, type StatementReading } from './statement.ts'

/** SWIFT's customer statement: :60: the balance before, :61: a booking with its :86: words, :62: the balance after. */
export const isMt940 = (text: string): boolean => /^\s*(?:\{1:|:20:)/.test(text) && /^:60[FM]:/m.test(text)

export function readMt940(text: string): StatementReading {
  try {
    const statements = statementsOf(fieldsOf(text))
    if (statements.reduce((sum, { entries }) => sum + entries.length, 0) > mostEntries)
      throw new StatementError('too_many_entries')
    return { ok: true, statements }
  }
  catch (error) {
    if (error instanceof StatementError)
      return { ok: false, reason: error.reason, place: error.place }
    throw error
  }
}

interface Field { readonly line: number, readonly tag: string, readonly text: string }

/** A field runs until the next tag at the start of a line; blocks of the message around them are left aside. */
function fieldsOf(text: string): Field[] {
  const fields: { line: number, tag: string, text: string }[] = []
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    const [, tag, rest = ''] = /^:(\d\d[A-Z]?):(.*)$/.exec(line) ?? []
    if (tag)
      fields.push({ line: index + 1, tag, text: rest })
    else if (fields.length > 0 && !/^(?:-|\{|-\})/.test(line))
      fields.at(-1)!.text += `\n${line}`
  }
  return fields
}

function statementsOf(fields: readonly Field[]): Statement[] {
  const starts = fields.flatMap(({ tag }, index) => tag === '20' ? [index] : [])
  return starts.map((start, index) => toStatement(fields.slice(start, starts[index + 1])))
}

function toStatement(fields: readonly Field[]): Statement {
  const field = (...tags: string[]): Field | undefined => fields.find(({ tag }) => tags.includes(tag))
  const [opening, closing] = [field('60F', '60M'), field('62F', '62M')]
  if (!opening || !closing)
    throw new StatementError('incomplete', fields[0]!.line)
  const [before, after] = [balanceOf(opening), balanceOf(closing)]
  const iban = /[A-Z]{2}\d{2}[A-Z0-9]{11,30}/.exec(field('25', '25P')?.text.replace(/\s/g, '') ?? '')?.[0]
  const account = checkIban(iban ?? '')
  return {
    bankReference: [field('20')?.text.trim(), field('28C', '28')?.text.trim()].filter(Boolean).join(' ') || null,
    accountIban: account.ok ? account.value : null,
    currency: before.currency,
    openingMinor: before.minor,
    closingMinor: after.currency === before.currency ? after.minor : null,
    fromOn: before.day,
    toOn: after.day,
    entries: fields.flatMap((booking, index) => booking.tag === '61' ? [toEntry(booking, fields[index + 1], before.currency)] : []),
    warnings: after.currency === before.currency ? [] : ['balance_currency'],
  }
}

function dayOf(digits: string): Day | null {
  const written = `20${digits.slice(0, 2)}-${digits.slice(2, 4)}-${digits.slice(4, 6)}`
  return isDay(written) ? written : null
}

function minorOf(written: string, currency: string, line: number): number {
  const reading = parseAmount(written.endsWith(',') ? `${written}0` : written, ',', currencyExponent(currency))
  if (!reading.ok || reading.isRounded || reading.minor < 0)
    throw new StatementError('bad_amount', line)
  return reading.minor
}

function balanceOf({ text, line }: Field): { readonly minor: number, readonly currency: string, readonly day: Day | null } {
  const [, direction, day, currency, amount] = /^([CD])(\d{6})([A-Z]{3})([\d,]+)/.exec(text) ?? []
  if (direction === undefined)
    throw new StatementError('bad_amount', line)
  return { minor: (direction === 'D' ? -1 : 1) * minorOf(amount!, currency!, line) || 0, currency: currency!, day: dayOf(day!) }
}

/** value day, booking month and day, (reversed) direction, letter of the currency, amount, kind, references. */
const bookingPattern = /^(\d{6})(\d{4})?(R?[CD])[A-Z]?([\d,]+)[A-Z][A-Z0-9]{3}([^\n]*)/

function toEntry({ text, line }: Field, next: Field | undefined, currency: string): StatementEntry {
  const [, value, booked, direction, amount, references = ''] = bookingPattern.exec(text) ?? []
  if (direction === undefined)
    throw new StatementError('bad_amount', line)
  const valueOn = dayOf(value!)
  const bookedOn = booked === undefined ? valueOn : bookingDay(valueOn, booked)
  if (bookedOn === null)
    throw new StatementError('bad_day', line)
  const [own = '', ofBank = ''] = references.split('//').map(part => part.trim())
  const words = wordsOf(next?.tag === '86' ? next.text : '')
  return {
    bookedOn,
    valueOn,
    // A reversed credit leaves the account, a reversed debit comes back.
    amountMinor: (direction === 'D' || direction === 'RC' ? -1 : 1) * minorOf(amount!, currency, line) || 0,
    currency,
    endToEndId: words.endToEndId ?? (own === '' || own === 'NONREF' ? null : own),
    counterpartyName: words.name,
    counterpartyIban: words.iban,
    remittance: words.remittance,
    bankReference: ofBank || null,
    isReversal: direction.startsWith('R'),
  }
}

/** Booked around the turn of the year, its own year is the one that lies nearer to the value day. */
function bookingDay(valueOn: Day | null, monthAndDay: string): Day | null {
  if (valueOn === null)
    return null
  const [year, month] = [Number(valueOn.slice(0, 4)), Number(valueOn.slice(5, 7))]
  const apart = Number(monthAndDay.slice(0, 2)) - month
  const written = `${year + (apart > 6 ? -1 : apart < -6 ? 1 : 0)}-${monthAndDay.slice(0, 2)}-${monthAndDay.slice(2)}`
  return isDay(written) ? written : null
}

interface Words { readonly endToEndId: string | null, readonly name: string | null, readonly iban: string | null, readonly remittance: string | null }

/** Banks write the words in one of two manners, `/EREF/…/NAME/…` or `?20…?32…`, or freely. */
function wordsOf(text: string): Words {
  const joined = text.replaceAll('\n', '')
  const parts = /^\d{3}[^\d\w\s]/.test(joined) ? ofSubfields(joined) : /^\/[A-Z]{2,8}\//.test(joined) ? ofCodeWords(joined) : { remittance: text.replaceAll('\n', ' ').trim() }
  const account = checkIban(parts.iban ?? '')
  const identification = parts.endToEndId?.trim() || null
  return {
    endToEndId: identification === 'NOTPROVIDED' ? null : identification,
    name: parts.name?.trim() || null,
    iban: account.ok ? account.value : null,
    remittance: parts.remittance?.trim() || null,
  }
}

type FoundWords = { readonly [Part in keyof Words]?: string }

/** `166?00VIR?20EREF+F-1?21SVWZ+…?32Name?33of it?31IBAN`: the sign behind the three digits divides. */
function ofSubfields(joined: string): FoundWords {
  const fields = joined.slice(4).split(joined[3]!).map(field => ({ number: Number(field.slice(0, 2)), text: field.slice(2) }))
  const among = (...ranges: readonly (readonly [number, number])[]): string =>
    fields.filter(({ number }) => ranges.some(([from, to]) => number >= from && number <= to)).map(({ text }) => text).join('')
  const purpose = among([20, 29], [60, 63])
  return {
    endToEndId: /EREF\+(.*?)(?=(?:KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|IBAN|BIC)\+|$)/.exec(purpose)?.[1],
    remittance: /SVWZ\+(.*?)(?=(?:EREF|KREF|MREF|ABWA|ABWE|IBAN|BIC)\+|$)/.exec(purpose)?.[1] ?? purpose,
    name: among([32, 33]),
    iban: among([31, 31], [38, 38]),
  }
}

function ofCodeWords(joined: string): FoundWords {
  const word = (...names: readonly string[]): string | undefined =>
    names.map(name => new RegExp(`/${name}/(.*?)(?=/[A-Z]{2,8}/|$)`).exec(joined)?.[1]).find(Boolean)
  return { endToEndId: word('EREF'), name: word('NAME'), iban: word('IBAN', 'ACCW'), remittance: word('REMI/USTD/', 'REMI') ?? joined }
}
