import type { InstallStep, VendorChoice } from '@comptoir/shared/installation/installation.contract'
import type { Database } from '../../platform/storage/database.ts'
import type { StepOutcome } from './install.ts'

/** The host's own directory of companies we buy from (inventory management). */
const contractorCategory = 'CATALOG_CONTRACTOR_COMPANY'
const companyEntity = 4
const soundsLikeVendor = /supplier|vendor|fournisseur|lieferant|proveedor|fornitore/i

export async function readVendorChoices(db: Database, portalId: number): Promise<VendorChoice[]> {
  const types = await db.selectFrom('crm_statuses').select(['status_id', 'name'])
    .where('portal_id', '=', portalId).where('directory', '=', 'COMPANY_TYPE').orderBy('sort').execute()
  const categories = await db.selectFrom('crm_categories').select(['category_id', 'name', 'code'])
    .where('portal_id', '=', portalId).where('entity_type_id', '=', companyEntity).where('is_default', '=', false)
    .orderBy('sort').execute()
  const byType = types.map(({ status_id, name }) => ({
    rule: { kind: 'type' as const, typeId: status_id }, name, isLikely: soundsLikeVendor.test(`${status_id} ${name}`),
  }))
  const byCategory = categories.map(({ category_id, name, code }) => ({
    rule: { kind: 'category' as const, categoryId: category_id }, name, isLikely: code === contractorCategory,
  }))
  const all = [...byType, ...byCategory]
  // A type that people chose by name says more than the category that came with the product.
  const suggested = all.find(choice => choice.isLikely)
  return all.map(choice => ({ rule: choice.rule, name: choice.name, isSuggested: choice === suggested }))
}

export async function readDoneSteps(db: Database, portalId: number, appVersion: string): Promise<InstallStep[]> {
  const rows = await db.selectFrom('install_steps').select('step')
    .where('portal_id', '=', portalId).where('app_version', '=', appVersion).execute()
  return rows.map(row => row.step as InstallStep)
}

export async function markStepDone(db: Database, portalId: number, { step, appVersion, fingerprint, refused }: StepOutcome & { step: InstallStep, appVersion: string }): Promise<void> {
  const row = { app_version: appVersion, fingerprint, refused: [...refused] }
  await db.insertInto('install_steps')
    .values({ portal_id: portalId, step, ...row })
    .onConflict(conflict => conflict.columns(['portal_id', 'step']).doUpdateSet({ ...row, done_at: new Date() }))
    .execute()
}

export async function readOutcomes(db: Database, portalId: number): Promise<ReadonlyMap<string, StepOutcome>> {
  const rows = await db.selectFrom('install_steps').select(['step', 'fingerprint', 'refused']).where('portal_id', '=', portalId).execute()
  return new Map(rows.map(({ step, ...outcome }) => [step, outcome]))
}

/** Everything must be registered again: a new version, or a new installation over an old one. */
export async function forgetSteps(db: Database, portalId: number): Promise<void> {
  await db.deleteFrom('install_steps').where('portal_id', '=', portalId).execute()
}
