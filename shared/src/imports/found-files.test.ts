import { describe, expect, it } from 'vitest'
import { dryRun, type DryRun } from './dry-run.ts'
import { decodeText } from './encoding.ts'
import type { ImportOptions } from './options.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

async function attempt(content: string | Uint8Array, { name = 'file.csv', options = {} as ImportOptions } = {}): Promise<DryRun> {
  const bytes = typeof content === 'string' ? bytesOf(content) : content
  return dryRun({ name, bytes: async function* () { yield bytes } }, { options, currency: 'EUR' })
}

const fieldsOf = ({ profile }: DryRun): Record<string, string> =>
  Object.fromEntries(profile.columns.map(({ field, column }) => [field, profile.headers[column] ?? `#${column}`]))
const linesOf = ({ summary }: DryRun): Record<string, readonly number[]> =>
  Object.fromEntries(Object.entries(summary.issues).map(([code, { lines }]) => [code, lines]))

describe('the side of an amount', () => {
  it.each([
    ['in a column of its own', 'Date,Payee,Reference,Amount,DR/CR\n31/01/2024,Alpha,1,100.00,DR\n01/02/2024,Alpha,2,30.00,CR\n02/02/2024,Beta,3,50.00,DR\n'],
    ['behind the figure', 'Date;Supplier;Amount\n31/01/2024;Alpha;100.00 DR\n01/02/2024;Alpha;30.00 CR\n02/02/2024;Beta;50.00DR\n'],
    ['on suppliers\' accounts', 'Date;Compte tiers;Libellé tiers;N° pièce;Sens;Montant\n31/01/2024;401ALPHA;Alpha;F1;C;100,00\n01/02/2024;401ALPHA;Alpha;A1;D;30,00\n02/02/2024;401BETA;Beta;F2;C;50,00\n'],
    ['said twice', 'Date;Supplier;Amount;D/C\n31/01/2024;Alpha;150.00;D\n01/02/2024;Alpha;-30.00;C\n'],
  ])('%s takes credits off', async (_, file) => {
    expect((await attempt(file)).summary.sums).toEqual({ EUR: 12_000 })
  })
  it('that is neither is reported', async () => {
    const run = await attempt(`Date;Supplier;Amount;D/C\n31/01/2024;Alpha;150.00;?\n${'31/01/2024;Alpha;10.00;D\n'.repeat(9)}`)
    expect(linesOf(run)).toEqual({ 'amount.no_side': [2] })
  })
})

const ledger = [
  'JournalCode|EcritureDate|CompteNum|CompAuxNum|CompAuxLib|PieceRef|EcritureLib|Debit|Credit',
  'AC|20240115|60610000|||FA1|Papier|100,00|0,00',
  'AC|20240115|40100000|F001|BUREAU VALLEE|FA1|Papier|0,00|120,00',
  'AC|20240220|40100000|F002|ORANGE|FA2|Téléphone|0,00|60,50',
  'AC|20240221|40100000|F002|ORANGE|AV1|Avoir|10,50|0,00',
  'BQ|20240228|40100000|F001|BUREAU VALLEE|X1|FA1|120,00|0,00',
  'BQ|20240228|51200000|||X1|FA1|0,00|120,00',
].join('\n')

