import { biBuilderApi, biStepIds, type BiBuilder } from '@comptoir/shared/bi-builder/bi-builder.contract'
import { biDatasetCodes, biDatasets } from '@comptoir/shared/bi-builder/datasets'
import { fireEvent } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { fakeApi } from '../../platform/testing/fake-api.ts'
import { renderInPortal } from '../../platform/testing/render.ts'
import BiBuilderPage from './BiBuilderPage.vue'

const aState = (done: number, values: Partial<BiBuilder> = {}): BiBuilder => ({
  hasPermission: true, chosen: [...biDatasetCodes], vendorScope: 'all', key: null, address: 'https://comptoir.test/bx/bi',
  steps: biStepIds.map((id, at) => ({ id, state: at < done ? 'done' : 'missing', name: null })), ...values,
})
const aKey = { hint: 'abcd', createdAt: '2026-04-01T10:00:00Z', createdBy: { userId: 1, name: 'Ada Stone' }, lastUsedAt: null }

describe('the page of BI Builder', () => {
  it('publishes step by step, stops where one fails, and goes on from there', async () => {
    let done = 0
    const api = fakeApi().on(biBuilderApi.get, () => aState(0)).fail(biBuilderApi.publish, 'bi.unreachable', { address: 'https://comptoir.test/bx/bi' })
    const { findByRole, findByText, queryByRole } = await renderInPortal(BiBuilderPage)
    await fireEvent.click(await findByRole('button', { name: 'Publier dans BI Builder' }))
    expect(await findByText(/n’a pas pu joindre Comptoir/)).toBeTruthy()
    api.on(biBuilderApi.publish, () => aState(++done))
    await fireEvent.click(await findByRole('button', { name: 'Réessayer' }))
    expect(await findByText('Tout est publié et à jour.')).toBeTruthy()
    expect(queryByRole('button', { name: 'Réessayer' })).toBe(null)
    const asked = api.sent.map(({ address }) => address.pathname).filter(path => path.includes('/steps/')).map(path => path.split('/').at(-1))
    expect(asked).toEqual(['connector', ...biStepIds])
  })

  it('says who will see what, and sends the choice before it publishes', async () => {
    const api = fakeApi().on(biBuilderApi.get, () => aState(0))
      .on(biBuilderApi.choose, () => aState(0, { chosen: biDatasetCodes.filter(code => code !== 'deals'), vendorScope: 'everyone' }))
      .on(biBuilderApi.publish, () => aState(biStepIds.length))
    const { findByRole, findByText, getByRole } = await renderInPortal(BiBuilderPage)
    await fireEvent.click(await findByRole('radio', { name: /que tout le monde peut voir/ }))
    await fireEvent.click(getByRole('checkbox', { name: new RegExp(biDatasets.deals.title.fr) }))
    await fireEvent.click(await findByRole('button', { name: 'Publier dans BI Builder' }))
    expect(await findByText('Tout est publié et à jour.')).toBeTruthy()
    expect(api.sent.find(({ address }) => address.pathname.endsWith('/datasets'))?.body).toEqual({ codes: biDatasetCodes.filter(code => code !== 'deals'), vendorScope: 'everyone' })
  })

  it('shows first rows on demand, and what is absent as absent', async () => {
    fakeApi().on(biBuilderApi.get, () => aState(0)).on(biBuilderApi.preview, () => ({
      codes: biDatasets.vendor_spend_months.columns.map(({ code }) => code), rows: [['Roux', null, 'active', 'Bois', '2026-03-01', 1234.5, 'EUR', 2, 0, 4, 'v1']],
    }))
    const { findByRole, findByText } = await renderInPortal(BiBuilderPage)
    await fireEvent.click(await findByRole('button', { name: /Aperçu de «.Dépenses par fournisseur et par mois.»/ }))
    expect(await findByText('Roux')).toBeTruthy()
    expect(await findByText(/1.234,5/)).toBeTruthy()
  })

  it('hides the key until it is asked for', async () => {
    fakeApi().on(biBuilderApi.get, () => aState(biStepIds.length, { key: aKey })).on(biBuilderApi.revealKey, () => ({ key: 'cbi_0_the-whole-key' }))
    const { findByRole, findByText, queryByText } = await renderInPortal(BiBuilderPage)
    expect(await findByText(/•abcd$/)).toBeTruthy()
    await fireEvent.click(await findByRole('button', { name: 'Afficher' }))
    expect(await findByText('cbi_0_the-whole-key')).toBeTruthy()
    await fireEvent.click(await findByRole('button', { name: 'Masquer' }))
    expect(queryByText('cbi_0_the-whole-key')).toBe(null)
  })

  it('says what to do without the permission', async () => {
    fakeApi().on(biBuilderApi.get, () => aState(0, { hasPermission: false }))
    const { findByText, getByRole } = await renderInPortal(BiBuilderPage)
    expect(await findByText(/n’a pas l’autorisation «.biconnector.»/)).toBeTruthy()
    expect(getByRole('button', { name: 'Publier dans BI Builder' })).toHaveProperty('disabled', true)
  })
})
