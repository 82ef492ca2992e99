import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'
import { NullableInteger, NullableText } from '../http/nullable.ts'
import { Day, MaybePerson } from '../vendors/vendor-fields.ts'
import { PresetMapping } from './preset-mapping.ts'

const Name = Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' })
const Version = Type.Integer({ minimum: 1 })
const byId = Type.Object({ presetId: Type.String({ format: 'uuid' }) })

export const AccountingPreset = Type.Object({
  /** Of a shipped one its name, of an own one a uuid. */
  presetId: Type.String(),
  name: Type.String(),
  isShipped: Type.Boolean(),
  version: Type.Integer(),
  mapping: PresetMapping,
  updatedAt: NullableText(),
  updatedBy: MaybePerson,
})
export type AccountingPreset = Static<typeof AccountingPreset>

export const PresetVersion = Type.Object({
  version: Type.Integer(), name: Type.String(), mapping: PresetMapping, restoredFrom: NullableInteger(), createdAt: NullableText(), createdBy: MaybePerson,
})
export type PresetVersion = Static<typeof PresetVersion>

const Content = { name: Name, mapping: PresetMapping }

export const accountingPresetApi = {
  create: endpoint({
    method: 'POST', path: '/api/accounting/presets', isOnceAClick: true, access: 'admin', summary: 'An own preset, usually a copy to be changed',
    body: Type.Object({ ...Content, copiedFrom: NullableText({ maxLength: 40 }) }), reply: AccountingPreset, errors: ['accounting.preset_invalid', 'accounting.preset_too_many'],
  }),
  save: endpoint({
    method: 'PUT', path: '/api/accounting/presets/:presetId', access: 'admin', summary: 'A new version; the older ones stay',
    params: byId, body: Type.Object({ version: Version, ...Content }), reply: AccountingPreset,
    errors: ['accounting.preset_not_found', 'accounting.preset_invalid', 'accounting.changed_meanwhile'],
  }),
  remove: endpoint({
    method: 'DELETE', path: '/api/accounting/presets/:presetId', access: 'admin', summary: 'Take an own preset out of the list; its versions stay with the files that they wrote',
    params: byId, reply: byId, errors: ['accounting.preset_not_found'],
  }),
  versions: endpoint({
    method: 'GET', path: '/api/accounting/presets/:presetId/versions', access: 'admin', summary: 'All versions of a preset, the newest first; of one that was removed, too',
    params: Type.Object({ presetId: Type.String({ maxLength: 40 }) }), reply: Type.Array(PresetVersion), errors: ['accounting.preset_not_found'],
  }),
  restore: endpoint({
    method: 'POST', path: '/api/accounting/presets/:presetId/restore', access: 'admin', summary: 'An older version becomes the newest',
    params: byId, body: Type.Object({ version: Version, restored: Version }), reply: AccountingPreset, errors: ['accounting.preset_not_found', 'accounting.changed_meanwhile'],
  }),
  preview: endpoint({
    method: 'POST', path: '/api/accounting/presets/preview', access: 'admin', summary: 'The first rows of the real journal as a mapping would write them',
    body: Type.Object({ mapping: PresetMapping, from: Day, to: Day }), reply: Type.Object({ rows: Type.Array(Type.Array(Type.String())), rowCount: Type.Integer() }),
    errors: ['accounting.preset_invalid', 'accounting.period_backwards'],
  }),
}
