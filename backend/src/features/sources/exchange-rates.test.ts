import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../platform/storage/test-database.ts'
import { listExchangeRates, saveExchangeRate, undoRateChange, type RateAdministrator } from './exchange-rates.postgres.ts'

const now = new Date('2026-03-20T10:00:00Z')
let database: TestDatabase
let who: RateAdministrator

beforeAll(async () => {
  database = await freshDatabase()
  const { portal_id: id } = await database.db.insertInto('portals')
    .values({ member_id: 'rates', domain: 'portal.test', client_endpoint: 'https://portal.test/rest/', server_endpoint: 'https://oauth.test/rest/', status: 'installed', time_zone: 'Europe/Paris', currency: 'EUR' })
    .returning('portal_id').executeTakeFirstOrThrow()
  who = { portal: { id, timeZone: 'Europe/Paris', currency: 'EUR' } as RateAdministrator['portal'], viewer: { userId: 1, name: 'Ada', isAdmin: true, departmentIds: [] } }
  await database.db.insertInto('crm_users').values({ portal_id: id, user_id: 1, name: 'Ada', last_name: 'Byron', is_active: true, department_ids: [] }).execute()
  await database.db.insertInto('exchange_rates').values({ portal_id: id, currency: 'USD', valid_from: '2026-01-01', rate: '0.9', created_by: null }).execute()
  await database.db.insertInto('crm_deals').values([['2026-02-10T10:00:00Z', 'USD'], ['2026-03-10T10:00:00Z', 'USD'], ['2026-03-10T10:00:00Z', 'CHF']].map(([closedAt, currency], at) => ({
    portal_id: id, deal_id: at + 1, title: `Affaire ${at + 1}`, category_id: 0, stage_id: 'WON', semantics: 'S' as const, amount_minor: 100_00, currency: currency!, amount_base_minor: currency === 'USD' ? 90_00 : null,
    assigned_by_id: 1, created_at: new Date('2026-01-05T10:00:00Z'), closed_at: new Date(closedAt!),
  }))).execute()
})
afterAll(() => database.close())

/** All of it is recalculated at once: nothing is left to be sent for. */
const deps = () => ({ db: database.db, sendRevaluation: () => Promise.reject(new Error('nothing is left')) })
const save = (currency: string, validFrom: string, rate: number | null) => saveExchangeRate(deps(), who, { currency, validFrom, rate }, now)
const list = () => listExchangeRates(database.db, who)
const worths = async () => (await database.db.selectFrom('crm_deals').select('amount_base_minor').where('portal_id', '=', who.portal.id).orderBy('deal_id').execute()).map(row => row.amount_base_minor)

describe('the history of exchange rates', () => {
  it('also names the currencies that nobody can convert', async () => {
    expect(await list()).toEqual({
      baseCurrency: 'EUR', changes: [], revaluations: [],
      currencies: [{ currency: 'CHF', rates: [] }, { currency: 'USD', rates: [{ validFrom: '2026-01-01', rate: 0.9, isEntered: false }] }],
    })
  })

  it('is corrected by an administrator, and what closed since is worth something else at once', async () => {
    await save('USD', '2026-03-01', 0.8)
    await save('CHF', '2026-03-01', 1.05)
    expect(await worths()).toEqual([90_00, 80_00, 105_00])
    await save('USD', '2026-01-01', 0.95)
    expect(await worths()).toEqual([95_00, 80_00, 105_00])
    const { changes } = await list()
    expect(changes).toMatchObject([
      { currency: 'USD', validFrom: '2026-01-01', oldRate: 0.9, newRate: 0.95, changedBy: 'Ada Byron', canBeUndone: true }, { currency: 'CHF', oldRate: null, newRate: 1.05 }, { currency: 'USD', oldRate: null, newRate: 0.8 },
    ])
  })

  it('is as it was when a change is undone, once, and not over a later one', async () => {
    const [correction, addition] = (await list()).changes
    await undoRateChange(deps(), who, correction!.changeId, now)
    await undoRateChange(deps(), who, addition!.changeId, now)
    expect(await worths()).toEqual([90_00, 80_00, null])
    const { currencies, changes } = await list()
    expect(currencies).toEqual([{ currency: 'CHF', rates: [] }, { currency: 'USD', rates: [{ validFrom: '2026-03-01', rate: 0.8, isEntered: true }, { validFrom: '2026-01-01', rate: 0.9, isEntered: false }] }])
    expect(changes.map(({ isUndone, canBeUndone }) => [isUndone, canBeUndone])).toEqual([[true, false], [true, false], [false, true]])
    await expect(undoRateChange(deps(), who, correction!.changeId, now)).rejects.toMatchObject({ code: 'exchange_rate.changed_meanwhile' })
    await save('USD', '2026-03-01', null)
    expect(await worths()).toEqual([90_00, 90_00, null])
    await expect(undoRateChange(deps(), who, changes[2]!.changeId, now)).rejects.toMatchObject({ code: 'exchange_rate.changed_meanwhile' })
  })

  it('says nothing of the base currency and nothing of days to come; what is the same already is no change', async () => {
    await expect(save('EUR', '2026-03-01', 1)).rejects.toMatchObject({ code: 'exchange_rate.of_base' })
    await expect(save('USD', '2026-03-21', 1)).rejects.toMatchObject({ code: 'exchange_rate.future' })
    const { changes } = await list()
    await save('USD', '2026-01-01', 0.9)
    await save('JPY', '2026-01-01', null)
    expect((await list()).changes).toEqual(changes)
  })
})
