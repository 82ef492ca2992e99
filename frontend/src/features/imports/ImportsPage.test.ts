import { importApi, type Import } from '@comptoir/shared/imports/import.contract'
import { fireEvent, screen, waitFor, within } from '@testing-library/vue'
import { beforeEach, describe, expect, it } from 'vitest'
import { fakeApi, type FakeApi } from '../../platform/testing/fake-api.ts'
import { renderInPortal } from '../../platform/testing/render.ts'
import ImportsPage from './ImportsPage.vue'
import { issueTable } from './issues-file.ts'

const profile: NonNullable<Import['profile']> = {
  encoding: 'windows-1252', encodingCertainty: 'detected', hasBom: false, headingColumn: null, isLineQuoted: false, attributes: [], isLedger: false, paymentJournals: [], keepsPayments: false, brokenBytes: 0, delimiter: ';', newline: '\n', delimiterCertainty: 'detected',
  headerLine: 1, dataAfterLine: 1, headers: ['Date', 'Fournisseur', 'Montant'], preamble: [], columnCount: 3, signature: 'date|fournisseur|montant',
  columns: [{ field: 'date', column: 0, source: 'header' }, { field: 'vendorName', column: 1, source: 'header' }, { field: 'amount', column: 2, source: 'header' }],
  kind: 'purchases', decimal: ',', decimalCertainty: 'detected', dateOrder: 'dmy', dateOrderCertainty: 'assumed', currency: 'EUR', currencyCertainty: 'assumed',
  spendSide: 'debit', reversesSign: false, isMostlyNegative: false, keys: ['name'], isCodeUnreliable: false, updates: 'fill', isUndated: false, period: null, rows: 2,
}
const outcome: NonNullable<Import['preview']> = {
  rows: 2, usableRows: 1, vendorsCreated: 1, vendorsUpdated: 0, vendorsUnchanged: 0, purchasesCreated: 1, purchasesKnown: 0, sums: { EUR: 123_456 }, negativeRows: 0,
  firstDay: '2026-01-05', lastDay: '2026-01-05', issues: { 'vendor.missing': { severity: 'error', count: 1, lines: [3] } }, duplicates: 0,
}
const anImport = (values: Partial<Import> = {}): Import => ({
  importId: '7f1b1c53-1a4c-4b8e-9c25-9a9f1d5f0001', fileName: 'achats.csv', sizeBytes: 100, state: 'analysed', kind: 'purchases', rows: 2, progressRows: 0, result: null, errorCode: null,
  createdAt: '2026-03-15T12:00:00Z', createdBy: 'Ada Morel', finishedAt: null, undoneAt: null, undoneBy: null, canUndo: false, profile, options: {}, preview: null, isPreviewStale: false,
  fixedCells: 0, undecidedDuplicates: 0, undoResult: null, workbook: null, importedBefore: null, ...values,
})
const row = { line: 3, cells: ['06/01/2026', '', '5,00'], fixedColumns: [], decision: null, issues: [{ code: 'vendor.missing' as const, severity: 'error' as const, field: 'vendorName' as const, column: 1, value: '', details: {} }] }

let api: FakeApi
let current: Import
const open = () => renderInPortal(ImportsPage, { path: `/imports?import=${current.importId}` })

beforeEach(() => {
  current = anImport()
  api = fakeApi()
    .on(importApi.get, () => current)
    .on(importApi.sample, () => ({ rows: [{ line: 2, cells: ['05/01/2026', 'Martin', '1 234,56'], vendorName: 'Martin', day: '2026-01-05', isPeriodGuess: false, amountMinor: 123_456, currency: 'EUR', issues: [] }] }))
    .on(importApi.issues, () => ({ rows: [row], total: 1, nextAfterLine: null }))
    .on(importApi.configure, ({ body }) => current = anImport({ options: (body as { set: Import['options'] }).set }))
})

describe('the imports', () => {
  it('has an example to try with, which is a file like any other', async () => {
    api.on(importApi.list, () => ({ imports: [], hasMore: false })).on(importApi.upload, () => current)
    const { findByRole } = await renderInPortal(ImportsPage, { path: '/imports' })
    await fireEvent.click(await findByRole('button', { name: 'Essayer avec un exemple' }))
    await findByRole('button', { name: 'Tous les imports' })
    const sent = api.sent.find(({ address }) => address.searchParams.get('name') === 'Exemple Comptoir.csv')
    const lines = (await (sent?.body as Blob).text()).trim().split('\r\n')
    expect(lines[0]).toMatch(/Date;Fournisseur;Code;Ville;Catégorie;Référence;Montant HT$/)
    expect(lines).toHaveLength(37)
    expect(lines[1]).toMatch(/^05\/\d\d\/\d{4};Exemple – Menuiserie Aubépine;EX-1;Angers;Production;EX1-\d+;3780,00$/)
  })

  it('are listed with what became of them', async () => {
    api.on(importApi.list, () => ({ imports: [anImport({ state: 'done', result: outcome })], hasMore: false }))
    await renderInPortal(ImportsPage, { path: '/imports' })
    expect(await screen.findByRole('button', { name: 'achats.csv' })).toBeTruthy()
    expect(screen.getByText('Importé')).toBeTruthy()
    expect(screen.getByText(/1\s234,56\s€/)).toBeTruthy()
  })
})

