import { AppError } from '@comptoir/shared/errors'
import type { SectionId } from '@comptoir/shared/settings-file/section-ids'
import { createPortals } from '../../platform/portals/portals.postgres.ts'
import type { Caller, PortalRecord } from '../../platform/http/caller.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'
import { compare, readConfiguration, type Configuration } from './configuration.ts'
import type { SectionPort, SectionPorts } from './ports.ts'
import { keepVersion, lockConfiguration, noticed } from './versions.postgres.ts'

export interface Application {
  readonly text: string
  readonly sections: readonly SectionId[]
  /** Of the configuration that the person has compared with. */
  readonly state: string
  readonly fileName: string | null
  readonly restoredFrom: number | null
}

/** @throws AppError settings_file.changed_meanwhile, settings_file.section_missing, and whatever the rules of a section say */
export async function applySettings(db: Database, caller: Caller, { text, sections, state, fileName, restoredFrom }: Application, ports: SectionPorts, now: Date): Promise<void> {
  const portalId = caller.portal.id
  await db.transaction().execute(async (tx) => {
    await lockConfiguration(tx, portalId)
    const portal = await freshPortal(tx, portalId)
    const current = await readConfiguration(tx, portal, ports)
    const compared = compare(current, text, ports)
    if (compared.state !== state)
      throw new AppError('settings_file.changed_meanwhile')
    await keepVersion(tx, portalId, current, noticed(now))
    for (const id of sections) {
      if (!(id in compared.wanted))
        throw new AppError('settings_file.section_missing', { details: { section: id } })
      await (ports[id] as SectionPort<unknown>).write(tx, { ...caller, portal }, compared.wanted[id], now)
    }
    const after = await readConfiguration(tx, await freshPortal(tx, portalId), ports)
    await keepVersion(tx, portalId, after, { origin: restoredFrom === null ? 'file' : 'restored', fileName, restoredFrom, by: caller.viewer.userId, at: now })
  })
}

/** Some settings stand in the portal's own row, and what the caller carries may be older. */
async function freshPortal(db: Database, portalId: number): Promise<PortalRecord> {
  const portal = await createPortals(db).find(portalId)
  if (!portal)
    throw new AppError('portal.not_installed')
  return portal
}

/** Writes down what somebody has changed on the features' own pages since. */
export const noticeChanges = (db: Database, portalId: number, ports: SectionPorts, now: Date): Promise<void> =>
  db.transaction().execute(async (tx: Tx) => {
    await lockConfiguration(tx, portalId)
    await keepVersion(tx, portalId, await readConfiguration(tx, await freshPortal(tx, portalId), ports), noticed(now))
  })

export const currentConfiguration = async (db: Database, portalId: number, ports: SectionPorts): Promise<Configuration> =>
  readConfiguration(db, await freshPortal(db, portalId), ports)
