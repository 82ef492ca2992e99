import { describe, expect, it } from 'vitest'
import { dryRun, type DryRun } from './dry-run.ts'
import type { ImportOptions } from './options.ts'

const windows1252 = (text: string): Uint8Array =>
  new Uint8Array([...text].map(sign => sign === '€' ? 0x80 : sign === '’' ? 0x92 : sign === 'œ' ? 0x9c : sign.charCodeAt(0)))

async function attempt(content: string | Uint8Array, { name = 'file.csv', options = {} as ImportOptions } = {}): Promise<DryRun> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  const source = { name, bytes: async function* () { for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100) } }
  return dryRun(source, { options, currency: 'EUR' })
}

const fieldsOf = ({ profile }: DryRun): Record<string, string> =>
  Object.fromEntries(profile.columns.map(({ field, column }) => [field, profile.headers[column] ?? `#${column}`]))

describe('a French export with a preamble, in Windows-1252', () => {
  const file = windows1252([
    'SARL Dupont & Fils',
    'Dépenses fournisseurs;;;;',
    'Période du 01/01/2026 au 31/03/2026',
    '',
    'Date opération;N° pièce;Nom du fournisseur;Libellé;Montant TTC (€)',
    '05/01/2026;FA-001;Société Générale d’Électricité;Électricité;1 234,56',
    '31/01/2026;FA-002;Ets Œuvrard'.replace('Œ', 'O') + ';Fournitures;(45,00)',
    '12/02/2026;FA-003;LA POSTE;"Timbres; affranchissement',
    'recommandé";1\u00a0000,5-',
    ';;Total général;;1 234,56',
  ].join('\r\n'))
  it('is understood as it is', async () => {
    const run = await attempt(file)
    expect(run.profile).toMatchObject({ encoding: 'windows-1252', delimiter: ';', headerLine: 5, decimal: ',', dateOrder: 'dmy', currency: 'EUR', currencyCertainty: 'detected', kind: 'purchases', period: null })
    expect(fieldsOf(run)).toEqual({ date: 'Date opération', reference: 'N° pièce', vendorName: 'Nom du fournisseur', label: 'Libellé', amount: 'Montant TTC (€)' })
    expect(run.summary).toMatchObject({ rows: 4, usableRows: 3, sums: { EUR: 123_456 - 4500 - 100_050 }, negativeRows: 2, firstDay: '2026-01-05', lastDay: '2026-02-12' })
    expect(run.summary.issues).toEqual({ 'row.total': { severity: 'error', count: 1, lines: [10] } })
    expect(run.vendors).toBe(3)
  })
})

describe('a list of vendors', () => {
  it('maps identifiers by header and by content, and reports the wrong ones without losing the row', async () => {
    const run = await attempt([
      'sep=;',
      'Raison sociale;Identification;Banque;Courriel;Ville;Délai de règlement',
      'Martin SA;732 829 320;FR14 2004 1010 0505 0001 3M02 606;contact@martin.fr;Lyon;45 jours fin de mois',
      'Durand SARL;552100554;FR7630006000011234567890189;durand@;Paris;comptant',
      'Petit;542 065 479;FR76 3000 6000 0112 3456 7890 188;petit@petit.fr;Lille;bientôt',
    ].join('\n'))
    expect(run.profile).toMatchObject({ delimiter: ';', headerLine: 2, kind: 'vendors', keys: ['siren', 'name'], updates: 'replace' })
    expect(fieldsOf(run)).toMatchObject({ vendorName: 'Raison sociale', siren: 'Identification', email: 'Courriel', city: 'Ville', paymentTerm: 'Délai de règlement' })
    expect(run.summary).toMatchObject({ rows: 3, usableRows: 3 })
    expect(run.summary.issues).toMatchObject({ 'email.invalid': { severity: 'warning', lines: [4] }, 'payment_term.unreadable': { lines: [5] } })
  })
  it('tells vendors apart by the strongest key they share', async () => {
    const run = await attempt('Nom;SIREN;Code\nMartin;732829320;F1\nMARTIN SA;732 829 320;F1\nMartin;552100554;F2\nMartin;;\n')
    expect(run.vendors).toBe(2)
  })
})