describe('a file', () => {
  it('shows how it was understood, with a sample, and takes another choice', async () => {
    await open()
    const encoding = await screen.findByRole('combobox', { name: /Encodage/ })
    expect((encoding as HTMLSelectElement).value).toBe('windows-1252')
    expect(screen.getAllByText('supposé')).toHaveLength(2)
    expect(await screen.findByText(/1\s234,56\s€/)).toBeTruthy()
    await fireEvent.update(screen.getByRole('combobox', { name: /Ordre des dates/ }), 'mdy')
    await waitFor(() => expect(api.sent.at(-2)?.body ?? api.sent.at(-1)?.body).toMatchObject({ set: { dateOrder: 'mdy' } }))
  })

  it('has its period taken only when somebody says so', async () => {
    current = anImport({ profile: { ...profile, isUndated: true, period: { from: '2014-04-01', to: '2014-06-30', source: 'name' } } })
    await open()
    expect(await screen.findByText(/Chaque dépense serait datée du 30 juin 2014/)).toBeTruthy()
    await fireEvent.click(screen.getByRole('button', { name: 'Utiliser cette période' }))
    await waitFor(() => expect(api.sent.some(({ body }) => JSON.stringify(body) === '{"set":{"isPeriodConfirmed":true},"reset":[]}')).toBe(true))
  })
})

describe('the dry run', () => {
  it('has a cell corrected by keyboard and keeps the row in sight', async () => {
    current = anImport({ state: 'previewed', preview: outcome })
    api.on(importApi.fix, () => ({ row: { ...row, cells: ['06/01/2026', 'Durand', '5,00'], fixedColumns: [1], issues: [] }, fixedRows: 1 }))
    await open()
    const cell = await screen.findByRole('button', { name: /Ligne 3, Fournisseur/ })
    await fireEvent.click(cell)
    const field = await screen.findByRole('textbox', { name: 'Ligne 3, Fournisseur' })
    await fireEvent.update(field, 'Durand')
    await fireEvent.keyDown(field, { key: 'Enter' })
    expect(await screen.findByRole('button', { name: /Ligne 3, Fournisseur : Durand/ })).toBeTruthy()
    expect(api.sent.find(({ address }) => address.pathname.endsWith('/fixes'))?.body).toEqual({ line: 3, column: 1, value: 'Durand', everywhere: false })
  })
})

describe('a workbook', () => {
  it('offers its sheets, and nothing that only a text file has', async () => {
    const sheets = ['Achats', 'Adresses']
    current = anImport({ fileName: 'achats.xlsx', workbook: { sheet: 'Achats', sheets } })
    api.on(importApi.chooseSheet, ({ body }) => current = anImport({ workbook: { sheet: (body as { sheet: string }).sheet, sheets } }))
    await open()
    const choice = await screen.findByLabelText<HTMLSelectElement>('Feuille du classeur')
    expect(screen.queryByLabelText(/Encodage/)).toBeNull()
    expect(screen.queryByLabelText(/Séparateur/)).toBeNull()
    await fireEvent.update(choice, 'Adresses')
    await waitFor(() => expect(choice.value).toBe('Adresses'))
    expect(api.sent.find(({ address }) => address.pathname.endsWith('/sheet'))?.body).toEqual({ sheet: 'Adresses' })
  })
})

describe('the result', () => {
  it('is undone after a question', async () => {
    current = anImport({ state: 'done', result: outcome, canUndo: true })
    api.on(importApi.undo, () => current = anImport({ state: 'undone', result: outcome, undoResult: { purchasesRemoved: 1, vendorsRemoved: 1, vendorsRestored: 0, conflicts: 0 } }))
    await open()
    await fireEvent.click(await screen.findByRole('button', { name: 'Défaire cet import' }))
    const dialog = await screen.findByRole('dialog', {}, { timeout: 3000 })
    await fireEvent.click(within(dialog).getByRole('button', { name: 'Défaire cet import' }))
    expect(await screen.findByText(/Dépenses retirées\s: 1\. Fournisseurs retirés\s: 1/)).toBeTruthy()
  })
})

describe('the file of reported rows', () => {
  it('names line, column, value and reason, and holds the row itself', () => {
    expect(issueTable([row], profile.headers)).toEqual([
      ['Ligne', 'Gravité', 'Colonne', 'Valeur', 'Motif', 'Conseil', 'Date', 'Fournisseur', 'Montant'],
      ['3', 'Erreur', 'Fournisseur', '', 'Fournisseur absent', 'Indiquez le nom du fournisseur.', '06/01/2026', '', '5,00'],
    ])
  })
})
