import { describe, expect, it } from 'vitest'
import { useTileForm } from './use-tile-form.ts'

describe('the form of a tile', () => {
  it('keeps what still fits and drops what no longer does', () => {
    const form = useTileForm(null)
    form.by.value = 'time'
    form.across.value = 'responsible'
    expect(form.figure.value).toBe('line')
    form.figure.value = 'heat-map'
    form.by.value = 'responsible'
    expect([form.across.value, form.figure.value]).toEqual(['none', 'bar-across'])
    form.by.value = 'none'
    expect(form.figure.value).toBe('number')
  })

  it('is filled by a question in plain words', () => {
    const form = useTileForm(null)
    form.question.value = 'chiffre d’affaires par mois et par vendeur en carte de chaleur'
    form.ask()
    expect(form.toTile()).toMatchObject({ metricId: 'revenue_won', by: 'time', across: 'responsible', against: null, figure: 'heat-map', width: 12 })
    form.question.value = 'quel temps fait-il'
    form.ask()
    expect(form.isUnclear.value).toBe(true)
  })

  it('takes chosen days from a question, and keeps them with the tile', () => {
    const form = useTileForm(null)
    form.question.value = 'ventes du T3 2025 à Lyon'
    form.ask()
    expect(form.understood.value?.unheard).toEqual(['Lyon'])
    expect(form.toTile()).toMatchObject({ period: 'custom', from: '2025-07-01', to: '2025-09-30' })
    form.period.value = 'this_year'
    expect(form.toTile()).not.toHaveProperty('from')
  })

  it('keeps a goal in minor units, and only for a gauge', () => {
    const form = useTileForm(null)
    form.figure.value = 'gauge'
    form.goal.value = 1500
    expect(form.toTile().goal).toBe(150_000)
    form.figure.value = 'number'
    expect(form.toTile().goal).toBeNull()
    const again = useTileForm({ tileId: 'a', title: '', figure: 'gauge', metricId: 'win_rate', by: null, period: null, goal: 0.4, x: 0, y: 0, width: 3, height: 2 })
    expect(again.goal.value).toBe(40)
  })
})
