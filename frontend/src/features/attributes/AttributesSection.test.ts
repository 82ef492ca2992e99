import { attributeApi, type VendorAttributes } from '@comptoir/shared/attributes/attribute.contract'
import { fireEvent, waitFor } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { fakeApi } from '../../platform/testing/fake-api.ts'
import { renderInPortal } from '../../platform/testing/render.ts'
import AttributesSection from './AttributesSection.vue'

const vendorId = '00000000-0000-4000-8000-000000000009'
const attributeId = '00000000-0000-4000-8000-000000000001'
const some = (values: Partial<VendorAttributes> = {}): VendorAttributes => ({
  version: 3, tags: ['local'], supplies: ['Palettes'], mayEdit: true,
  attributes: [{ attributeId, label: 'Certification', kind: 'choice', options: ['Bronze', 'Or'], value: null, isRequired: true, mayEdit: true }],
  ...values,
})

describe('what the portal knows of a vendor beside the usual fields', () => {
  it('is shown with what is still to be said', async () => {
    fakeApi().on(attributeApi.ofVendor, () => some())
    const { findByText, getByText } = await renderInPortal(AttributesSection, { props: { vendorId } })
    expect(await findByText('Palettes')).toBeTruthy()
    expect(getByText(/À compléter.*Certification/)).toBeTruthy()
  })

  it('is edited by keyboard: a comma ends a word, Backspace takes the last one back', async () => {
    const api = fakeApi().on(attributeApi.ofVendor, () => some()).on(attributeApi.words, () => ({ tags: [], supplies: [] })).on(attributeApi.save, () => some({ version: 4, supplies: ['Carton'] }))
    const { findByRole, getByLabelText, findByLabelText, findByText } = await renderInPortal(AttributesSection, { props: { vendorId } })
    await fireEvent.click(await findByRole('button', { name: 'Modifier' }))
    const field = await findByLabelText('Produits et services fournis')
    await fireEvent.keyDown(field, { key: 'Backspace' })
    await fireEvent.update(field, 'Carton,')
    await fireEvent.update(getByLabelText(/Certification/), 'Or')
    await fireEvent.submit(field.closest('form')!)
    await waitFor(() => expect(api.sent.find(({ body }) => body)?.body).toEqual({ version: 3, supplies: ['Carton'], tags: ['local'], values: { [attributeId]: 'Or' } }))
    expect(await findByText('Carton')).toBeTruthy()
  })
})
