import type { MirrorEntity } from '@comptoir/shared/mirror/mirror.contract'
import type { BatchAnswer, Command } from '../../platform/bitrix24/batch.ts'
import { readCategories, readCurrencies, readDepartments, readStatuses, readUsers } from '../../platform/bitrix24/crm-directories.ts'
import * as lists from '../../platform/bitrix24/crm-lists.ts'
import { toList } from '../../platform/bitrix24/php-query.ts'
import { errorOfFault, faultOfSilence } from '../../platform/bitrix24/rest-fault.ts'
import type { Tx } from '../../platform/storage/database.ts'
import { saveCurrencies, saveDepartments, saveStages, saveUsers } from './directories.postgres.ts'
import type { Reading } from './reading.job.ts'
import { countMirror, saveState } from './sync-state.postgres.ts'

interface Place {
  readonly portalId: number
  readonly now: () => Date
}

/** Pipelines, stages and plain directories belong together: a stage without its pipeline means nothing. */
export function stageReading(place: Place): Reading {
  const keys = { deals: 'categories_deals', companies: 'categories_companies', statuses: 'statuses' }
  return wholeReading('stages', place, {
    commands: [lists.categories(keys.deals, lists.dealType), lists.categories(keys.companies, lists.companyType), lists.statuses(keys.statuses)],
    // Portals without pipelines for deals, or without categories of companies, refuse to list them.
    dispensable: [keys.deals, keys.companies],
    save: async (tx, result) => {
      const categories = [...readCategories(result(keys.deals), lists.dealType), ...readCategories(result(keys.companies), lists.companyType)]
      const { stages, statuses } = readStatuses(result(keys.statuses))
      await saveStages(tx, place.portalId, { categories, stages, statuses })
      return categories.length + stages.length + statuses.length
    },
  })
}

export function currencyReading(place: Place): Reading {
  return wholeReading('currencies', place, {
    commands: [lists.currencies('currencies')],
    save: async (tx, result) => {
      const currencies = readCurrencies(result('currencies'))
      await saveCurrencies(tx, place.portalId, currencies)
      return currencies.length
    },
  })
}

interface Whole {
  readonly commands: readonly Command[]
  /** Keys of commands that some portals do not know; refused, they count as empty. */
  readonly dispensable?: readonly string[]
  /** Answers how many rows it wrote. */
  readonly save: (tx: Tx, result: (key: string) => unknown) => Promise<number>
}

function wholeReading(entity: MirrorEntity, { portalId, now }: Place, { commands, dispensable = [], save }: Whole): Reading {
  let isDone = false
  return {
    entity,
    get isDone() {
      return isDone
    },
    commands: slots => isDone || slots < commands.length ? [] : commands,
    take(answer) {
      const isUnknown = (key: string) => dispensable.includes(key) && answer.faults.get(key)?.kind === 'invalid'
      const results = new Map(commands.map(({ key, method }) => [key, isUnknown(key) ? [] : resultOf(answer, key, method)]))
      isDone = true
      return async (tx) => {
        const rows = await save(tx, key => results.get(key))
        await saveState(tx, portalId, entity, finished(now(), rows))
      }
    },
  }
}

export const departmentReading = (place: Place): Reading => pagedReading('departments', place, {
  command: lists.departments,
  save: async (tx, rows) => saveDepartments(tx, place.portalId, readDepartments(rows)),
  count: tx => countMirror(tx, place.portalId, 'crm_departments'),
})

export const userReading = (place: Place): Reading => pagedReading('users', place, {
  command: lists.users,
  save: async (tx, rows) => saveUsers(tx, place.portalId, readUsers(rows)),
  count: tx => countMirror(tx, place.portalId, 'crm_users'),
})

interface Paged {
  readonly command: (key: string, start: number) => Command
  readonly save: (tx: Tx, rows: readonly unknown[]) => Promise<void>
  readonly count: (tx: Tx) => Promise<number>
}

const pageSize = 50

/**
 * Lists of some hundred rows that know no keyset: the first page tells the count, the others follow together.
 * Where it tells none, pages are asked for one by one until one is not full.
 */
function pagedReading(entity: MirrorEntity, { portalId, now }: Place, { command, save, count }: Paged): Reading {
  const rows: unknown[] = []
  let total: number | null = null
  let asked = 0
  let sent: Command[] = []
  let isLastShort = false
  const isComplete = () => total === null ? isLastShort : asked * pageSize >= total

  return {
    entity,
    get isDone() {
      return isComplete()
    },
    commands(slots) {
      const pages = total === null ? 1 : Math.ceil(total / pageSize) - asked
      return sent = Array.from({ length: Math.min(slots, pages) }, (_, page) => command(`${entity}_${asked + page}`, (asked + page) * pageSize))
    },
    take(answer) {
      for (const { key, method } of sent) {
        const page = toList(resultOf(answer, key, method))
        isLastShort = page.length < pageSize
        rows.push(...page)
        total ??= answer.totals.get(key) ?? null
      }
      asked += sent.length
      if (!isComplete())
        return tx => saveState(tx, portalId, entity, { status: 'running', rows_read: rows.length, rows_expected: total })
      return async (tx) => {
        await save(tx, rows)
        await saveState(tx, portalId, entity, { ...finished(now(), rows.length), portal_count: total ?? rows.length, mirror_count: await count(tx), counted_at: now() })
      }
    },
  }
}

const finished = (at: Date, rows: number) =>
  ({ status: 'idle', mode: 'incremental', rows_read: rows, rows_expected: rows, watermark: at, finished_at: at, error_code: null }) as const

/** A directory is taken whole or not at all: half a directory would delete the other half. */
function resultOf(answer: BatchAnswer, key: string, method: string): unknown {
  const fault = answer.faults.get(key)
  if (fault || !answer.results.has(key))
    throw errorOfFault(fault ?? faultOfSilence('unreadable', 200), { method })
  return answer.results.get(key)
}
