import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'
import { NullableInteger, NullableText } from '../http/nullable.ts'
import { MaybePerson } from '../vendors/vendor-fields.ts'
import { faultKinds, sectionIds } from './section-ids.ts'

const Section = Type.Enum([...sectionIds])
const Path = Type.Array(Type.String())

export const SettingsDifference = Type.Object({ path: Path, before: Type.Optional(Type.Unknown()), after: Type.Optional(Type.Unknown()) })
export type SettingsDifference = Static<typeof SettingsDifference>

export const versionOrigins = ['noticed', 'file', 'restored'] as const

export const SettingsVersion = Type.Object({
  version: Type.Integer(),
  /** Seen after a change on the features' own pages, taken from a file, or taken back from an older version. */
  origin: Type.Enum([...versionOrigins]),
  fileName: NullableText(),
  restoredFrom: NullableInteger(),
  changes: Type.Array(SettingsDifference),
  createdAt: Type.String(),
  createdBy: MaybePerson,
})
export type SettingsVersion = Static<typeof SettingsVersion>

export const SettingsState = Type.Object({
  /** How many entries there are in a section that is a list. */
  sections: Type.Array(Type.Object({ section: Section, count: NullableInteger() })),
  /** Grants to single people, departments and vendors, or for a time: they belong to this portal. */
  ownGrants: Type.Integer(),
  versions: Type.Array(SettingsVersion),
})
export type SettingsState = Static<typeof SettingsState>

export const SettingsText = Type.Object({ fileName: Type.String(), text: Type.String() })

export const SettingsComparison = Type.Object({
  /** Where the file comes from. */
  portal: Type.String(),
  currency: Type.String(),
  /** Stands for the settings that were compared with: they are refused once they have changed. */
  state: Type.String(),
  sections: Type.Array(Type.Object({ section: Section, differences: Type.Array(SettingsDifference) })),
  faults: Type.Array(Type.Object({ path: Path, kind: Type.Enum([...faultKinds]) })),
})
export type SettingsComparison = Static<typeof SettingsComparison>

const mostBytes = 1024 * 1024
/** A file, or a version that is kept here. */
const Source = Type.Union([
  Type.Object({ fileName: Type.String({ maxLength: 200 }), text: Type.String({ maxLength: mostBytes }) }, { additionalProperties: false }),
  Type.Object({ version: Type.Integer({ minimum: 1 }) }, { additionalProperties: false }),
])
export type SettingsSource = Static<typeof Source>

const access = 'admin'
const bodyLimit = 2 * mostBytes
const sourceErrors = ['settings_file.unreadable', 'settings_file.newer', 'settings_file.version_not_found'] as const

export const settingsFileApi = {
  state: endpoint({ method: 'GET', path: '/api/settings-file', access, summary: 'What the configuration holds, and how it has changed', reply: SettingsState, errors: [] }),
  download: endpoint({ method: 'GET', path: '/api/settings-file/current', access, summary: 'The configuration as a file', reply: SettingsText, errors: [] }),
  downloadVersion: endpoint({
    method: 'GET', path: '/api/settings-file/versions/:settingsVersion', access, summary: 'An older configuration as a file',
    params: Type.Object({ settingsVersion: Type.Integer({ minimum: 1 }) }), reply: SettingsText, errors: ['settings_file.version_not_found'],
  }),
  compare: endpoint({
    method: 'POST', path: '/api/settings-file/comparison', access, summary: 'What another configuration would change here; changes nothing',
    body: Type.Object({ source: Source }), bodyLimit, reply: SettingsComparison, errors: [...sourceErrors],
  }),
  apply: endpoint({
    method: 'POST', path: '/api/settings-file/application', access, summary: 'Make the chosen sections what another configuration says, all of them or none',
    body: Type.Object({ source: Source, sections: Type.Array(Section, { minItems: 1, uniqueItems: true }), state: Type.String({ maxLength: 100 }) }), bodyLimit,
    reply: SettingsState,
    errors: [
      ...sourceErrors, 'settings_file.changed_meanwhile', 'settings_file.kind_differs', 'settings_file.section_missing',
      'attribute.label_taken', 'attribute.options_required', 'attribute.too_many', 'attribute.changed_meanwhile',
      'requirement.taken', 'requirement.title_required', 'requirement.changed_meanwhile', 'accounting.preset_invalid', 'accounting.preset_too_many',
      'accounting.changed_meanwhile', 'scorecard.settings_invalid', 'scorecard.settings_changed', 'lifecycle.rules_changed', 'access.changed_meanwhile',
    ],
  }),
}
