import type { EntitySync } from './mirror.contract.ts'

/** Lists without which nothing can be said at all. */
const needed: readonly string[] = ['stages', 'currencies', 'users', 'companies', 'deals', 'stage_changes', 'product_rows']
const refusals: readonly string[] = ['crm.forbidden', 'crm.not_found', 'crm.refused']

/** The app was given no right to this list, or the portal has none; everything else works without it. */
export const isWithoutAccess = ({ entity, status, errorCode }: Pick<EntitySync, 'status' | 'errorCode'> & { readonly entity: string }): boolean =>
  status === 'failed' && errorCode !== null && refusals.includes(errorCode) && !needed.includes(entity)
