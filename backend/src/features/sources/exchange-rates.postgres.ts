import { sql } from 'kysely'
import { AppError } from '@comptoir/shared/errors'
import { dayAt } from '@comptoir/shared/insights/calendar'
import type { CurrencyRates, ExchangeRates, RateChange } from '@comptoir/shared/sources/exchange-rate.contract'
import type { Caller } from '../../platform/http/caller.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'
import { readRevaluations, recalculateInBatches, recordsAtOnce, revalueSome, takeTurns } from './revaluation.postgres.ts'

export type RateAdministrator = Pick<Caller, 'portal' | 'viewer'>

export interface RateDeps {
  readonly db: Database
  /** Sees to the records that a change leaves to be recalculated, in its transaction. */
  readonly sendRevaluation: (tx: Tx, portalId: number) => Promise<unknown>
}

const changesShown = 50

export async function listExchangeRates(db: Database, { portal }: Pick<RateAdministrator, 'portal'>): Promise<ExchangeRates> {
  const [rates, changes, revaluations] = await Promise.all([readRates(db, portal), readChanges(db, portal), readRevaluations(db, portal.id)])
  const byCurrency = Map.groupBy(rates, ({ currency }) => currency)
  const currencies = [...byCurrency].map(([currency, dated]): CurrencyRates => ({
    currency, rates: dated.flatMap(({ validFrom, rate, isEntered }) => validFrom === null || rate === null ? [] : [{ validFrom, rate, isEntered }]),
  }))
  return { baseCurrency: portal.currency, currencies, changes, revaluations }
}

interface RateRow { currency: string, validFrom: string | null, rate: number | null, isEntered: boolean }

/** Also of currencies that have no rate yet, though something is counted in them. */
async function readRates(db: Database, { id, currency }: RateAdministrator['portal']): Promise<RateRow[]> {
  const { rows } = await sql<RateRow>`
    with used as (
      select currency from crm_currencies where portal_id = ${id}
      union select currency from exchange_rates where portal_id = ${id}
      union select currency from ad_costs where portal_id = ${id}
      union select currency from crm_deals where portal_id = ${id} and amount_base_minor is null and amount_minor is not null
      union select currency from crm_invoices where portal_id = ${id} and amount_base_minor is null and amount_minor is not null)
    select u.currency, r.valid_from as "validFrom", r.rate::float8 as rate, coalesce(r.is_entered, false) as "isEntered"
    from used u left join exchange_rates r on r.portal_id = ${id} and r.currency = u.currency
    where u.currency <> ${currency} and u.currency ~ '^[A-Z]{3}$'
    order by u.currency, r.valid_from desc`.execute(db)
  return rows
}

async function readChanges(db: Database, { id, currency }: RateAdministrator['portal']): Promise<RateChange[]> {
  const { rows } = await sql<Omit<RateChange, 'changedAt'> & { changedAt: Date }>`
    select c.change_id as "changeId", c.currency, c.valid_from as "validFrom", c.old_rate::float8 as "oldRate", c.new_rate::float8 as "newRate", c.changed_at as "changedAt",
      nullif(trim(concat_ws(' ', u.name, u.last_name)), '') as "changedBy", c.undone_at is not null as "isUndone",
      c.undone_at is null and c.base_currency = ${currency} and r.rate is not distinct from c.new_rate as "canBeUndone"
    from exchange_rate_changes c
      left join crm_users u on u.portal_id = c.portal_id and u.user_id = c.changed_by
      left join exchange_rates r on r.portal_id = c.portal_id and r.currency = c.currency and r.valid_from = c.valid_from
    where c.portal_id = ${id} order by c.change_id desc limit ${changesShown}`.execute(db)
  return rows.map(row => ({ ...row, changedAt: row.changedAt.toISOString() }))
}

interface RateInput { readonly currency: string, readonly validFrom: string, readonly rate: number | null }

/** @throws AppError exchange_rate.of_base, exchange_rate.future */
export async function saveExchangeRate(deps: RateDeps, { portal, viewer }: RateAdministrator, { currency, validFrom, rate }: RateInput, now: Date): Promise<void> {
  if (currency === portal.currency)
    throw new AppError('exchange_rate.of_base')
  if (validFrom > dayAt(now, portal.timeZone))
    throw new AppError('exchange_rate.future')
  await deps.db.transaction().execute(async (tx) => {
    await takeTurns(tx, portal.id)
    const place = { portal_id: portal.id, currency, valid_from: validFrom }
    const old = await tx.selectFrom('exchange_rates').select(['rate', 'is_entered']).where('portal_id', '=', portal.id).where('currency', '=', currency).where('valid_from', '=', validFrom).executeTakeFirst()
    if ((old ? Number(old.rate) : null) === rate)
      return
    await setRate(deps, tx, place, rate === null ? null : { rate: String(rate), is_entered: true, created_at: now, created_by: viewer.userId })
    await tx.insertInto('exchange_rate_changes').values({
      ...place, base_currency: portal.currency, old_rate: old?.rate ?? null, was_entered: old?.is_entered ?? false, new_rate: rate === null ? null : String(rate), changed_at: now, changed_by: viewer.userId,
    }).execute()
  })
}

/** @throws AppError exchange_rate.changed_meanwhile */
export async function undoRateChange(deps: RateDeps, { portal }: RateAdministrator, changeId: number, now: Date): Promise<void> {
  await deps.db.transaction().execute(async (tx) => {
    await takeTurns(tx, portal.id)
    const change = await tx.updateTable('exchange_rate_changes as c').set({ undone_at: now })
      .where('c.portal_id', '=', portal.id).where('c.change_id', '=', changeId).where('c.undone_at', 'is', null).where('c.base_currency', '=', portal.currency)
      .where(sql<boolean>`c.new_rate is not distinct from (select r.rate from exchange_rates r where r.portal_id = c.portal_id and r.currency = c.currency and r.valid_from = c.valid_from)`)
      .returningAll().executeTakeFirst()
    if (!change)
      throw new AppError('exchange_rate.changed_meanwhile')
    const { portal_id, currency, valid_from, old_rate: rate, was_entered: is_entered, changed_by } = change
    await setRate(deps, tx, { portal_id, currency, valid_from }, rate === null ? null : { rate, is_entered, created_at: now, created_by: is_entered ? changed_by : null })
  })
}

/** What was closed since that day is worth something else from now on: at once where it is little, else batch by batch after this. */
async function setRate({ sendRevaluation }: RateDeps, tx: Tx, place: { portal_id: number, currency: string, valid_from: string }, rate: { rate: string, is_entered: boolean, created_at: Date, created_by: number | null } | null): Promise<void> {
  await recalculateInBatches(tx)
  if (rate === null)
    await tx.deleteFrom('exchange_rates').where('portal_id', '=', place.portal_id).where('currency', '=', place.currency).where('valid_from', '=', place.valid_from).execute()
  else
    await tx.insertInto('exchange_rates').values({ ...place, ...rate }).onConflict(conflict => conflict.columns(['portal_id', 'currency', 'valid_from']).doUpdateSet(rate)).execute()
  await revalueSome(tx, place.portal_id, place.currency, recordsAtOnce)
  if ((await readRevaluations(tx, place.portal_id)).length > 0)
    await sendRevaluation(tx, place.portal_id)
}
