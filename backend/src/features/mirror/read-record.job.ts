import type { Crm } from '../../platform/bitrix24/client.ts'
import { readCompany, readDeal, readProductRow, readStageChange } from '../../platform/bitrix24/crm-facts.ts'
import { companyList, dealList, dealStageChanges, itemsById, productRowsOf } from '../../platform/bitrix24/crm-lists.ts'
import type { BatchAnswer, Command } from '../../platform/bitrix24/batch.ts'
import { rowsUnder } from '../../platform/bitrix24/php-query.ts'
import { errorOfFault, faultOfSilence } from '../../platform/bitrix24/rest-fault.ts'
import type { Database } from '../../platform/storage/database.ts'
import { deleteCompanies, saveCompanies } from './companies.postgres.ts'
import { replaceProductRows, saveStageChanges } from './deal-details.postgres.ts'
import { deleteDeals, saveDeals } from './deals.postgres.ts'

interface Deps {
  readonly db: Database
  readonly crm: Pick<Crm, 'for'>
}

/** One request for the deal, its rows and its moves. Everything fits on one page, or the next run reads the rest. */
export async function readDealNow({ db, crm }: Deps, portalId: number, dealId: number): Promise<boolean> {
  const commands = [itemsById(dealList, 'deal', [dealId]), productRowsOf('rows', dealId), dealStageChanges('changes', dealId)]
  const answer = await crm.for(portalId, { lane: 'viewer' }).batch(commands, { isRepeatable: true })
  const [deal] = rowsIn(answer, commands[0]!, 'items').map(readDeal)
  await db.transaction().execute(async (tx) => {
    if (!deal)
      return deleteDeals(tx, portalId, [dealId])
    await saveDeals(tx, portalId, [deal])
    await saveStageChanges(tx, portalId, rowsIn(answer, commands[2]!, 'items').map(readStageChange).filter(fact => fact !== null))
    const rows = rowsIn(answer, commands[1]!, 'productRows').map(readProductRow).filter(fact => fact !== null)
    // A full page may not be all of them: what the mirror has stays until the next run reads the whole.
    if (rows.length < 50)
      await replaceProductRows(tx, portalId, [dealId], rows)
  })
  return deal !== undefined && deal !== null
}

export async function readCompanyNow({ db, crm }: Deps, portalId: number, companyId: number): Promise<boolean> {
  const command = itemsById(companyList, 'company', [companyId])
  const answer = await crm.for(portalId, { lane: 'viewer' }).batch([command], { isRepeatable: true })
  const [company] = rowsIn(answer, command, 'items').map(readCompany)
  await db.transaction().execute(tx => company ? saveCompanies(tx, portalId, [company]) : deleteCompanies(tx, portalId, [companyId]))
  return company !== undefined && company !== null
}

function rowsIn(answer: BatchAnswer, { key, method }: Command, name: string): Record<string, unknown>[] {
  const fault = answer.faults.get(key)
  // A record that went away takes its rows with it: the host then complains about their owner.
  if (fault?.kind === 'not_found')
    return []
  const rows = rowsUnder(answer.results.get(key), name)
  if (fault || rows === null)
    throw errorOfFault(fault ?? faultOfSilence('unreadable', 200), { method })
  return rows
}