describe('a ledger of suppliers', () => {
  it('counts invoices and credit notes, and says which lines pay them or belong elsewhere', async () => {
    const run = await attempt(ledger)
    expect(run.profile).toMatchObject({ isLedger: true, spendSide: 'credit', paymentJournals: ['BQ'] })
    expect(run.summary.sums).toEqual({ EUR: 12_000 + 6050 - 1050 })
    expect(linesOf(run)).toEqual({ 'row.other_account': [2, 7], 'row.payment': [6] })
  })
  it('takes payments off when asked', async () => {
    const run = await attempt(ledger, { options: { keepsPayments: true } })
    expect(run.summary.sums).toEqual({ EUR: 5000 })
  })
  it('without journals knows a payment by its words', async () => {
    const run = await attempt('Compte;Intitulé;Date;Pièce;Libellé;Débit;Crédit\n401A;ALPHA;15/01/2024;F1;Facture;;120,00\n401A;ALPHA;31/01/2024;V1;Virement ALPHA;120,00;\nTotal 401A;;;;;120,00;120,00\n401B;BETA;15/02/2024;F2;Facture;;30,00\n')
    expect(run.summary.sums).toEqual({ EUR: 15_000 })
    expect(linesOf(run)).toEqual({ 'row.payment': [3], 'row.total': [4] })
  })
  it('that has accounts only names its suppliers by them', async () => {
    const run = await attempt('"Date";"Journal";"Compte";"Libellé compte";"Pièce";"Libellé";"Débit";"Crédit"\r\n"15/01/2024";"AC";"401ALPHA";"Alpha SARL";"1";"Achat";"";"1200,00"\r\n"15/01/2024";"AC";"607000";"Achats";"1";"Achat";"1200,00";""\r\n"16/01/2024";"AC";"401BETA";"Beta";"2";"Achat";"";"10,00"\r\n')
    expect(fieldsOf(run)).toMatchObject({ vendorCode: 'Compte', vendorName: 'Libellé compte', credit: 'Crédit' })
    expect(run).toMatchObject({ vendors: 2, summary: { usableRows: 2, sums: { EUR: 121_000 } } })
  })
  it('is not what a list of payments by expense code is, nor a bank statement whose references begin with 401', async () => {
    const list = await attempt('Supplier,Date,Amount,Account\nA,31/01/2026,10.00,40123\nB,30/01/2026,20.00,40124\nC,29/01/2026,5.00,51200\n')
    expect(list).toMatchObject({ profile: { isLedger: false }, summary: { usableRows: 3, sums: { EUR: 3500 } } })
    const bank = await attempt('Date;Bénéficiaire;Référence;Débit;Crédit\n31/01/2026;A;4012345;10,00;\n30/01/2026;B;4012346;20,00;\n29/01/2026;B;4012347;;5,00\n')
    expect(bank).toMatchObject({ profile: { isLedger: false, spendSide: 'debit' }, summary: { usableRows: 3, sums: { EUR: 2500 } } })
  })
  it('keeps its codes as keys when a name is written with and without its legal form', async () => {
    const run = await attempt('Code fournisseur;Nom;Date;Montant\nF1;Alpha SARL;15/01/2026;1\nF1;ALPHA;16/01/2026;1\nF2;Béta, S.A.S.;16/01/2026;1\nF2;Beta;17/01/2026;1\n')
    expect(run).toMatchObject({ vendors: 2, profile: { isCodeUnreliable: false, keys: ['code', 'name'] } })
  })
  it('may name a supplier once, above its lines', async () => {
    const run = await attempt('Date,Type,Num,Memo,Amount\nAcme,,,,\n01/31/2024,Bill,1,x,100.00\n02/15/2024,Bill,2,y,50.00\nTotal for Acme,,,,$150.00\n401BETA,BETA SAS,,,\n03/31/2024,Bill,3,z,10.00\n')
    expect(run.profile).toMatchObject({ headingColumn: 5, columnCount: 6 })
    expect(run).toMatchObject({ vendors: 2, summary: { usableRows: 3, sums: { USD: 16_000 } } })
    expect(linesOf(run)).toEqual({ 'row.heading': [2, 6], 'row.total': [5] })
  })
})

