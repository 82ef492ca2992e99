/** Reads one record of the CRM into the mirror now, because somebody is looking at it. Answers whether it is there. */
export interface CrmReads {
  readDeal(portalId: number, dealId: number): Promise<boolean>
  readCompany(portalId: number, companyId: number): Promise<boolean>
}
