import type { DealTable } from './deal-table.ts'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import Papa from 'papaparse'
import { startOfPortalDay } from '../core/zoned-time.ts'
import { createDealTable, lostStage, wonStage } from './deal-table.ts'
import { sellerId } from './people.ts'
import { scatter } from './random.ts'

const file = fileURLToPath(new URL('../../../../shared/data/crm/sales_pipeline.csv', import.meta.url))

interface Line {
  sales_agent: string
  product: string
  account: string
  deal_stage: 'Prospecting' | 'Engaging' | 'Won' | 'Lost'
  engage_date: string
  close_date: string
  close_value: string
}

export interface SalesPipeline {
  lines: Line[]
  agents: string[]
  accounts: string[]
}

/** null where the file is not there: it is no part of the project. */
export function readSalesPipeline(): SalesPipeline | null {
  if (!existsSync(file))
    return null
  const { data: lines } = Papa.parse<Line>(readFileSync(file, 'utf8'), { header: true, skipEmptyLines: true })
  return { lines, agents: byFrequency(lines.map(line => line.sales_agent)), accounts: [...new Set(lines.map(({ account }) => account))].filter(name => name !== '').sort() }
}

function byFrequency(names: string[]): string[] {
  const counts = new Map<string, number>()
  for (const name of names)
    counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([name]) => name)
}

const daySeconds = 86_400
const seconds = (date: string) => Date.parse(`${date}T00:00:00Z`) / 1000

/** Office hours of the day, in the portal's clock. */
function workTime(date: number, row: number, purpose: number): number {
  return startOfPortalDay((date + daySeconds / 2) * 1000) / 1000 + 9 * 3600 + scatter(row, purpose, 8 * 3600)
}

interface Dated extends Line {
  begin: number
  end: number
}

/** The file's deals, moved in time so that the last closed day was yesterday. */
export function salesPipelineTable({ lines, agents }: SalesPipeline, companies: Map<number, string>, now: number): DealTable {
  const products = [...new Set(lines.map(({ product }) => product))].sort()
  const companyIds = new Map([...companies].map(([id, name]) => [name, id]))
  const typical = typicalValues(lines)
  const yesterday = Math.floor(startOfPortalDay(now) / 1000 / daySeconds) * daySeconds
  const lastClose = Math.max(...lines.filter(line => line.close_date !== '').map(line => seconds(line.close_date)))
  const dated = datedLines(lines, yesterday - lastClose, yesterday)
  const table = createDealTable(dated.length, { products: products.map(name => name.replace('GTXPro', 'GTX Pro')), companies })
  dated.forEach((line, row) => {
    table.owner[row] = sellerId(agents.indexOf(line.sales_agent))
    table.company[row] = companyIds.get(line.account) ?? 0
    table.product[row] = products.indexOf(line.product)
    table.stage[row] = stageOf(line, row)
    table.lostAt[row] = line.deal_stage === 'Lost' ? scatter(row, 4, 4) : 0
    table.amount[row] = line.deal_stage === 'Won' ? Number(line.close_value) : typical.get(line.product)!
    table.created[row] = workTime(line.begin, row, 5)
    table.moved[row] = movedAt(line, row, now)
    table.close[row] = line.end
  })
  return table
}

function movedAt({ deal_stage: stage, begin, end }: Dated, row: number, now: number): number {
  const created = workTime(begin, row, 5)
  if (stage === 'Prospecting')
    return created
  const latest = stage === 'Engaging' ? Math.min(begin + (5 + scatter(row, 6, 60)) * daySeconds, now / 1000 - 2 * daySeconds) : end
  return Math.max(created + 600, Math.min(workTime(latest, row, 7), startOfPortalDay(now) / 1000 - 1))
}

/** Days that the file leaves open: first contacts of recent weeks, expected closings in the months after. */
function datedLines(lines: Line[], shift: number, yesterday: number): Dated[] {
  return lines.map((line, row): Dated => {
    const begin = line.engage_date === '' ? yesterday - scatter(row, 8, 60) * daySeconds : seconds(line.engage_date) + shift
    const end = line.close_date === '' ? begin + (60 + scatter(row, 9, 90)) * daySeconds : seconds(line.close_date) + shift
    return { ...line, begin, end }
  }).sort((a, b) => a.begin - b.begin)
}

function stageOf({ deal_stage: stage }: Line, row: number): number {
  if (stage === 'Won')
    return wonStage
  if (stage === 'Lost')
    return lostStage
  return stage === 'Prospecting' ? 0 : [1, 1, 1, 1, 2, 2, 2, 3, 3][scatter(row, 10, 9)]!
}

/** What a product usually sells for: open and lost deals have no value in the file. */
function typicalValues(lines: Line[]): Map<string, number> {
  const sums = new Map<string, [total: number, count: number]>()
  for (const { product, deal_stage: stage, close_value: value } of lines) {
    const [total, count] = sums.get(product) ?? [0, 0]
    if (stage === 'Won')
      sums.set(product, [total + Number(value), count + 1])
  }
  return new Map([...sums].map(([product, [total, count]]) => [product, Math.round(total / count)]))
}