describe('what spreadsheets leave behind', () => {
  it('days counted since 1900 are days', async () => {
    const run = await attempt('Fournisseur;Date;Montant\nA;45292;10,00\nB;45351,5;20,00\nC;45657;30,00\n')
    expect(run.summary).toMatchObject({ usableRows: 3, firstDay: '2024-01-01', lastDay: '2024-12-31' })
  })
  it('text forced by a formula or an apostrophe is read as text', async () => {
    const run = await attempt('Fournisseur;Date;Montant\nA;\'31/01/2024;\'10,00\nB;="01/02/2024";="20,00"\n')
    expect(run.summary.sums).toEqual({ EUR: 3000 })
  })
  it('failed formulas cost their rows, not their column', async () => {
    const run = await attempt('Fournisseur;Date;Montant\nA;31/01/2024;1,5E+03\nB;########;20,00\nC;01/02/2024;#REF!\nD;02/02/2024;#N/A\nE;03/02/2024;12,00\n')
    expect(run.summary.sums).toEqual({ EUR: 1200 })
    expect(linesOf(run)).toEqual({ 'amount.scientific': [2], 'date.unreadable': [3], 'amount.unreadable': [4, 5] })
  })
  it('lines that were quoted as a whole are opened', async () => {
    const run = await attempt('"Fournisseur;Date;Montant"\n"A;31/01/2024;10,00"\n"""B"" SA;01/02/2024;20,00"\n')
    expect(run).toMatchObject({ vendors: 2, summary: { usableRows: 2, sums: { EUR: 3000 } } })
  })
  it('a month without its day stands for its end, and says so', async () => {
    const run = await attempt('Prestataire;Mois;Montant facturé\nA;janvier 2024;10,00\nB;févr.-24;20,00\nC;2024-03;5,00\nD;04/2024;1,00\n')
    expect(run.summary).toMatchObject({ usableRows: 4, firstDay: '2024-01-31', lastDay: '2024-04-30' })
    expect(linesOf(run)).toEqual({ 'date.period_proposed': [2, 3, 4, 5] })
  })
})

describe('columns and delimiters', () => {
  it('rows cut short do not hide the delimiter behind decimal commas', async () => {
    const run = await attempt('Fournisseur;Date;Montant;Libellé;Service\nA;31/01/2024;10,00\nB;01/02/2024;20,00;x\n')
    expect(run.profile.delimiter).toBe(';')
    expect(run.summary.sums).toEqual({ EUR: 3000 })
  })
  it('a list of names is one column, with or without its title', async () => {
    expect(await attempt('Fournisseur\nAlpha\nBeta, Gamma & Co\nDelta\n')).toMatchObject({ vendors: 3, profile: { headerLine: 1 } })
    expect(await attempt('Alpha SARL\nBeta SAS\nDelta\n')).toMatchObject({ vendors: 3, profile: { headerLine: null } })
  })
  it('a title with a year is understood, and its rows take the period of the name', async () => {
    const run = await attempt('Vendor,Total Spend 2024\nA,"1,000"\nB,"2,500"\n', { name: 'spend-2024.csv' })
    expect(run).toMatchObject({ vendors: 2, profile: { period: { from: '2024-01-01', to: '2024-12-31' } }, summary: { sums: { EUR: 350_000 } } })
  })
  it('dollars make an open order of dates month first, as an assumption', async () => {
    const run = await attempt('Vendor,Date,Amount\nA,01/02/2024,$10.00\nB,03/04/2024,$20.00\n')
    expect(run.profile).toMatchObject({ dateOrder: 'mdy', dateOrderCertainty: 'assumed', currency: 'USD' })
  })
})

