import { readCompany, readDeal, readStageChange, type CompanyFact, type DealFact, type StageChangeFact } from '../../platform/bitrix24/crm-facts.ts'
import { companyList, dealList, stageChangeList } from '../../platform/bitrix24/crm-lists.ts'
import { companiesGone, deleteCompanies, saveCompanies } from './companies.postgres.ts'
import { saveStageChanges } from './deal-details.postgres.ts'
import { dealsGone, deleteDeals, saveDeals } from './deals.postgres.ts'
import { addHints } from './hints.postgres.ts'
import type { ItemTable } from './item-reading.job.ts'

export const dealTable = (portalId: number): ItemTable<DealFact> => ({
  entity: 'deals',
  isLarge: true,
  list: dealList,
  read: readDeal,
  save: async (tx, facts, { isNews }) => {
    const changed = await saveDeals(tx, portalId, facts)
    // A reading from the first record is followed by one of all product rows.
    if (isNews)
      await addHints(tx, portalId, 'product_rows', changed)
  },
  sweep: async (tx, range) => deleteDeals(tx, portalId, await dealsGone(tx, portalId, range)),
})

export const companyTable = (portalId: number): ItemTable<CompanyFact> => ({
  entity: 'companies',
  list: companyList,
  read: readCompany,
  save: (tx, facts) => saveCompanies(tx, portalId, facts),
  sweep: async (tx, range) => deleteCompanies(tx, portalId, await companiesGone(tx, portalId, range)),
})

export const stageChangeTable = (portalId: number): ItemTable<StageChangeFact> => ({
  entity: 'stage_changes',
  list: stageChangeList,
  read: readStageChange,
  save: (tx, facts) => saveStageChanges(tx, portalId, facts),
})
