import type { FastifyInstance } from 'fastify'
import { requisitesApi } from '@comptoir/shared/vendors/requisites.contract'
import { vendorDraftApi } from '@comptoir/shared/vendors/vendor-draft.contract'
import { vendorApi } from '@comptoir/shared/vendors/vendor.contract'
import { serve } from '../../platform/http/serve.ts'
import { findSimilar, searchCompanies } from './companies.postgres.ts'
import { searchRequisites } from './requisites.postgres.ts'
import { createCompany, createVendor, linkCompany, undoStatus } from './vendor-changes.postgres.ts'
import { dropDraft, keepDraft, readDraft } from './vendor-drafts.postgres.ts'
import { readHistory } from './vendor-history.postgres.ts'
import { listCategories, listVendors } from './vendor-list.postgres.ts'
import { listPurchases } from './vendor-purchases.postgres.ts'
import { readSpend } from './vendor-spend.postgres.ts'
import { firstCompanyTab, readCard, type VendorDeps } from './vendor-tabs.postgres.ts'
import { editVendor, moveVendor } from './vendor.ts'
import { changeVendor, getVendor } from './vendor.postgres.ts'

export function vendorRoutes(app: FastifyInstance, deps: VendorDeps): void {
  const { db, now } = deps

  serve(app, vendorApi.list, ({ query }, caller) => listVendors(db, caller, query, now()))
  serve(app, vendorApi.categories, (_request, caller) => listCategories(db, caller))
  serve(app, vendorApi.similar, ({ query }, caller) => findSimilar(db, caller, query))
  serve(app, vendorApi.companies, async ({ body: { search, accessToken } }, { portal, viewer }) => {
    const found = await searchCompanies(db, { portal }, search)
    const shown = await deps.companiesShownTo?.({ portal, viewer, accessToken }, found.map(({ companyId }) => companyId)) ?? []
    return found.filter(({ companyId }) => shown.includes(companyId))
  })
  serve(app, requisitesApi.search, ({ query }, caller) => searchRequisites(db, caller, query))
  serve(app, vendorApi.byCompany, ({ params }, caller) => firstCompanyTab(deps, caller, params.companyId))

  serve(app, vendorApi.get, async ({ params }, caller) => readCard(deps, caller, await getVendor(db, caller, params.vendorId)))
  serve(app, vendorApi.create, ({ body }, caller) => createVendor(deps, caller, body))
  serve(app, vendorApi.update, ({ params, body }, caller) =>
    changeVendor(db, caller, { ...params, version: body.version }, now(), vendor => editVendor(vendor, body.fields)))
  serve(app, vendorApi.changeStatus, async ({ params, body }, caller) => {
    const standing = await deps.readStanding?.(caller.portal.id, params.vendorId) ?? null
    return changeVendor(db, caller, { ...params, version: body.version }, now(), vendor => moveVendor(vendor, body.status, body.reason, standing))
  })
  serve(app, vendorApi.undoStatus, ({ params, body }, caller) => undoStatus(deps, caller, { ...params, version: body.version }))
  serve(app, vendorApi.createCompany, ({ params, body }, caller) => createCompany(deps, caller, { ...params, version: body.version }, body.accessToken))
  serve(app, vendorApi.linkCompany, ({ params, body }, caller) => linkCompany(deps, caller, { ...params, version: body.version }, body.companyId))

  serve(app, vendorDraftApi.get, async ({ params }, caller) => ({ draft: await readDraft(db, caller, params.vendorId) }))
  serve(app, vendorDraftApi.keep, async ({ params, body }, caller) => {
    await keepDraft(db, caller, params.vendorId, body, now())
    return {}
  })
  serve(app, vendorDraftApi.drop, async ({ params }, caller) => {
    await dropDraft(db, caller, params.vendorId)
    return {}
  })

  serve(app, vendorApi.history, async ({ params, query }, caller) => {
    const vendor = await getVendor(db, caller, params.vendorId)
    return readHistory(db, caller.portal.id, vendor, query.before ?? null)
  })
  serve(app, vendorApi.spend, async ({ params, query }, caller) => {
    const vendor = await getVendor(db, caller, params.vendorId)
    return readSpend(db, caller, vendor, query.period, now())
  })
  serve(app, vendorApi.purchases, async ({ params, query }, caller) => {
    const vendor = await getVendor(db, caller, params.vendorId)
    return listPurchases(db, caller, vendor, query)
  })
}
