import { queue, type Jobs } from '../../platform/jobs/jobs.ts'
import type { Database } from '../../platform/storage/database.ts'

export const registerAgain = queue<{ portalId: number }>({ name: 'installation.register-again', policy: 'exclusive' })

/** A new version of the app may register more, or otherwise, than the one that a portal was installed with. */
export async function resumeRegistrations({ db, jobs }: { readonly db: Database, readonly jobs: Pick<Jobs, 'send'> }): Promise<void> {
  const portals = await db.selectFrom('portals').select('portal_id').where('status', '=', 'installed').execute()
  for (const { portal_id: portalId } of portals)
    await jobs.send(registerAgain, { portalId }, { key: String(portalId) })
}
