import { readCompany, readDeal, readStageChange } from '../../platform/bitrix24/crm-facts.ts'
import { activityList, companyList, contactList, dealList, invoiceList, leadList, smartItemList, stageChangeList, type ItemList } from '../../platform/bitrix24/crm-lists.ts'
import { readActivity, readContact, readInvoice, readLead, readSmartItem } from '../../platform/bitrix24/crm-records.ts'
import type { Row } from '../../platform/bitrix24/keyset.ts'
import type { Tx } from '../../platform/storage/database.ts'
import { deleteCompanies, saveCompanies } from './companies.postgres.ts'
import { saveStageChanges } from './deal-details.postgres.ts'
import { deleteDeals, saveDeals } from './deals.postgres.ts'
import { addHints } from './hints.postgres.ts'
import { idsGone, type StoredIds } from './id-ranges.postgres.ts'
import type { ItemTable } from './item-reading.job.ts'
import { smartEntity, type MirroredKind } from './mirrored-kinds.ts'
import { activityStore, contactStore, invoiceStore, leadStore, smartItemStore } from './record-stores.ts'
import { deleteRecords, saveRecords, type RecordStore } from './records.postgres.ts'
import type { SmartType } from './smart-processes.ts'

/** A list whose records come, change and go, one by one. */
export interface MirroredList extends ItemTable {
  readonly entity: MirroredKind
  readonly list: ItemList
  readonly stored: StoredIds
  readonly remove: (tx: Tx, ids: readonly number[]) => Promise<void>
}

export interface MirroredLists {
  readonly companies: MirroredList
  readonly deals: MirroredList
  /** Everything else, in the order in which it is read. */
  readonly others: readonly MirroredList[]
  /** Many, and nothing waits for them. */
  readonly activities: MirroredList
}

export function mirroredLists(portalId: number, smartTypes: readonly SmartType[]): MirroredLists {
  const companies = mirrored(portalId, {
    entity: 'companies',
    list: companyList,
    stored: { table: 'crm_companies', id: 'company_id' },
    save: (tx, rows) => saveCompanies(tx, portalId, facts(readCompany, rows)),
    remove: (tx, ids) => deleteCompanies(tx, portalId, ids),
  })
  const deals = mirrored(portalId, {
    entity: 'deals',
    isLarge: true,
    list: dealList,
    stored: { table: 'crm_deals', id: 'deal_id' },
    async save(tx, rows, { isNews }) {
      const changed = await saveDeals(tx, portalId, facts(readDeal, rows))
      // A reading from the first record is followed by one of all product rows.
      if (isNews)
        await addHints(tx, portalId, 'product_rows', changed)
    },
    remove: (tx, ids) => deleteDeals(tx, portalId, ids),
  })
  return {
    companies,
    deals,
    others: [
      recordList(portalId, { entity: 'leads', list: leadList, store: leadStore, read: readLead }),
      recordList(portalId, { entity: 'contacts', list: contactList, store: contactStore, read: readContact }),
      recordList(portalId, { entity: 'invoices', list: invoiceList, store: invoiceStore, read: readInvoice }),
      ...smartTypes.map(({ entityTypeId: type }) =>
        recordList(portalId, { entity: smartEntity(type), list: smartItemList(type), store: smartItemStore(type), read: readSmartItem })),
    ],
    activities: recordList(portalId, { entity: 'activities', list: activityList, store: activityStore, read: readActivity }),
  }
}

export const allLists = ({ companies, deals, others, activities }: MirroredLists): MirroredList[] => [companies, deals, ...others, activities]

export const stageChangeTable = (portalId: number): ItemTable => ({
  entity: 'stage_changes',
  list: stageChangeList,
  save: (tx, rows) => saveStageChanges(tx, portalId, facts(readStageChange, rows)),
})

function recordList<Fact extends { readonly id: number }>(
  portalId: number,
  { entity, list, store, read }: { entity: MirroredKind, list: ItemList, store: RecordStore, read: (row: Row) => Fact | null },
): MirroredList {
  return mirrored(portalId, {
    entity,
    list,
    stored: store,
    save: (tx, rows) => saveRecords(tx, portalId, store, facts(read, rows)),
    remove: (tx, ids) => deleteRecords(tx, portalId, store, ids),
  })
}

const mirrored = (portalId: number, list: Omit<MirroredList, 'sweep'>): MirroredList =>
  ({ ...list, sweep: async (tx, range) => list.remove(tx, await idsGone(tx, portalId, list.stored, range)) })

const facts = <Fact>(read: (row: Row) => Fact | null, rows: readonly Row[]): Fact[] =>
  rows.map(read).filter(fact => fact !== null)
