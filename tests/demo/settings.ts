import type { Session } from '@comptoir/shared/portal/portal.contract'
import type { Sections } from '@comptoir/shared/settings-file/sections'
import { settingsFileApi, type SettingsComparison, type SettingsState } from '@comptoir/shared/settings-file/settings-file.contract'
import { call } from './install.ts'

/** What the group asks of vendors in all its portals came as a file. */
export async function takeOverSettings(appUrl: string, session: Session): Promise<void> {
  const { versions } = await call(appUrl, session, 'GET', settingsFileApi.state.path) as SettingsState
  if (versions.length > 0)
    return
  const { text } = await call(appUrl, session, 'GET', settingsFileApi.download.path) as { text: string }
  const file = JSON.parse(text) as { portal: string, sections: Sections }
  file.sections.attributes['Charte fournisseurs signée'] = { kind: 'yesNo', options: [], group: 'identity', requiredFrom: 'never', position: Object.keys(file.sections.attributes).length + 1 }
  const source = { fileName: 'reglages-groupe.json', text: JSON.stringify({ ...file, portal: 'groupe.bitrix24.fr' }) }
  const { state } = await call(appUrl, session, 'POST', settingsFileApi.compare.path, { source }) as SettingsComparison
  await call(appUrl, session, 'POST', settingsFileApi.apply.path, { source, sections: ['attributes'], state })
}
