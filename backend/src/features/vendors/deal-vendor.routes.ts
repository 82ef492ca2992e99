import type { FastifyInstance } from 'fastify'
import { dealVendorApi } from '@comptoir/shared/vendors/deal-vendor.contract'
import { vendorDealsApi } from '@comptoir/shared/vendors/vendor-deals.contract'
import { serve } from '../../platform/http/serve.ts'
import { deleteLink, insertLink, updateLink } from './deal-link.postgres.ts'
import { listCandidates, readDealVendors } from './deal-vendors.postgres.ts'
import { readVendorDeals } from './vendor-deals.postgres.ts'
import { firstDealTab, getDeal, type VendorDeps } from './vendor-tabs.postgres.ts'

/** Every write answers the whole tab: margins and lines never disagree on screen. */
export function dealVendorRoutes(app: FastifyInstance, deps: VendorDeps): void {
  const { db, now } = deps

  serve(app, vendorDealsApi.list, ({ params }, caller) => readVendorDeals(db, caller, params.vendorId, now()))
  serve(app, dealVendorApi.list, ({ params }, caller) => firstDealTab(deps, caller, params.dealId))
  serve(app, dealVendorApi.candidates, async ({ params, query }, caller) =>
    listCandidates(db, caller, await getDeal(deps, caller, params.dealId), query.search ?? ''))
  serve(app, dealVendorApi.link, async ({ params, body }, caller) => {
    const deal = await getDeal(deps, caller, params.dealId)
    await insertLink(db, caller, { dealId: deal.dealId, vendorId: body.vendorId }, body, now())
    return readDealVendors(db, caller, deal, now())
  })
  serve(app, dealVendorApi.update, async ({ params, body }, caller) => {
    const deal = await getDeal(deps, caller, params.dealId)
    await updateLink(db, caller, { ...params, version: body.version }, body, now())
    return readDealVendors(db, caller, deal, now())
  })
  serve(app, dealVendorApi.unlink, async ({ params }, caller) => {
    const deal = await getDeal(deps, caller, params.dealId)
    await deleteLink(db, caller, params, now())
    return readDealVendors(db, caller, deal, now())
  })
}
