import { fireEvent } from '@testing-library/vue'
import { describe, expect, it, vi } from 'vitest'
import { renderInPortal } from '../platform/testing/render.ts'
import FunnelFigure from './FunnelFigure.vue'
import GaugeFigure from './GaugeFigure.vue'
import { stepInGrid } from './grid-keys.ts'
import GridFigure from './GridFigure.vue'
import { sparkRuns } from './spark.ts'

const euros = (value: number): string => `${value} €`

describe('a funnel', () => {
  const props = { title: 'Pipeline', summary: 'Trente euros en tout.', valueLabel: 'Montant', rows: [{ label: 'Contact', value: 20 }, { label: 'Devis', value: 10 }], format: euros, canOpen: () => true }

  it('is told in a sentence, walked by keys, and opened by Enter', async () => {
    const onPoint = vi.fn()
    const { getByRole } = await renderInPortal(FunnelFigure, { props: { ...props, onPoint } })
    const picture = getByRole('img', { name: 'Trente euros en tout.' })
    await fireEvent.keyDown(picture, { key: 'ArrowDown' })
    await fireEvent.keyDown(picture, { key: 'ArrowDown' })
    await fireEvent.keyDown(picture, { key: 'Enter' })
    expect(onPoint).toHaveBeenCalledExactlyOnceWith(1)
  })

  it('is a table at the press of T, with shares', async () => {
    const { getByRole } = await renderInPortal(FunnelFigure, { props })
    await fireEvent.keyDown(getByRole('img'), { key: 't' })
    expect(getByRole('table').textContent).toMatch(/Contact\s*20 €\s*66,7/)
  })

  it('leads from its table where it leads from its stages', async () => {
    const onPoint = vi.fn()
    const { getByRole, getAllByRole } = await renderInPortal(FunnelFigure, { props: { ...props, canOpen: (index: number) => index === 1, onPoint } })
    await fireEvent.keyDown(getByRole('img'), { key: 't' })
    expect(getAllByRole('button').map(({ textContent }) => textContent?.trim())).not.toContain('Contact')
    await fireEvent.click(getByRole('button', { name: 'Devis' }))
    expect(onPoint).toHaveBeenCalledExactlyOnceWith(1)
  })
})

describe('a gauge', () => {
  it('says value, goal and how far it is', async () => {
    const { getByRole } = await renderInPortal(GaugeFigure, { props: { title: 'Ventes', value: 50, goal: 200, goalLabel: 'Objectif', format: euros } })
    expect(getByRole('img').getAttribute('aria-label')).toMatch(/50 €.*25.*200 €/)
  })

  it('without a goal says so instead of drawing one', async () => {
    const { getByRole } = await renderInPortal(GaugeFigure, { props: { title: 'Ventes', value: 50, goal: null, goalLabel: 'Pas d’objectif', format: euros } })
    expect(getByRole('img').getAttribute('aria-label')).toMatch(/50 €.*Pas d’objectif/)
  })
})

describe('a grid', () => {
  const cell = (value: number | null) => ({ value, text: String(value) })
  const props = {
    caption: 'Ventes', rowHead: 'Mois', isShaded: true, isOpenable: true,
    columns: [{ key: 'a', label: 'Ada' }, { key: 'b', label: 'Bo' }], rows: [{ key: '1', label: 'janv.', cells: [cell(1), cell(null)] }, { key: '2', label: 'févr.', cells: [cell(4), cell(9)] }],
  }

  it('is walked cell by cell, one of them in the tab order', async () => {
    const onOpen = vi.fn()
    const { getAllByRole, getByRole } = await renderInPortal(GridFigure, { props: { ...props, onOpen } })
    const cells = getAllByRole('gridcell')
    expect(cells.map(one => one.tabIndex)).toEqual([0, -1, -1, -1])
    await fireEvent.keyDown(cells[0]!, { key: 'ArrowDown' })
    await fireEvent.keyDown(cells[2]!, { key: 'End' })
    expect(document.activeElement?.textContent).toContain('9')
    await fireEvent.keyDown(getByRole('grid').querySelector('tbody')!, { key: 'Enter' })
    expect(onOpen).toHaveBeenCalledWith({ row: 1, column: 1 })
    expect(cells[1]?.textContent).toContain('—')
  })

  it('turns round with the page', () => {
    expect(stepInGrid({ row: 0, column: 0 }, 'ArrowLeft', { rows: 2, columns: 2, forward: -1 })).toEqual({ row: 0, column: 1 })
    expect(stepInGrid({ row: 0, column: 0 }, 'x', { rows: 2, columns: 2, forward: 1 })).toBeNull()
  })
})

describe('a sparkline', () => {
  it('leaves a gap where there is no data', () => {
    const { lines, dots } = sparkRuns([1, null, 3, 5], { width: 38, height: 18, isRightToLeft: false })
    expect(lines).toEqual(['M 4 14', 'M 24 9 L 34 4'])
    expect(dots[1]).toBeNull()
  })

  it('runs from the right where the page does', () => {
    expect(sparkRuns([1, 2], { width: 38, height: 18, isRightToLeft: true }).lines).toEqual(['M 34 14 L 4 4'])
  })
})
