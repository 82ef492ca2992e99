import { toPortalTime } from '../portal/core/zoned-time.ts'
import { suppliers } from '../portal/data/companies.ts'
import { defaultCategory } from '../portal/data/directories.ts'
import { peopleIds } from '../portal/data/people.ts'
import type { Portal } from '../portal/state.ts'

const dayMs = 86_400_000

/** What the purchasing department noted as invoices of the CRM before it had Comptoir: to be taken over from there. */
export function addSupplierInvoices(portal: Portal): void {
  const companies = portal.crm.items(4)!
  const now = portal.clock.now()
  for (const [at, [name]] of suppliers.slice(0, 3).entries()) {
    const companyId = [...companies.ids()].find(id => companies.value(id, 'title') === name)
    if (companyId === undefined)
      continue
    portal.crm.add(31, {
      title: `Facture de ${name}`,
      companyId,
      categoryId: defaultCategory(31),
      stageId: 'DT31_4:N',
      opportunity: 1_284.37 + at * 310.05,
      accountNumber: `CRM-${4_100 + at}`,
      begindate: toPortalTime(now - (20 - at * 4) * dayMs),
      closedate: toPortalTime(now + (10 + at * 4) * dayMs),
      assignedById: peopleIds.buyer,
    }, { userId: peopleIds.buyer, startsAutomation: false })
  }
}
