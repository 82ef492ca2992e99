import { requisitesApi, type FoundRequisites } from '@comptoir/shared/vendors/requisites.contract'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CreatedEntity, FoundEntity, Frame } from '../../platform/frame/frame.ts'
import { provideHost } from '../../platform/host.ts'
import { fakeApi } from '../../platform/testing/fake-api.ts'
import { renderInPortal } from '../../platform/testing/render.ts'
import AutofillPlacement from './AutofillPlacement.vue'

const morel: FoundRequisites = {
  vendorId: '00000000-0000-4000-8000-000000000001', name: 'Papeterie Morel', phone: null, email: 'contact@morel.example', website: null,
  siren: '732829320', siret: null, vatNumber: 'FR44732829320', iban: null, bic: null, accountHolder: null,
}
const account = { ...morel, iban: 'FR7630006000011234567890189', bic: 'AGRIFRPP' }

let shown: (readonly FoundEntity[])[]
let filled: CreatedEntity[]
let choose: (id: string) => void

beforeEach(() => {
  shown = []
  filled = []
  provideHost({
    showFoundEntities: (found: readonly FoundEntity[]) => void shown.push(found),
    onEntityChosen: (listener: (id: string) => void) => { choose = listener },
    showCreatedEntity: (entity: CreatedEntity) => void filled.push(entity),
  } as unknown as Frame)
})
afterEach(() => {
  provideHost(null)
  document.getElementById('comptoir-boot')?.remove()
})

function open(placement: 'company-autofill' | 'bank-autofill', searchQuery: string) {
  const boot = document.createElement('script')
  boot.type = 'application/json'
  boot.id = 'comptoir-boot'
  boot.textContent = JSON.stringify({ placement, options: { searchQuery }, language: 'fr', session: null, first: null })
  document.body.append(boot)
  return renderInPortal(AutofillPlacement, { path: `/${placement}` })
}

describe('the source of a card\'s search fields', () => {
  it('offers companies and fills the card with the one that is chosen', async () => {
    const api = fakeApi().on(requisitesApi.search, () => [morel])
    await open('company-autofill', ' morel ')
    await vi.waitFor(() => expect(shown).toEqual([[{ id: morel.vendorId, name: 'Papeterie Morel', email: 'contact@morel.example' }]]))
    expect(Object.fromEntries(api.sent[0]!.address.searchParams)).toEqual({ search: 'morel', of: 'company' })
    choose(morel.vendorId)
    choose('unknown')
    await vi.waitFor(() => expect(filled).toEqual([{
      entityType: 'company', id: morel.vendorId, title: 'Papeterie Morel',
      fields: { RQ_COMPANY_NAME: 'Papeterie Morel', RQ_SIREN: '732829320', RQ_VAT_ID: 'FR44732829320' },
    }]))
  })

  it('offers accounts by their IBAN', async () => {
    const api = fakeApi().on(requisitesApi.search, () => [account])
    await open('bank-autofill', 'FR76 3000')
    await vi.waitFor(() => expect(shown).toMatchObject([[{ name: 'Papeterie Morel · FR76 3000 6000 0112 3456 7890 189' }]]))
    expect(api.sent[0]!.address.searchParams.get('of')).toBe('bank')
    choose(account.vendorId)
    await vi.waitFor(() => expect(filled).toMatchObject([{
      entityType: 'bank', fields: { NAME: 'Papeterie Morel', RQ_ACC_NAME: 'Papeterie Morel', RQ_IBAN: account.iban, RQ_BIC: 'AGRIFRPP', RQ_SWIFT: 'AGRIFRPP' },
    }]))
  })

  it('writes the holder of the account where it is known', async () => {
    fakeApi().on(requisitesApi.search, () => [{ ...account, accountHolder: 'Morel Frères SARL' }])
    await open('bank-autofill', 'Morel')
    await vi.waitFor(() => expect(shown).toHaveLength(1))
    choose(account.vendorId)
    await vi.waitFor(() => expect(filled).toMatchObject([{ title: 'Papeterie Morel', fields: { NAME: 'Papeterie Morel', RQ_ACC_NAME: 'Morel Frères SARL' } }]))
  })

  it('finds nothing for less than three characters, and when the search fails', async () => {
    const api = fakeApi().fail(requisitesApi.search, 'internal')
    const short = await open('company-autofill', 'mo ')
    await vi.waitFor(() => expect(shown).toEqual([[]]))
    expect(api.sent).toEqual([])
    short.unmount()
    document.getElementById('comptoir-boot')?.remove()
    await open('company-autofill', 'morel')
    await vi.waitFor(() => expect(shown).toEqual([[], []]))
  })
})
