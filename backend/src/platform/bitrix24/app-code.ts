import { AppError } from '@comptoir/shared/errors'
import type { Crm } from './client.ts'
import { toMap } from './php-query.ts'

/** What a portal calls this app, asked once per process with the app's own token. Null while that token is lost. */
export type AppCodes = (portalId: number) => Promise<string | null>

export function createAppCodes(crm: Pick<Crm, 'for'>): AppCodes {
  const known = new Map<number, string>()
  return async (portalId) => {
    const code = known.get(portalId) ?? await askedFor(crm, portalId)
    if (code !== null)
      known.set(portalId, code)
    return code
  }
}

async function askedFor(crm: Pick<Crm, 'for'>, portalId: number): Promise<string | null> {
  try {
    const { result } = await crm.for(portalId).call('app.info')
    const { CODE: code } = toMap(result)
    return typeof code === 'string' && code !== '' ? code : null
  }
  catch (error) {
    if (error instanceof AppError && error.code === 'crm.login_lost')
      return null
    throw error
  }
}
