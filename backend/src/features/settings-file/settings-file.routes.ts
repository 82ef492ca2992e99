import type { FastifyInstance } from 'fastify'
import { dayAt } from '@comptoir/shared/insights/calendar'
import { settingsFileApi, type SettingsSource, type SettingsState } from '@comptoir/shared/settings-file/settings-file.contract'
import { writeSettings } from '@comptoir/shared/settings-file/settings-text'
import { serve } from '../../platform/http/serve.ts'
import type { Caller } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'
import { applySettings, currentConfiguration } from './apply-settings.postgres.ts'
import { compare, countsOf } from './configuration.ts'
import type { SettingsPorts } from './ports.ts'
import { findVersion, listVersions } from './versions.postgres.ts'

export interface SettingsFileDeps extends SettingsPorts {
  readonly db: Database
  readonly now: () => Date
}

export function settingsFileRoutes(app: FastifyInstance, { db, now, sections, countOwnGrants }: SettingsFileDeps): void {
  const nameOf = ({ portal }: Caller, at: Date, version?: number): string =>
    `comptoir-configuration-${dayAt(at, portal.timeZone)}${version === undefined ? '' : `-v${version}`}.json`

  async function stateOf({ portal }: Caller): Promise<SettingsState> {
    const [configuration, ownGrants, versions] = await Promise.all([
      currentConfiguration(db, portal.id, sections), countOwnGrants(db, portal.id), listVersions(db, portal.id),
    ])
    return { sections: countsOf(configuration), ownGrants, versions }
  }

  async function textOf({ portal }: Caller, source: SettingsSource): Promise<string> {
    if ('text' in source)
      return source.text
    const { settings } = await findVersion(db, portal.id, source.version)
    return writeSettings(settings)
  }

  serve(app, settingsFileApi.state, (_request, caller) => stateOf(caller))
  serve(app, settingsFileApi.download, async (_request, caller) => ({
    fileName: nameOf(caller, now()), text: writeSettings(await currentConfiguration(db, caller.portal.id, sections)),
  }))
  serve(app, settingsFileApi.downloadVersion, async ({ params: { settingsVersion } }, caller) => {
    const { settings, createdAt } = await findVersion(db, caller.portal.id, settingsVersion)
    return { fileName: nameOf(caller, createdAt, settingsVersion), text: writeSettings(settings) }
  })
  serve(app, settingsFileApi.compare, async ({ body }, caller) => {
    const { wanted: _, ...comparison } = compare(await currentConfiguration(db, caller.portal.id, sections), await textOf(caller, body.source), sections)
    return comparison
  })
  serve(app, settingsFileApi.apply, async ({ body: { source, sections: chosen, state } }, caller) => {
    const from = 'text' in source ? { fileName: source.fileName, restoredFrom: null } : { fileName: null, restoredFrom: source.version }
    await applySettings(db, caller, { text: await textOf(caller, source), sections: chosen, state, ...from }, sections, now())
    return stateOf(caller)
  })
}
