import { fireEvent, screen } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { renderInPortal } from '../platform/testing/render.ts'
import StatTile from './StatTile.vue'

describe('a tile', () => {
  it('shows its number at once and says how it is worked out when asked', async () => {
    await renderInPortal(StatTile, { props: { label: 'Marge attendue', value: '49 €', definition: 'Montant moins coût prévu.' } })
    expect(screen.getByText('49 €')).toBeTruthy()
    await fireEvent.click(await screen.findByRole('button', { name: /Marge attendue/ }))
    expect((await screen.findAllByText('Montant moins coût prévu.')).length).toBeGreaterThan(0)
  })

  it('says that there is no data instead of a nought', async () => {
    await renderInPortal(StatTile, { props: { label: 'Marge attendue', value: null } })
    expect(screen.getByText('—')).toBeTruthy()
    expect(screen.queryByRole('button')).toBeNull()
  })

  it('says of a change how much and against what, of a share in points', async () => {
    await renderInPortal(StatTile, { props: { label: 'Taux de réussite', value: '79,3 %', change: 0.0234, isShare: true, since: 'vs 30 jours précédents' } })
    expect(screen.getByText(/^\+2,3\spt$/).textContent).toBeTruthy()
    await renderInPortal(StatTile, { props: { label: 'Dépenses', value: '630 €', change: -0.125 } })
    expect(screen.getByText(/-12,5\s%/).textContent).toContain('▼')
  })
})