describe('the code of a vendor', () => {
  it('tells firms of one name apart in a list, and is no key where payments show that it is not', async () => {
    expect((await attempt('Code;Nom\nF1;Martin\nF2;Martin\nF3;Durand\n'))).toMatchObject({ profile: { keys: ['code', 'name'] }, vendors: 3 })
    expect((await attempt('Supplier ID,Supplier Name,Amount,Date\n1,ACME,5.00,2025-01-31\n2,ACME,6.00,2025-01-31\n'))).toMatchObject({ profile: { keys: ['name'], isCodeUnreliable: true }, vendors: 1 })
  })
})

describe('amounts in two columns', () => {
  it('takes a bank statement\'s debit for money spent', async () => {
    const run = await attempt('Date;Tiers;Débit;Crédit\n01/03/2026;Orange;49,99;\n13/03/2026;Orange;;10,00\n14/03/2026;X;1,00;2,00\n')
    expect(run.summary).toMatchObject({ sums: { EUR: 3999 }, usableRows: 2 })
    expect(run.summary.issues).toMatchObject({ 'amount.both_sides': { lines: [4] } })
  })
  it('takes the credit side of supplier accounts for money spent', async () => {
    const run = await attempt('JournalCode|EcritureDate|CompteNum|CompAuxNum|CompAuxLib|PieceRef|EcritureLib|Debit|Credit\nAC|20260105|607000|||A1|Facture|100,00|0,00\nAC|20260105|445660|||A1|Facture|20,00|0,00\nAC|20260105|40100000|F01|Orange|A1|Facture|0,00|120,00\nAC|20260106|40100000|F01|Orange|A2|Avoir|20,00|0,00\n')
    expect(run.summary.issues).toMatchObject({ 'row.other_account': { lines: [2, 3] } })
    expect(run.profile).toMatchObject({ delimiter: '|', spendSide: 'credit' })
    expect(fieldsOf(run)).toMatchObject({ date: 'EcritureDate', vendorCode: 'CompAuxNum', vendorName: 'CompAuxLib', reference: 'PieceRef', label: 'EcritureLib', debit: 'Debit', credit: 'Credit' })
    expect(run.summary.sums).toEqual({ EUR: 10_000 })
  })
})

describe('a bank statement with signed amounts', () => {
  it('is read as it is written, and turned round only when asked', async () => {
    const content = 'Date;Bénéficiaire;Montant\n13/03/2026;Orange;-49,99\n14/03/2026;EDF;-120,00\n15/03/2026;EDF;20,00\n'
    const plain = await attempt(content)
    expect(plain).toMatchObject({ profile: { isMostlyNegative: true, reversesSign: false }, summary: { sums: { EUR: -14_999 } } })
    expect((await attempt(content, { options: { reversesSign: true } })).summary.sums).toEqual({ EUR: 14_999 })
  })
})

describe('headers', () => {
  it('are understood whoever\'s they say they are', async () => {
    const run = await attempt('Entity,Date,Expense Type,Supplier,Transaction Number,Amount,Supplier Post Code,dateNotification\nHighways,01/02/2024,Legal,ARUP LIMITED,12345,"£26,310.00",SW1A 1AA,2024-02-01\n')
    expect(fieldsOf(run)).toEqual({ department: 'Entity', date: 'Date', category: 'Expense Type', vendorName: 'Supplier', reference: 'Transaction Number', amount: 'Amount', postalCode: 'Supplier Post Code' })
    expect(run.summary.sums).toEqual({ GBP: 2_631_000 })
    expect(fieldsOf(await attempt('titulaire_denomination;titulaire_id;montant;dateNotification\nDUPONT;73282932000074;12000,5;2025-02-03\nDURAND;55210055400013;1;2025-02-04\n')))
      .toEqual({ vendorName: 'titulaire_denomination', siret: 'titulaire_id', amount: 'montant', date: 'dateNotification' })
  })
  it('are not needed: the look of the columns is enough', async () => {
    expect(fieldsOf(await attempt('2025-01-05,ACME Ltd,120.50,INV1\n2025-01-06,Foo plc,-3.00,INV2\n'))).toEqual({ date: '#0', vendorName: '#1', amount: '#2' })
  })
})

