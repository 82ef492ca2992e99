import type { Portal } from '../state.ts'
import { toPortalTime } from '../core/zoned-time.ts'
import { contractTypeId, defaultCategory } from './directories.ts'
import { productRow } from './deal-companions.ts'
import { peopleIds } from './people.ts'
import { scatter } from './random.ts'

const dayMs = 86_400_000
const quiet = { userId: peopleIds.admin, startsAutomation: false }

/** What lies around a supplier in a CRM: contracts, stock receipts, and a few invoices, quotes and leads. */
export function addPaperwork(portal: Portal, supplierIds: readonly number[], clientIds: readonly number[]): void {
  supplierIds.forEach((companyId, at) => {
    addContract(portal, companyId, at)
    for (let month = 0; month < 5; month++)
      addReceipt(portal, companyId, at * 5 + month)
  })
  clientIds.slice(0, 24).forEach((companyId, at) => addInvoice(portal, companyId, at))
  clientIds.slice(0, 6).forEach((companyId, at) => {
    portal.crm.add(7, { title: `Devis ${at + 1}`, companyId, opportunity: 900 + at * 350, stageId: at % 2 ? 'SENT' : 'DRAFT', assignedById: peopleIds.seller }, quiet)
    portal.crm.add(1, { title: `Demande de contact ${at + 1}`, companyId, name: 'Alix', lastName: 'Robin', assignedById: peopleIds.seller }, quiet)
  })
}

function addContract(portal: Portal, companyId: number, at: number): void {
  const now = portal.clock.now()
  const title = portal.crm.items(4)!.get(companyId)!.title
  const stage = ['CLIENT', 'CLIENT', 'CLIENT', 'PREPARATION', 'SUCCESS'][at % 5]!
  portal.crm.add(contractTypeId, {
    title: `Contrat cadre ${title}`,
    companyId,
    categoryId: defaultCategory(contractTypeId),
    stageId: `DT${contractTypeId}_5:${stage}`,
    opportunity: 12_000 + scatter(at, 50, 60) * 1000,
    createdTime: toPortalTime(now - (390 - at * 20) * dayMs),
    updatedTime: toPortalTime(now - (380 - at * 20) * dayMs),
    begindate: toPortalTime(now - (380 - at * 20) * dayMs),
    closedate: toPortalTime(now + (at * 23 - 15) * dayMs),
    assignedById: peopleIds.buyer,
  }, quiet)
}

function addReceipt(portal: Portal, companyId: number, at: number): void {
  const time = toPortalTime(portal.clock.now() - (10 + at * 3) * dayMs)
  const isConducted = at % 7 !== 0
  const document = portal.crm.stockDocuments.insert({
    docType: 'A',
    status: isConducted ? 'Y' : 'N',
    wasCancelled: 'N',
    title: `Réception ${at + 1}`,
    docNumber: `REC-${String(at + 1).padStart(4, '0')}`,
    total: 250 + scatter(at, 51, 900) * 10,
    currency: 'EUR',
    contractorId: null,
    responsibleId: peopleIds.buyer,
    createdBy: peopleIds.buyer,
    modifiedBy: peopleIds.buyer,
    statusBy: isConducted ? peopleIds.buyer : null,
    siteId: 's1',
    commentary: null,
    dateCreate: time,
    dateModify: time,
    dateDocument: time,
    dateStatus: isConducted ? time : null,
  })
  const lines = 1 + scatter(at, 53, 3)
  for (let line = 0; line < lines; line++) {
    const elementId = 1 + scatter(at * 3 + line, 54, 40)
    portal.crm.stockElements.insert({ docId: document.id, elementId, amount: 5 + scatter(at * 3 + line, 55, 60), purchasingPrice: 4 + scatter(at * 3 + line, 56, 90), storeFrom: null, storeTo: 1 })
  }
  portal.crm.contractorLinks.insert({ documentId: document.id, entityTypeId: 4, entityId: companyId })
}

function addInvoice(portal: Portal, companyId: number, at: number): void {
  const now = portal.clock.now()
  const amount = 400 + scatter(at, 52, 80) * 55
  const invoice = portal.crm.add(31, {
    title: `Facture ${2600 + at}`,
    companyId,
    categoryId: defaultCategory(31),
    stageId: ['DT31_4:P', 'DT31_4:S', 'DT31_4:N', 'DT31_4:P', 'DT31_4:D'][at % 5],
    opportunity: amount,
    createdTime: toPortalTime(now - (90 - at * 3) * dayMs),
    updatedTime: toPortalTime(now - (60 - at * 2) * dayMs),
    movedTime: toPortalTime(now - (60 - at * 2) * dayMs),
    begindate: toPortalTime(now - (90 - at * 3) * dayMs),
    closedate: toPortalTime(now - (60 - at * 3) * dayMs),
    parentId2: at + 1,
    accountNumber: `F-${2600 + at}`,
    assignedById: peopleIds.seller,
  }, quiet)
  const row = productRow(0, { ownerId: invoice.id, ownerType: 'SI', productId: 1, productName: 'Prestation', price: amount, quantity: 1 })
  portal.crm.productRows.insert({ ...row, id: undefined })
}
