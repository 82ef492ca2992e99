import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { currencyExponent } from '@comptoir/shared/money'
import { parseAmount } from '@comptoir/shared/imports/numbers'
import { isDay } from '@comptoir/shared/insights/calendar'
import { mostEntries, StatementError, type Statement, type StatementEntry, type StatementReading, type StatementWarning } from '@comptoir/shared/payments/statement'
import { checkIban } from '@comptoir/shared/vendors/identifiers'
import { isHostile } from '../../platform/xml/xml-text.ts'
import { each, inside, textOf, type XmlNode } from './xml-node.ts'

const parser = new XMLParser({
  ignoreAttributes: false, attributeNamePrefix: '@', removeNSPrefix: true, parseTagValue: false, parseAttributeValue: false, processEntities: false, textNodeName: '#',
})

/** An account statement of ISO 20022 (camt.053, versions 02 to 08), as it comes from a bank. */
export function readCamt053(xml: string): StatementReading {
  try {
    if (isHostile(xml))
      throw new StatementError('unsafe_xml')
    if (XMLValidator.validate(xml) !== true)
      throw new StatementError('not_a_statement')
    const document = inside(parser.parse(xml) as XmlNode, 'Document')
    // The same bookings come again in the statement, some of them changed: read here as well they would stand twice.
    if (inside(document, 'BkToCstmrAcctRpt'))
      throw new StatementError('intraday_report')
    if (inside(document, 'BkToCstmrDbtCdtNtfctn'))
      throw new StatementError('notification')
    const statements = each(inside(document, 'BkToCstmrStmt'), 'Stmt').map(toStatement)
    if (statements.length === 0)
      throw new StatementError('not_a_statement')
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

function toStatement(node: XmlNode): Statement {
  const iban = checkIban(textOf(node, 'Acct', 'Id', 'IBAN') ?? '')
  const opening = balance(node, ['OPBD', 'PRCD'])
  const closing = balance(node, ['CLBD'])
  const accountCurrency = textOf(node, 'Acct', 'Ccy') ?? opening?.currency ?? closing?.currency ?? 'EUR'
  const warnings = new Set<StatementWarning>()
  const own = (found: Amount | null): number | null => {
    if (!found)
      warnings.add('balance_missing')
    else if (found.currency !== accountCurrency)
      warnings.add('balance_currency')
    return found?.currency === accountCurrency ? found.minor : null
  }
  const booked = each(node, 'Ntry').filter((entry) => {
    const status = textOf(entry, 'Sts', 'Cd') ?? textOf(entry, 'Sts') ?? 'BOOK'
    if (status !== 'BOOK')
      warnings.add('pending_left_out')
    return status === 'BOOK'
  })
  return {
    bankReference: textOf(node, 'Id'),
    accountIban: iban.ok ? iban.value : null,
    currency: accountCurrency,
    openingMinor: own(opening),
    closingMinor: own(closing),
    fromOn: dayOf(inside(node, 'FrToDt'), 'FrDtTm', 'FrDt') ?? balanceDay(node, ['OPBD', 'PRCD']),
    toOn: dayOf(inside(node, 'FrToDt'), 'ToDtTm', 'ToDt') ?? balanceDay(node, ['CLBD']),
    entries: booked.flatMap((entry, index) => toEntries(entry, index + 1, warnings, iban.ok ? iban.value : null)),
    warnings: [...warnings],
  }
}

interface Amount { readonly minor: number, readonly currency: string }

function amountOf(node: XmlNode | null, place: number | null): Amount | null {
  const figure = textOf(node, '#')
  const currency = textOf(node, '@Ccy')
  if (figure === null || currency === null)
    return null
  const reading = parseAmount(figure, '.', currencyExponent(currency))
  if (!reading.ok || reading.isRounded || reading.minor < 0)
    throw new StatementError('bad_amount', place)
  return { minor: reading.minor, currency }
}

const signOf = (node: XmlNode): 1 | -1 => textOf(node, 'CdtDbtInd') === 'DBIT' ? -1 : 1

const balanceNode = (statement: XmlNode, codes: readonly string[]): XmlNode | null =>
  each(statement, 'Bal').find(node => codes.includes(textOf(node, 'Tp', 'CdOrPrtry', 'Cd') ?? '')) ?? null

function balance(statement: XmlNode, codes: readonly string[]): Amount | null {
  const node = balanceNode(statement, codes)
  const amount = node && amountOf(inside(node, 'Amt'), null)
  return amount && { ...amount, minor: amount.minor * signOf(node) }
}

const balanceDay = (statement: XmlNode, codes: readonly string[]): string | null =>
  dayOf(inside(balanceNode(statement, codes), 'Dt'), 'Dt', 'DtTm')

function dayOf(node: XmlNode | null, ...names: string[]): string | null {
  const written = names.map(name => textOf(node, name)).find(text => text !== null)?.slice(0, 10)
  return written !== undefined && isDay(written) ? written : null
}

/** A batch that its bank took apart gives one entry per transfer; one it did not, or whose parts do not add up, stays one. */
function toEntries(entry: XmlNode, place: number, warnings: Set<StatementWarning>, ownIban: string | null): StatementEntry[] {
  const amount = amountOf(inside(entry, 'Amt'), place)
  const bookedOn = dayOf(inside(entry, 'BookgDt'), 'Dt', 'DtTm') ?? dayOf(inside(entry, 'ValDt'), 'Dt', 'DtTm')
  if (!amount)
    throw new StatementError('bad_amount', place)
  if (bookedOn === null)
    throw new StatementError('bad_day', place)
  const base = {
    bookedOn,
    valueOn: dayOf(inside(entry, 'ValDt'), 'Dt', 'DtTm'),
    currency: amount.currency,
    isReversal: textOf(entry, 'RvslInd') === 'true',
  }
  const whole = { ...base, amountMinor: amount.minor * signOf(entry) }
  const parts = each(entry, 'NtryDtls').flatMap(details => each(details, 'TxDtls'))
  const reference = textOf(entry, 'AcctSvcrRef') ?? textOf(entry, 'NtryRef')
  if (parts.length <= 1)
    return [{ ...whole, ...describe(parts[0] ?? {}, entry, whole.amountMinor, ownIban), bankReference: textOf(parts[0] ?? {}, 'Refs', 'AcctSvcrRef') ?? reference }]
  const amounts = parts.map(part => partAmount(part, entry, amount.currency, place))
  if (amounts.some(part => part === null) || amounts.reduce<number>((sum, part) => sum + (part ?? 0), 0) !== whole.amountMinor) {
    warnings.add('batch_not_itemised')
    return [{ ...whole, ...describe({}, entry, whole.amountMinor, ownIban), bankReference: reference }]
  }
  return parts.map((part, index) => ({
    ...base,
    amountMinor: amounts[index]!,
    ...describe(part, entry, amounts[index]!, ownIban),
    bankReference: textOf(part, 'Refs', 'AcctSvcrRef') ?? (reference === null ? null : `${reference}/${index + 1}`),
  }))
}

/** In the entry's own currency: what was instructed in another one is no part of this account. */
function partAmount(part: XmlNode, entry: XmlNode, currency: string, place: number): number | null {
  const amount = [inside(part, 'AmtDtls', 'TxAmt', 'Amt'), inside(part, 'Amt')].map(node => amountOf(node, place)).find(found => found?.currency === currency)
  return amount ? amount.minor * signOf(textOf(part, 'CdtDbtInd') === null ? entry : part) : null
}

type Description = Pick<StatementEntry, 'endToEndId' | 'counterpartyName' | 'counterpartyIban' | 'remittance'>

function describe(part: XmlNode, entry: XmlNode, amountMinor: number, ownIban: string | null): Description {
  const parties = inside(part, 'RltdPties')
  const sides = amountMinor < 0 ? ['Cdtr', 'Dbtr'] : ['Dbtr', 'Cdtr']
  const known = sides.map(side => ({
    name: textOf(parties, side, 'Nm') ?? textOf(parties, side, 'Pty', 'Nm'),
    iban: checkIban(textOf(parties, `${side}Acct`, 'Id', 'IBAN') ?? ''),
  })).map(({ name, iban }) => ({ name, iban: iban.ok && iban.value !== ownIban ? iban.value : null }))
  // Some banks name the other side under the wrong heading, and only there.
  const other = known.find(({ name, iban }) => name !== null || iban !== null)
  const endToEndId = textOf(part, 'Refs', 'EndToEndId')
  // One booking for a whole file names the file, where a single transfer has its own identification.
  const ofFile = textOf(part, 'Refs', 'PmtInfId') ?? textOf(part, 'Refs', 'MsgId')
    ?? textOf(entry, 'NtryDtls', 'Btch', 'PmtInfId') ?? textOf(entry, 'NtryDtls', 'Btch', 'MsgId')
  const structured = each(inside(part, 'RmtInf'), 'Strd').map(node => textOf(node, 'CdtrRefInf', 'Ref'))
  const free = each(inside(part, 'RmtInf'), 'Ustrd').map(node => textOf(node, '#'))
  const remittance = [...free, ...structured].filter(text => text !== null).join(' ')
  return {
    endToEndId: endToEndId === null || endToEndId === 'NOTPROVIDED' ? ofFile : endToEndId,
    counterpartyName: other?.name ?? null,
    counterpartyIban: other?.iban ?? null,
    remittance: remittance || textOf(part, 'AddtlTxInf') || textOf(entry, 'AddtlNtryInf'),
  }
}