describe('a file without days', () => {
  const content = 'Supplier Name,Paid Date,Amount\nACME,00:00:00,10.00\nAcme ,00:00:00,-2.50\n'
  it('gets the period of its name proposed, never silently', async () => {
    const run = await attempt(content, { name: 'spend-apr-jun-2014.csv' })
    expect(run.profile).toMatchObject({ isUndated: true, period: { from: '2014-04-01', to: '2014-06-30', source: 'name' } })
    expect(run.summary).toMatchObject({ usableRows: 2, sums: { EUR: 750 }, lastDay: '2014-06-30' })
    expect(run.summary.issues).toMatchObject({ 'date.period_proposed': { severity: 'warning', count: 2 } })
    expect(run.vendors).toBe(1)
  })
  it('has every row reported when there is no period or it is refused', async () => {
    for (const [name, options] of [['spend.csv', {}], ['spend-apr-jun-2014.csv', { period: null }]] as const)
      expect((await attempt(content, { name, options })).summary).toMatchObject({ usableRows: 0, issues: { 'date.placeholder': { lines: [2, 3] } } })
  })
})

describe('what a person chooses', () => {
  it('wins over what was detected', async () => {
    const run = await attempt('a,b,c\n01/02/2025,ACME,"1,234"\n', { options: { mapping: { date: 0, vendorName: 1, amount: 2 }, decimal: ',', dateOrder: 'mdy', currency: 'GBP' } })
    expect(run.summary).toMatchObject({ sums: { GBP: 123 }, firstDay: '2025-01-02', issues: { 'amount.rounded': { count: 1 } } })
    expect(run.profile).toMatchObject({ decimalCertainty: 'chosen', dateOrderCertainty: 'chosen', currencyCertainty: 'chosen' })
  })
})

describe('odd files', () => {
  it('reads one without header by the look of its columns', async () => {
    const run = await attempt('12/03/2025;Orange SA;49,90\n13/03/2025;EDF;120,00\n')
    expect(run.profile.headerLine).toBeNull()
    expect(fieldsOf(run)).toEqual({ date: '#0', vendorName: '#1', amount: '#2' })
    expect(run.summary).toMatchObject({ usableRows: 2, sums: { EUR: 16_990 } })
  })
  it('is not thrown by control characters or a thousand columns', async () => {
    const wide = await attempt(`${Array.from({ length: 1000 }, (_, column) => `c${column}`).join(';')}\n${';'.repeat(999)}\nx${';1'.repeat(999)}\n`)
    expect(wide.profile.columnCount).toBe(500)
    const odd = await attempt('Nom\u0000;Vil\u0001le\nMar\u0000tin;Lyon\n')
    expect(odd.profile.headers).toEqual(['Nom', 'Ville'])
    expect(odd.summary.usableRows).toBe(1)
  })
  it('is not thrown by an empty file', async () => {
    const run = await attempt('')
    expect(run.summary).toMatchObject({ rows: 0, usableRows: 0 })
  })
  it('reports rows with too many cells, repeated headers and leftovers one by one', async () => {
    const run = await attempt('Date;Fournisseur;Montant\n01/02/2025;A;1,00\n02/02/2025;B;C;2,00\nDate;Fournisseur;Montant\n;;\nxxx;;\n03/02/2025;;3,00\n')
    expect(run.summary.issues).toMatchObject({ 'row.too_many_cells': { lines: [3] }, 'row.repeated_header': { lines: [4] }, 'row.stray': { lines: [6] }, 'vendor.missing': { lines: [7] } })
    expect(run.summary).toMatchObject({ rows: 5, usableRows: 1 })
  })
})