describe('titles', () => {
  it.each([
    ['Directorate,Supplier,Invoice No.,Date Paid,Amount (excl VAT),VAT', 'Place,ACME,1,13/01/2024,100.00,20.00', { vendorName: 'Supplier', reference: 'Invoice No.', date: 'Date Paid', amount: 'Amount (excl VAT)' }],
    ['Code fourn.;Nom fourn.;N° facture;Date;Montant H.T.;Montant T.T.C.;Solde dû', 'F1;ALPHA;D1;13/01/2024;100,00;120,00;0,00', { vendorCode: 'Code fourn.', vendorName: 'Nom fourn.', amount: 'Montant H.T.' }],
    ['Code fournisseur;Nom du fournisseur;Numéro du document;Total HT net;Total TVA;Total TTC', 'F1;ALPHA;D1;100,00;20,00;120,00', { vendorName: 'Nom du fournisseur', reference: 'Numéro du document', amount: 'Total HT net' }],
    ['FISCAL_YEAR,DEPT_NAME,VENDOR_NAME,VENDOR_CD,INVOICE_NO,CHECK_DATE,PAYMENT_AMT', '2024,Police,ACME,V1,I1,01/13/2024,100.00', { department: 'DEPT_NAME', vendorName: 'VENDOR_NAME', vendorCode: 'VENDOR_CD', date: 'CHECK_DATE', amount: 'PAYMENT_AMT' }],
    ['Voucher,Entered,Month,Year,Vendor Name,Monetary Amount', 'V1,7/13/2023 0:00,7,2023,ACME,100.00', { date: 'Entered', amount: 'Monetary Amount', vendorName: 'Vendor Name' }],
    ['Vendor;Name 1;Document Number;Posting Date;Amount in local currency;Local Currency', '100001;ACME GmbH;5100000001;13.01.2024;1.000,00;EUR', { vendorCode: 'Vendor', vendorName: 'Name 1', amount: 'Amount in local currency', currency: 'Local Currency' }],
    ['Supplier/Customer Name;Net Value (£);Effective Date', 'ACME;100.00;13.01.2024', { vendorName: 'Supplier/Customer Name', amount: 'Net Value (£)', date: 'Effective Date' }],
  ])('of other exports are understood: %s', async (titles, row, fields) => {
    expect(fieldsOf(await attempt(`${titles}\n${row}\n`))).toMatchObject(fields)
  })
  it('of names are believed when the names look like codes', async () => {
    expect(fieldsOf(await attempt('Supplier,Date,Amount\nS001,31/01/2026,1.00\nS002,30/01/2026,2.00\n'))).toMatchObject({ vendorName: 'Supplier' })
    expect(fieldsOf(await attempt('Supplier,Supplier Name,Amount\nS001,ACME,1.00\nS002,ZETA,2.00\n'))).toMatchObject({ vendorName: 'Supplier Name' })
  })
  it('over two rows are read together', async () => {
    const run = await attempt('Fournisseur;Facture;Facture;Montant\n;Numéro;Date;EUR\nA;F1;31/01/2024;10,00\nB;F2;30/01/2024;20,00\n')
    expect(run.profile).toMatchObject({ headerLine: 1, dataAfterLine: 2, headers: ['Fournisseur', 'Facture Numéro', 'Facture Date', 'Montant EUR'] })
    expect(run.summary).toMatchObject({ usableRows: 2, sums: { EUR: 3000 } })
  })
})

const dosSample = [0x53, 0x6f, 0x63, 0x69, 0x82, 0x74, 0x82, 0x20, 0x47, 0x82, 0x6e, 0x82, 0x72, 0x61, 0x6c, 0x65, 0x20, 0x8a]

describe('old encodings', () => {
  it.each([
    ['DOS', 'ibm850', dosSample, 'Société Générale è'],
    ['Russian Windows', 'windows-1251', [0xcf, 0xee, 0xf1, 0xf2, 0xe0, 0xe2, 0xf9, 0xe8, 0xea], 'Поставщик'],
    ['Latin-9, by its euro', 'iso-8859-15', [0x31, 0x30, 0x20, 0xa4, 0x20, 0xe9, 0x74, 0xe9], '10 € été'],
    ['Windows, with its quotes and dashes', 'windows-1252', [0x93, 0x41, 0x42, 0x94, 0x20, 0x96, 0x20, 0x43, 0x92, 0x73, 0x85], '“AB” – C’s…'],
  ] as const)('%s is told by its signs', async (_, encoding, codes, text) => {
    const bytes = new Uint8Array(codes)
    expect((await attempt(bytes)).profile.encoding).toBe(encoding)
    let decoded = ''
    for await (const piece of decodeText((async function* () { yield bytes })(), encoding))
      decoded += piece
    expect(decoded).toBe(text)
  })
})

it.each([
  ['a picture', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]],
  ['an old workbook', [0xd0, 0xcf, 0x11, 0xe0, 0, 0, 0, 0]],
  ['a web page', [...bytesOf('\ufeff<!DOCTYPE html><table>')]],
  ['a program', Array.from({ length: 2000 }, (_, index) => (index * 7919) % 256)],
])('%s is refused, whatever its name', async (_, codes) => {
  await expect(attempt(new Uint8Array(codes))).rejects.toMatchObject({ code: 'import.not_text' })
})
