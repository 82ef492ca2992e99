export interface WrittenPart {
  readonly amountMinor: number
  readonly endToEndId: string
  readonly name?: string
  readonly iban?: string
}

export interface WrittenEntry {
  readonly amountMinor: number
  readonly parts: readonly WrittenPart[]
  readonly isReversal?: boolean
  readonly reference?: string
}

export interface WrittenStatement {
  readonly version: '02' | '08'
  readonly iban?: string
  readonly id?: string
  readonly bookedOn?: string
  readonly openingMinor: number
  readonly entries: readonly WrittenEntry[]
}

const decimal = (minor: number): string => (Math.abs(minor) / 100).toFixed(2)
const direction = (minor: number): string => `<CdtDbtInd>${minor < 0 ? 'DBIT' : 'CRDT'}</CdtDbtInd>`
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** A statement as a bank writes it, whose closing balance is what opening and entries make. */
export function aStatementFile({ version, iban = 'DE89370400440532013000', id = 'S-1', bookedOn = '2026-04-02', openingMinor, entries }: WrittenStatement): string {
  const closing = openingMinor + entries.reduce((sum, entry) => sum + entry.amountMinor, 0)
  const balance = (code: string, minor: number): string =>
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${decimal(minor)}</Amt>${direction(minor)}<Dt><Dt>${bookedOn}</Dt></Dt></Bal>`
  const status = version === '08' ? '<Sts><Cd>BOOK</Cd></Sts>' : '<Sts>BOOK</Sts>'
  const party = (side: string, { name, iban: account }: WrittenPart): string => {
    const named = name === undefined ? '' : `<Nm>${escaped(name)}</Nm>`
    return `<${side}>${version === '08' ? `<Pty>${named}</Pty>` : named}</${side}>${account ? `<${side}Acct><Id><IBAN>${account}</IBAN></Id></${side}Acct>` : ''}`
  }
  const part = (written: WrittenPart): string => {
    const amount = `<Amt Ccy="EUR">${decimal(written.amountMinor)}</Amt>`
    return `<TxDtls><Refs><EndToEndId>${written.endToEndId}</EndToEndId></Refs>${version === '08' ? amount + direction(written.amountMinor) : `<AmtDtls><TxAmt>${amount}</TxAmt></AmtDtls>`}`
      + `<RltdPties>${party(written.amountMinor < 0 ? 'Cdtr' : 'Dbtr', written)}</RltdPties></TxDtls>`
  }
  const entry = ({ amountMinor, parts, isReversal, reference }: WrittenEntry, index: number): string =>
    `<Ntry><Amt Ccy="EUR">${decimal(amountMinor)}</Amt>${direction(amountMinor)}${isReversal ? '<RvslInd>true</RvslInd>' : ''}${status}`
    + `<BookgDt><Dt>${bookedOn}</Dt></BookgDt><AcctSvcrRef>${reference ?? `${id}-${index + 1}`}</AcctSvcrRef><BkTxCd/>${parts.length > 0 ? `<NtryDtls>${parts.map(part).join('')}</NtryDtls>` : ''}</Ntry>`
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.${version}"><BkToCstmrStmt><GrpHdr><MsgId>${id}</MsgId><CreDtTm>${bookedOn}T20:00:00</CreDtTm></GrpHdr>
<Stmt><Id>${id}</Id><CreDtTm>${bookedOn}T20:00:00</CreDtTm><Acct><Id><IBAN>${iban}</IBAN></Id><Ccy>EUR</Ccy></Acct>${balance('OPBD', openingMinor)}${balance('CLBD', closing)}
${entries.map(entry).join('\n')}</Stmt></BkToCstmrStmt></Document>`
}
