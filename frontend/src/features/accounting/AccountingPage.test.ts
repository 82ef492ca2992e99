import { accountingApi, type Accounting, type AccountingKey, type ExportPreview } from '@comptoir/shared/accounting/accounting.contract'
import { fecColumns } from '@comptoir/shared/accounting/fec'
import { defaultAccounts } from '@comptoir/shared/accounting/journal'
import { accountingPresetApi, type AccountingPreset } from '@comptoir/shared/accounting/preset.contract'
import { shippedMapping } from '@comptoir/shared/accounting/presets'
import { fireEvent } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { fakeApi, type FakeApi } from '../../platform/testing/fake-api.ts'
import { renderInPortal } from '../../platform/testing/render.ts'
import AccountingPage from './AccountingPage.vue'

const aPreset: AccountingPreset = { presetId: 'sage', name: 'Sage', isShipped: true, version: 1, mapping: shippedMapping('sage')!, updatedAt: null, updatedBy: null }
const accounting: Accounting = {
  settings: { ...defaultAccounts, categoryAccounts: {}, siren: null, fecSeparator: 'tab', fecEncoding: 'utf-8', fiscalYearMonth: 1 }, version: 0, categories: ['Transport'], keys: [],
  presets: [aPreset],
}
const aKey: AccountingKey = {
  keyId: '00000000-0000-4000-8000-000000000001', name: 'Cabinet', hint: '-key', scopes: ['journal:read'], createdAt: '2026-04-01T10:00:00Z', createdBy: null, lastUsedAt: null, revokedAt: null,
}
const aPreview = (values: Partial<ExportPreview> = {}): ExportPreview => ({
  fileName: '732829320FEC20261231.txt', header: [...fecColumns], rows: [fecColumns.map((_, column) => `c${column}`)], rowCount: 1, entryCount: 1, debitMinor: 100, creditMinor: 100, currency: 'EUR', problems: [], ...values,
})
const serve = (preview: ExportPreview): FakeApi => fakeApi().on(accountingApi.get, () => accounting).on(accountingApi.preview, () => preview).on(accountingApi.exports, () => [])

describe('the page of accounting', () => {
  it('says that the export is not the legal FEC, and shows its first rows', async () => {
    serve(aPreview())
    const { findByText, getByText, getByRole } = await renderInPortal(AccountingPage)
    expect(await findByText('CompAuxNum')).toBeTruthy()
    expect(getByText(/n’est pas le FEC légal annuel/)).toBeTruthy()
    expect(getByText(/Aucune erreur/)).toBeTruthy()
    expect(getByRole('button', { name: 'Télécharger' })).toHaveProperty('disabled', false)
  })
  it('writes no file while the check finds errors', async () => {
    serve(aPreview({ problems: [{ code: 'unbalanced', entryNumber: 1, reference: 'F-9', isBlocking: true }] }))
    const { findByText, getByRole } = await renderInPortal(AccountingPage)
    expect(await findByText('F-9 ·')).toBeTruthy()
    expect(getByRole('button', { name: 'Télécharger' })).toHaveProperty('disabled', true)
  })
  it('makes an own layout of a shipped one, with the journal as it would be written', async () => {
    const api = serve(aPreview())
      .on(accountingPresetApi.preview, () => ({ rows: [['ACH', '010326', '607000', 'F-1', '', 'Roux F-1', '10,00', 'D']], rowCount: 1 }))
      .on(accountingPresetApi.create, ({ body }) => ({ ...aPreset, ...body as object, presetId: '00000000-0000-4000-8000-000000000002', isShipped: false }))
    const { findByRole, findByText, getByLabelText, getByRole, queryByLabelText } = await renderInPortal(AccountingPage, { path: '/?view=presets' })
    await fireEvent.click(await findByRole('button', { name: /Copie de .+Sage/ }))
    expect(await findByText('Roux F-1')).toBeTruthy()
    await fireEvent.update(getByLabelText('Contenu de Sens'), 'fixed')
    await fireEvent.update(getByLabelText('Texte fixe de Sens'), 'X')
    await fireEvent.click(getByRole('button', { name: 'Avancer Montant' }))
    await fireEvent.update(getByLabelText('Longueur maximale de Libellé écriture'), '35')
    await fireEvent.update(getByLabelText('Dates'), 'yyyymmdd')
    await fireEvent.submit(getByRole('button', { name: 'Enregistrer' }).closest('form')!)
    await findByRole('button', { name: /Copie de .+Sage/ })
    expect(queryByLabelText('Dates')).toBeNull()
    const sent = api.sent.find(({ address }) => address.pathname.endsWith('/presets'))?.body as { name: string, copiedFrom: string, mapping: AccountingPreset['mapping'] }
    expect(sent).toMatchObject({ name: 'Sage (copie)', copiedFrom: 'sage', mapping: { dayFormat: 'yyyymmdd' } })
    expect(sent.mapping.columns.map(({ field }) => field).slice(-3)).toEqual(['amount', 'text', 'fixed'])
    expect(sent.mapping.columns.at(-2)).toMatchObject({ length: 35 })
  })
  it('shows a new key and its secret once', async () => {
    const api = serve(aPreview()).on(accountingApi.addKey, () => ({ key: 'cpt_the-key', signingSecret: 'cps_the-secret', accounting: { ...accounting, keys: [aKey] } }))
    const { findByRole, findByLabelText, findByText, getByText } = await renderInPortal(AccountingPage, { path: '/?view=keys' })
    await fireEvent.update(await findByLabelText('Nom'), 'Cabinet')
    await fireEvent.submit((await findByRole('button', { name: 'Créer une clé' })).closest('form')!)
    expect(await findByText('cpt_the-key')).toBeTruthy()
    expect(getByText(/jamais affichés/)).toBeTruthy()
    expect(api.sent.find(({ address }) => address.pathname.endsWith('/keys'))?.body).toEqual({ name: 'Cabinet', scopes: ['invoices:write', 'journal:read'] })
  })
})
