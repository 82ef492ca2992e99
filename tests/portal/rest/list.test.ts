import type { Session } from '../testing/session.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSession } from '../testing/session.ts'

describe('lists', () => {
  let session: Session
  beforeAll(async () => {
    session = await openSession({ data: 'generate:2000' })
  })
  afterAll(() => session.close())

  const deals = (params: object) => session.call('crm.item.list', { entityTypeId: 2, ...params })
  const count = async (filter: object) => (await deals({ filter, select: ['id'] })).total!

  it('pages by fifty with total and next', async () => {
    const first = await deals({ select: ['id'] })
    expect(first).toMatchObject({ total: 2000, next: 50 })
    expect(first.result.items).toHaveLength(50)
    const last = await deals({ start: 1950, select: ['id'] })
    expect(last.result.items.at(-1)).toEqual({ id: 2000 })
    expect(last).not.toHaveProperty('next')
  })

  it('does not count when start is -1', async () => {
    const page = await deals({ start: -1, filter: { '>id': 1990 }, order: { id: 'ASC' }, select: ['id'] })
    expect(page.total).toBe(0)
    expect(page).not.toHaveProperty('next')
    expect(page.result.items.map(({ id }: { id: number }) => id)).toEqual([1991, 1992, 1993, 1994, 1995, 1996, 1997, 1998, 1999, 2000])
  })

  it('starts over when a chained page refers to nothing', async () => {
    const page = await deals({ start: -1, filter: { '>id': '' }, select: ['id'] })
    expect(page.result.items[0]).toEqual({ id: 1 })
  })

  it('orders by amount, by date and backwards by id', async () => {
    const amounts = (await deals({ order: { opportunity: 'DESC' }, select: ['opportunity'] })).result.items.map(({ opportunity }: { opportunity: number }) => opportunity)
    expect(amounts).toEqual([...amounts].sort((a: number, b: number) => b - a))
    const days = (await deals({ order: { closedate: 'ASC', id: 'DESC' }, select: ['closedate'] })).result.items.map(({ closedate }: { closedate: string }) => Date.parse(closedate))
    expect(days).toEqual([...days].sort((a: number, b: number) => a - b))
    expect((await deals({ order: { id: 'DESC' }, select: ['id'] })).result.items[0]).toEqual({ id: 2000 })
  })

  it('understands every prefix', async () => {
    const won = await count({ stageId: 'WON' })
    expect(await count({ '!stageId': 'WON' })).toBe(2000 - won)
    expect(await count({ '!=stageId': ['WON', 'LOSE'] })).toBe(2000 - won - await count({ '=stageId': 'LOSE' }))
    expect(await count({ '@stageId': ['WON', 'LOSE'] })).toBe(2000 - await count({ '!@stageId': ['WON', 'LOSE'] }))
    const rich = await count({ '>=opportunity': 5000 })
    expect(rich + await count({ '<opportunity': 5000 })).toBe(2000)
    const licences = await count({ '%title': 'licence' })
    expect(licences).toBeGreaterThan(0)
    expect(await count({ '=%title': 'Licence%' })).toBe(licences)
    expect(await count({ '%=title': '%annuelle –%' })).toBe(licences)
    expect(await count({ '!%title': 'licence' })).toBe(2000 - licences)
    expect(await count({ '!=%title': 'Licence%' })).toBe(2000 - licences)
  })

  it('finds what is empty and what is not', async () => {
    const without = await count({ companyId: null })
    expect(without).toBeGreaterThan(0)
    expect(await count({ '=companyId': '' })).toBe(without)
    expect(await count({ '!companyId': null })).toBe(2000 - without)
  })

  it('compares days with a clock time and without', async () => {
    const { result } = await deals({ filter: { id: 500 }, select: ['closedate'] })
    const day = result.items[0].closedate.slice(0, 10)
    const at = await count({ '>=closedate': day, '<closedate': `${day}T23:00:00` })
    expect(at).toBeGreaterThan(0)
    expect(await count({ '>closedate': result.items[0].closedate }) + at).toBe(await count({ '>=closedate': day }))
  })

  it('joins groups with OR at any depth', async () => {
    const [small, large] = [await count({ '<opportunity': 300 }), await count({ '>opportunity': 9000 })]
    expect(await count({ 0: { 'logic': 'OR', 0: { '<opportunity': 300 }, 1: { '>opportunity': 9000 } } })).toBe(small + large)
    expect(await count({ '<=id': 100, '0': { logic: 'OR', 0: { id: 5 }, 1: { '>id': 90, '0': { logic: 'OR', 0: { '<id': 92 }, 1: { '>=id': 100 } } } } })).toBe(3)
  })

  it('filters own yes/no fields with 1 and 0', async () => {
    expect(await count({ ufCrmRenewal: 1 }) + await count({ ufCrmRenewal: 0 })).toBe(2000)
    const { result } = await deals({ filter: { ufCrmRenewal: 1 }, select: ['ufCrmRenewal'], useOriginalUfNames: 'N' })
    expect(result.items[0].ufCrmRenewal).toBe('Y')
  })

  it('refuses unknown fields, directions and dates of crm.item.list, and ignores them in crm.deal.list', async () => {
    expect(await deals({ filter: { nothing: 1 } })).toMatchObject({ status: 400, error: 'INVALID_ARG_VALUE' })
    expect(await deals({ order: { nothing: 'ASC' } })).toMatchObject({ status: 400, error: 'INVALID_ARG_VALUE' })
    expect(await deals({ order: { id: 'UP' } })).toMatchObject({ status: 400, error: 'INVALID_ARG_VALUE' })
    expect(await deals({ filter: { '>closedate': 'soon' } })).toMatchObject({ status: 400, error: 'INVALID_ARG_VALUE' })
    expect(await session.call('crm.item.list', { entityTypeId: 999 })).toMatchObject({ status: 400, error: 'NOT_FOUND' })
    expect(await session.call('crm.deal.list', { filter: { NOTHING: 1 } })).toMatchObject({ status: 200, total: 2000 })
  })

  it('gives texts in the old family and own fields only when they are named', async () => {
    const { result } = await session.call('crm.deal.list', { filter: { '>ID': 10, '<=ID': 12 } })
    expect(result).toHaveLength(2)
    expect(result[0]).toMatchObject({ ID: '11', CATEGORY_ID: '0', OPPORTUNITY: expect.stringMatching(/^\d+\.\d\d$/), ASSIGNED_BY_ID: expect.any(String) })
    expect(result[0]).not.toHaveProperty('UF_CRM_RENEWAL')
    const named = await session.call('crm.deal.list', { filter: { ID: 11 }, select: ['ID', 'UF_*'] })
    expect(Object.keys(named.result[0])).toEqual(['ID', 'UF_CRM_RENEWAL'])
  })
})
