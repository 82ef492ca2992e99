import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '@comptoir/shared/errors'
import { lastReading } from './portal-receipts.postgres.ts'
import { readPortalReceipts, type PortalReceipt, type PortalReceiptDeps } from './portal-receipts.job.ts'
import { noon, purchasingUnderTest, type PurchasingUnderTest } from './testing/purchasing-under-test.ts'

let test: PurchasingUnderTest
beforeAll(async () => {
  test = await purchasingUnderTest()
})
afterAll(() => test.close())

const receipt = (id: number, companyId: number | null): PortalReceipt =>
  ({ id, number: `REC-${id}`, title: 'Réception', conductedAt: new Date('2026-03-09T23:30:00Z'), companyId, lines: [{ productId: 3, quantity: 12 }] })

const reading = (receipts: readonly PortalReceipt[], failure?: AppError): PortalReceiptDeps => ({
  db: test.db, now: () => noon,
  async* read(_portalId, isKnown) {
    const known = await isKnown(receipts.map(({ id }) => id))
    yield { read: receipts.length, fresh: receipts.filter(({ id }) => !known.has(id)) }
    if (failure)
      throw failure
  },
})

describe('stock receipts of the portal', () => {
  it('become receipts of their vendors once; those of nobody are counted', async () => {
    const portal = { ...test.portal, scope: ['crm', 'catalog'] }
    const vendorId = await test.addVendor({ company_id: 44 })
    const receipts = [receipt(1, 44), receipt(2, 99), receipt(3, null)]
    expect(await readPortalReceipts(reading(receipts), portal)).toMatchObject({ readCount: 3, createdCount: 1, knownCount: 0, withoutVendorCount: 2 })
    expect(await readPortalReceipts(reading([...receipts, receipt(4, 44)]), portal)).toMatchObject({ readCount: 4, createdCount: 1, knownCount: 1, withoutVendorCount: 2 })
    const { body } = await test.ask('GET', `/api/vendors/${vendorId}/purchasing`)
    expect(body.receipts).toMatchObject([{ number: 'REC-4', origin: 'crm' }, { number: 'REC-1', receivedOn: '2026-03-10', lines: [{ itemCode: 'B24-3', quantity: 12 }] }])
  })

  it('become one each when two people read them at once', async () => {
    const portal = { ...test.portal, scope: ['crm', 'catalog'] }
    await test.addVendor({ company_id: 45 })
    const receipts = [receipt(11, 45), receipt(12, 45)]
    const readings = await Promise.all([readPortalReceipts(reading(receipts), portal), readPortalReceipts(reading(receipts), portal)])
    expect(readings.reduce((sum, { createdCount }) => sum + createdCount, 0)).toBe(2)
    expect(readings.reduce((sum, { knownCount }) => sum + knownCount, 0)).toBe(2)
  })

  it('are not asked for without the scope, and a refusal of the host is remembered', async () => {
    await expect(readPortalReceipts(reading([]), test.portal)).rejects.toMatchObject({ code: 'purchasing.no_catalog' })
    const portal = { ...test.portal, scope: ['catalog'] }
    await expect(readPortalReceipts(reading([], new AppError('crm.limit')), portal)).rejects.toMatchObject({ code: 'crm.limit' })
    expect(await lastReading(test.db, portal.id)).toMatchObject({ errorCode: 'crm.limit' })
  })
})
