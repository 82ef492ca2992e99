import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { currencyExponent } from '@comptoir/shared/money'
import { randomOf } from '@comptoir/shared/scorecards/random'
import type { DealFact } from '../../platform/bitrix24/crm-facts.ts'
import type { CurrencyFact } from '../../platform/bitrix24/crm-directories.ts'
import { freshDatabase, type TestDatabase } from '../../platform/storage/test-database.ts'
import { saveDeals } from './deals.postgres.ts'
import { saveCurrencies } from './directories.postgres.ts'
import { invoiceStore } from './record-stores.ts'
import { saveRecords } from './records.postgres.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

const rates: CurrencyFact[] = [{ currency: 'EUR', rate: 1, isBase: true }, { currency: 'USD', rate: 0.9, isBase: false }, { currency: 'JPY', rate: 0.006, isBase: false }]

async function aPortal(timeZone = 'Europe/Paris'): Promise<number> {
  const { portal_id: id } = await database.db.insertInto('portals')
    .values({ member_id: `rates-${Math.trunc(performance.now() * 1000)}`, domain: 'portal.test', client_endpoint: 'https://portal.test/rest/', server_endpoint: 'https://oauth.test/rest/', status: 'installed', time_zone: timeZone })
    .returning('portal_id').executeTakeFirstOrThrow()
  return id
}

const aDeal = (id: number, fields: Partial<DealFact>): DealFact => ({
  id, title: `Affaire ${id}`, categoryId: 0, stageId: 'X', semantics: 'S', amountMinor: 100_00, currency: 'USD', companyId: null, assignedById: 1, sourceId: null,
  leadId: null, utmSource: null, utmMedium: null, utmCampaign: null, utmContent: null, utmTerm: null, createdAt: '2024-01-01T00:00:00Z', beginsOn: null,
  closesOn: null, closesAt: '2025-03-10T12:00:00Z', movedAt: null, updatedAt: null, ...fields,
})

const transaction = <T>(work: Parameters<ReturnType<TestDatabase['db']['transaction']>['execute']>[0]) => database.db.transaction().execute(work) as Promise<T>
const currencies = (id: number, list: readonly CurrencyFact[]) => transaction(tx => saveCurrencies(tx, id, list))
const deals = (id: number, list: readonly DealFact[]) => transaction(tx => saveDeals(tx, id, list))
const rate = (id: number, currency: string, day: string, value: number) => database.db.insertInto('exchange_rates')
  .values({ portal_id: id, currency, valid_from: day, rate: String(value), is_entered: true }).execute()
const worths = async (id: number) => Object.fromEntries((await database.db.selectFrom('crm_deals').select(['deal_id', 'amount_base_minor'])
  .where('portal_id', '=', id).orderBy('deal_id').execute()).map(row => [row.deal_id, row.amount_base_minor]))

describe('what a deal is worth', () => {
  it('follows the rate of the day it was closed, and of today while it is open', async () => {
    const id = await aPortal()
    await currencies(id, rates)
    await rate(id, 'USD', '2025-01-01', 0.8)
    await rate(id, 'USD', '2025-06-01', 0.7)
    await deals(id, [
      aDeal(1, {}), aDeal(2, { closesAt: '2025-05-31T21:59:00Z' }), aDeal(3, { closesAt: '2025-05-31T22:00:00Z', semantics: 'F' }),
      aDeal(4, { semantics: 'P' }), aDeal(5, { closesAt: '2019-01-01T00:00:00Z' }), aDeal(6, { currency: 'XTS' }), aDeal(7, { currency: 'EUR' }),
    ])
    expect(await worths(id)).toEqual({ 1: 80_00, 2: 80_00, 3: 70_00, 4: 90_00, 5: 80_00, 6: null, 7: 100_00 })
    await currencies(id, [rates[0]!, { currency: 'USD', rate: 0.5, isBase: false }])
    expect(await worths(id)).toEqual({ 1: 80_00, 2: 80_00, 3: 70_00, 4: 50_00, 5: 80_00, 6: null, 7: 100_00 })
  })

  it('changes with the zone of the portal, which moves the day', async () => {
    const id = await aPortal()
    await rate(id, 'USD', '2025-01-01', 0.8)
    await rate(id, 'USD', '2025-06-01', 0.7)
    await deals(id, [aDeal(1, { closesAt: '2025-05-31T22:00:00Z' })])
    expect(await worths(id)).toEqual({ 1: 70_00 })
    await database.db.updateTable('portals').set({ time_zone: 'UTC' }).where('portal_id', '=', id).execute()
    expect(await worths(id)).toEqual({ 1: 80_00 })
  })

  it('is counted anew in another base currency, whose rates begin with it', async () => {
    const id = await aPortal()
    await currencies(id, rates)
    await rate(id, 'USD', '2025-01-01', 0.8)
    await deals(id, [aDeal(1, {}), aDeal(2, { currency: 'EUR' }), aDeal(3, { currency: 'JPY', amountMinor: 1000 }), aDeal(4, { semantics: 'P', currency: 'EUR' })])
    await currencies(id, [{ currency: 'USD', rate: 1, isBase: true }, { currency: 'EUR', rate: 1.1, isBase: false }])
    expect(await worths(id)).toEqual({ 1: 100_00, 2: 110_00, 3: null, 4: 110_00 })
  })

  it('of an invoice follows the rate of its date', async () => {
    const id = await aPortal()
    await currencies(id, rates)
    await rate(id, 'USD', '2025-01-01', 0.8)
    const invoice = (invoiceId: number, issuedOn: string | null) => ({ id: invoiceId, number: '', stageId: 'X', semantics: 'P', amountMinor: 100_00, currency: 'USD', issuedOn, createdAt: '2026-10-01T10:00:00Z' })
    await transaction(tx => saveRecords(tx, id, invoiceStore, [invoice(1, '2025-02-01'), invoice(2, null)]))
    await rate(id, 'USD', '2026-09-01', 0.6)
    const rows = await database.db.selectFrom('crm_invoices').select('amount_base_minor').where('portal_id', '=', id).orderBy('invoice_id').execute()
    expect(rows.map(row => row.amount_base_minor)).toEqual([80_00, 60_00])
  })
})

