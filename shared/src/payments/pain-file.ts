import type { Day } from '../insights/calendar.ts'
import { checkBic, checkIban } from '../vendors/identifiers.ts'
import { refusalsOf, type PainVersion, type RefusedTransfer, type Transfer, type TransferOrder, type TransferParty } from './credit-transfer.ts'
import type { PostalAddress } from './postal-address.ts'
import { hasLetterOrDigit, sepaText } from './sepa-text.ts'

export type PainFile =
  | { readonly ok: true, readonly xml: string, readonly transferCount: number, readonly controlSumMinor: number }
  | { readonly ok: false, readonly refused: readonly RefusedTransfer[] }

type Node = readonly [name: string, content: string | readonly (Node | null)[], attributes?: string]

const escaped = (text: string): string => text
  .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll('\'', '&apos;')

function written([name, content, attributes = '']: Node, indent: string): string {
  if (typeof content === 'string')
    return `${indent}<${name}${attributes}>${escaped(content)}</${name}>\n`
  const inside = content.filter(child => child !== null).map(child => written(child, `${indent}  `)).join('')
  return `${indent}<${name}${attributes}>\n${inside}${indent}</${name}>\n`
}

/** Cents as the format has them: never through a float. */
export const decimalOf = (minor: number): string =>
  `${Math.trunc(minor / 100)}.${String(minor % 100).padStart(2, '0')}`

const sumOf = (transfers: readonly Transfer[]): number => transfers.reduce((sum, { amountMinor }) => sum + amountMinor, 0)

const group = (transfers: readonly Transfer[]): [Day, Transfer[]][] =>
  [...Map.groupBy(transfers, ({ executionOn }) => executionOn)].sort(([one], [other]) => one < other ? -1 : 1)

/** A credit transfer initiation that a person hands to the bank, or what keeps it from being one. */
export function writePain(order: TransferOrder, version: PainVersion): PainFile {
  const refused = refusalsOf(order)
  if (refused.length > 0)
    return { ok: false, refused }
  const { messageId, transfers, createdAt, debtor } = order
  const document: Node = ['Document', [
    ['CstmrCdtTrfInitn', [
      ['GrpHdr', [
        ['MsgId', messageId],
        ['CreDtTm', createdAt.toISOString().slice(0, 19)],
        ['NbOfTxs', String(transfers.length)],
        ['CtrlSum', decimalOf(sumOf(transfers))],
        ['InitgPty', [['Nm', sepaText(debtor.name, 70)]]],
      ]],
      ...group(transfers).map(([day, ofDay], index) => payment(order, version, { day, transfers: ofDay, number: index + 1 })),
    ]],
  ], ` xmlns="urn:iso:std:iso:20022:tech:xsd:pain.${version}"`]
  return {
    ok: true,
    xml: `<?xml version="1.0" encoding="UTF-8"?>\n${written(document, '')}`,
    transferCount: transfers.length,
    controlSumMinor: sumOf(transfers),
  }
}

function payment({ messageId, debtor }: TransferOrder, version: PainVersion, { day, transfers, number }: { day: Day, transfers: Transfer[], number: number }): Node {
  return ['PmtInf', [
    ['PmtInfId', `${messageId.slice(0, 35 - String(number).length - 1).replace(/[/ ]+$/, '')}-${number}`],
    ['PmtMtd', 'TRF'],
    ['NbOfTxs', String(transfers.length)],
    ['CtrlSum', decimalOf(sumOf(transfers))],
    ['PmtTpInf', [['SvcLvl', [['Cd', 'SEPA']]]]],
    version === '001.001.09' ? ['ReqdExctnDt', [['Dt', day]]] : ['ReqdExctnDt', day],
    party('Dbtr', debtor),
    account('DbtrAcct', debtor.iban),
    ['DbtrAgt', [['FinInstnId', [debtor.bic ? bic(debtor.bic, version) : ['Othr', [['Id', 'NOTPROVIDED']]]]]]],
    ['ChrgBr', 'SLEV'],
    ...transfers.map(transfer => transaction(transfer, version)),
  ]]
}

function transaction({ endToEndId, amountMinor, creditor, remittance }: Transfer, version: PainVersion): Node {
  const note = sepaText(remittance, 140)
  return ['CdtTrfTxInf', [
    ['PmtId', [['EndToEndId', endToEndId]]],
    ['Amt', [['InstdAmt', decimalOf(amountMinor), ' Ccy="EUR"']]],
    creditor.bic ? ['CdtrAgt', [['FinInstnId', [bic(creditor.bic, version)]]]] : null,
    party('Cdtr', creditor),
    account('CdtrAcct', creditor.iban),
    hasLetterOrDigit(note) ? ['RmtInf', [['Ustrd', note]]] : null,
  ]]
}

function bic(text: string, version: PainVersion): Node {
  const check = checkBic(text)
  return [version === '001.001.09' ? 'BICFI' : 'BIC', check.ok ? check.value : text]
}

function account(name: string, iban: string): Node {
  const check = checkIban(iban)
  return [name, [['Id', [['IBAN', check.ok ? check.value : iban]]]]]
}

const party = (name: string, { name: partyName, address }: TransferParty): Node =>
  [name, [['Nm', sepaText(partyName, 70)], address && postal(address)]]

/** In the schema's order. A part that has no letter or digit left says nothing. */
function postal({ street, building, postalCode, town, country }: PostalAddress): Node | null {
  const part = (name: string, text: string | null, length: number): Node | null => {
    const clean = sepaText(text ?? '', length)
    return hasLetterOrDigit(clean) ? [name, clean] : null
  }
  const townName = part('TwnNm', town, 35)
  return townName && ['PstlAdr', [
    part('StrtNm', street, 70),
    part('BldgNb', building, 16),
    part('PstCd', postalCode, 16),
    townName,
    ['Ctry', country],
  ]]
}
