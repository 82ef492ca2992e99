import { complianceApi } from '@comptoir/shared/relationship/compliance.contract'
import { fireEvent, waitFor } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { fakeApi } from '../../platform/testing/fake-api.ts'
import { renderInPortal } from '../../platform/testing/render.ts'
import DocumentsSection from './DocumentsSection.vue'
import { aCompliance, idOf } from './testing/relationship-samples.ts'

const open = (compliance = aCompliance()) => {
  const api = fakeApi().on(complianceApi.ofVendor, () => compliance)
  return { api, page: renderInPortal(DocumentsSection, { props: { vendorId: idOf(9) } }) }
}

describe('a vendor\'s documents', () => {
  it('say what is asked, on what grounds, and how it stands', async () => {
    const { findByText, getByText, getByRole } = await open().page
    expect(await findByText('Dossier incomplet')).toBeTruthy()
    expect(getByRole('list', { name: 'Documents demandés' }).textContent).toMatch(/Attestation de vigilance Urssaf.*À vérifier.*dépenses de douze mois atteignent 5\s000,00\s€.*8\s123,00\s€/)
    expect(getByText(/Code\s: 7K2P/)).toBeTruthy()
  })

  it('are checked by a person who says how', async () => {
    const { api, page } = open()
    api.on(complianceApi.verify, () => aCompliance({ verdict: 'compliant' }))
    const { findByRole, findByText } = await page
    await fireEvent.click(await findByRole('button', { name: 'Vérifier' }))
    const proof = await findByRole('textbox', { name: /Comment l’avez-vous vérifié/ })
    expect((await findByRole('button', { name: 'Marquer comme vérifié' }) as HTMLButtonElement).disabled).toBe(true)
    await fireEvent.update(proof, 'code contrôlé')
    await fireEvent.submit(proof.closest('form')!)
    expect(await findByText('En règle')).toBeTruthy()
    expect(api.sent.find(({ body }) => body)?.body).toEqual({ version: 1, proof: 'code contrôlé' })
  })

  it('show the last valid day that follows from the day of issue', async () => {
    const { api, page } = open(aCompliance({ documents: [] }))
    api.on(complianceApi.receive, () => aCompliance())
    const { findByRole, getByLabelText, findByText } = await page
    await fireEvent.click(await findByRole('button', { name: 'Ajouter un document' }))
    await findByRole('heading', { name: 'Nouveau document' })
    await fireEvent.update(getByLabelText('Émis le'), '2026-11-10')
    expect(await findByText(/9 mai 2027/)).toBeTruthy()
    await fireEvent.submit(getByLabelText('Émis le').closest('form')!)
    await waitFor(() => expect(api.sent.find(({ body }) => body)?.body).toMatchObject({ kind: 'urssaf', issuedOn: '2026-11-10', validTo: null }))
  })

  it('hold payments until somebody with the right says why not', async () => {
    const { api, page } = open(aCompliance({ holds: [{ holdId: idOf(3), documentKind: 'urssaf', since: '2026-11-20T08:00:00Z' }] }))
    api.on(complianceApi.lift, () => aCompliance())
    const { findByRole, queryByRole } = await page
    await findByRole('heading', { name: 'Paiements suspendus' })
    await fireEvent.click(await findByRole('button', { name: 'Lever la suspension' }))
    const reason = await findByRole('textbox', { name: /Pourquoi payer sans ce document/ })
    await fireEvent.update(reason, 'attestation en route')
    await fireEvent.submit(reason.closest('form')!)
    await waitFor(() => expect(queryByRole('heading', { name: 'Paiements suspendus' })).toBeNull())
  })
})