describe('after any mixture of deals, rates, corrections and removals', () => {
  const random = randomOf(166)
  const next = (below: number) => Math.floor(random() * below)
  const day = () => new Date(Date.UTC(2024, 0, 1 + next(700))).toISOString().slice(0, 10)

  it('deals and rollups say what their own days say', async () => {
    const id = await aPortal('UTC')
    await currencies(id, rates)
    const written = (from: number) => Array.from({ length: 40 }, (_, at) => aDeal(from + at, {
      semantics: (['S', 'F', 'P'] as const)[next(3)]!, currency: ['EUR', 'USD', 'JPY', 'XTS'][next(4)]!, amountMinor: next(9) === 0 ? null : next(90_000), closesAt: `${day()}T08:00:00Z`,
    }))
    for (let round = 0; round < 15; round++) {
      await deals(id, written(1 + next(60)))
      const [currency, on] = [['USD', 'JPY', 'XTS'][next(3)]!, day()]
      await database.db.insertInto('exchange_rates').values({ portal_id: id, currency, valid_from: on, rate: String((1 + next(99)) / 100), is_entered: true })
        .onConflict(conflict => conflict.columns(['portal_id', 'currency', 'valid_from']).doUpdateSet(eb => ({ rate: eb.ref('excluded.rate') }))).execute()
      await database.db.deleteFrom('exchange_rates').where('portal_id', '=', id).where('currency', '=', 'USD').where('valid_from', '<', on).where('is_entered', '=', next(3) === 0).execute()
      await sql`update exchange_rates set valid_from = valid_from + 1 where portal_id = ${id} and currency = 'JPY' and is_entered`.execute(database.db)
      await expectRight(id, round)
    }
  })

  async function expectRight(id: number, round: number): Promise<void> {
    const history = await database.db.selectFrom('exchange_rates').selectAll().where('portal_id', '=', id).orderBy('valid_from').execute()
    const now = new Map((await database.db.selectFrom('crm_currencies').selectAll().where('portal_id', '=', id).execute()).map(row => [row.currency, row.rate]))
    const rows = await database.db.selectFrom('crm_deals').selectAll().where('portal_id', '=', id).execute()
    const expected = rows.map((deal) => {
      const own = history.filter(({ currency }) => currency === deal.currency)
      const closed = deal.closed_at?.toISOString().slice(0, 10)
      const found = deal.currency === 'EUR' ? 1 : closed === undefined ? now.get(deal.currency) : (own.findLast(({ valid_from: from }) => from <= closed) ?? own[0])?.rate
      return deal.amount_minor === null || found === undefined || found === null ? null : Math.round(deal.amount_minor * Number(found) * 10 ** (2 - currencyExponent(deal.currency)) + 1e-7)
    })
    expect(rows.map(row => row.amount_base_minor), `round ${round}`).toEqual(expected)
    const { rows: [kept] } = await sql<{ amount: number }>`select sum(amount_base_minor)::bigint as amount from insight_deal_days
      where portal_id = ${id} and assigned_by_id = -1 and category_id = -1 and outcome in ('won', 'lost')`.execute(database.db)
    expect(kept!.amount, `round ${round}`).toBe(rows.reduce((sum, { semantics, amount_base_minor: worth }) => semantics === 'P' ? sum : sum + (worth ?? 0), 0))
  }
})
