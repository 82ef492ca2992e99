import { fireEvent } from '@testing-library/vue'
import { describe, expect, it, vi } from 'vitest'
import { renderInPortal } from '../platform/testing/render.ts'
import ChartFigure from './ChartFigure.vue'

const props = {
  title: 'Achats par mois',
  summary: 'Les achats ont doublé.',
  kind: 'bar',
  labels: ['janv.', 'févr.'],
  series: [{ key: 'spend', label: 'Achats', values: [10, 20] }],
  format: (value: number) => `${value} €`,
}

describe('a chart figure', () => {
  it('is a named figure whose picture is told in words', async () => {
    const { getByRole } = await renderInPortal(ChartFigure, { props })
    expect(getByRole('figure', { name: 'Achats par mois' })).toBeTruthy()
    expect(getByRole('img', { name: 'Les achats ont doublé.' }).getAttribute('tabindex')).toBe('0')
  })

  it('turns into its table at the press of T', async () => {
    const { getByRole } = await renderInPortal(ChartFigure, { props })
    await fireEvent.keyDown(getByRole('img'), { key: 't' })
    expect(getByRole('table').textContent).toMatch(/janv\.\s*10 €/)
    expect(getByRole('button', { name: 'Voir le graphique' })).toBeTruthy()
  })

  it('leads from the rows of its table to the same records as from its points', async () => {
    const onPoint = vi.fn()
    const { getByRole, queryByRole } = await renderInPortal(ChartFigure, { props: { ...props, canOpen: (index: number) => index === 1, onPoint } })
    await fireEvent.keyDown(getByRole('img'), { key: 't' })
    await fireEvent.click(getByRole('button', { name: 'févr.' }))
    expect(onPoint).toHaveBeenCalledExactlyOnceWith({ series: 'spend', index: 1, label: 'févr.', value: 20 })
    expect(queryByRole('button', { name: 'janv.' })).toBeNull()
  })

  it('says that there is no data instead of drawing zeros', async () => {
    const { getByText, queryByRole } = await renderInPortal(ChartFigure, { props: { ...props, series: [{ key: 'spend', label: 'Achats', values: [null, null] }] } })
    expect(getByText('Aucune donnée sur cette période')).toBeTruthy()
    expect(queryByRole('img')).toBeNull()
  })
})
