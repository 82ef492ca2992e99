import type { Portal } from '../state.ts'
import type { DealTable } from './deal-table.ts'
import { activityRows } from './activities.ts'
import { addCompanies, generatedCompanyNames } from './companies.ts'
import { historyRows, productRows } from './deal-companions.ts'
import { dealRows } from './deal-table.ts'
import { addDirectories } from './directories.ts'
import { generateDealTable } from './generate.ts'
import { addLeads } from './leads.ts'
import { addPaperwork } from './paperwork.ts'
import { addPeople, namedSellers } from './people.ts'
import { readSalesPipeline, salesPipelineTable } from './sales-pipeline.ts'

const defaultGenerated = 8000

/** Empties the CRM and fills it: `auto`, `generate:N`, or `none` for people and directories alone. */
export function loadData(portal: Portal, data: string): void {
  const { crm, users, departments } = portal
  crm.clear()
  users.clear()
  departments.clear()
  addDirectories(crm)
  const wanted = /^generate:(\d+)$/.exec(data)?.[1]
  if (data === 'none')
    addPeople(portal)
  else if (data === 'auto' || wanted !== undefined)
    fill(portal, wanted === undefined ? null : Number(wanted))
  else
    throw new RangeError(`unknown data "${data}": auto, none or generate:N`)
}

function fill(portal: Portal, count: number | null): void {
  const pipeline = count === null ? readSalesPipeline() : null
  addPeople(portal, pipeline?.agents.slice(namedSellers))
  const wanted = count ?? defaultGenerated
  const companies = addCompanies(portal, pipeline?.accounts ?? generatedCompanyNames(Math.min(2000, Math.max(40, Math.ceil(wanted / 100)))))
  const now = portal.clock.now()
  const deals = pipeline ? salesPipelineTable(pipeline, companies, now) : generateDealTable(wanted, companies, now)
  useDeals(portal, deals)
  // A company to look at has leads, calls and meetings; a number of deals asked for is that and nothing else.
  if (count === null) {
    portal.crm.activities.useSource(activityRows(deals))
    addLeads(portal, deals)
  }
  const supplierIds = [...portal.crm.items(4)!.ids()].filter(id => !companies.has(id))
  addPaperwork(portal, supplierIds, [...companies.keys()])
}

function useDeals({ crm }: Portal, table: DealTable): void {
  crm.items(2)!.useSource(dealRows(table))
  crm.stageHistory(2).useSource(historyRows(table))
  crm.productRows.useSource(productRows(table))
}
