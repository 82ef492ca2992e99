import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settingsPorts } from '@comptoir/backend/app-settings-ports'
import { noticeChanges } from '@comptoir/backend/features/settings-file/apply-settings.postgres'
import { accessApi } from '@comptoir/shared/access/access.contract'
import { accountingApi } from '@comptoir/shared/accounting/accounting.contract'
import { attributeApi } from '@comptoir/shared/attributes/attribute.contract'
import { insightsApi } from '@comptoir/shared/insights/insights.contract'
import { noticeApi } from '@comptoir/shared/notices/notice.contract'
import { complianceApi } from '@comptoir/shared/relationship/compliance.contract'
import { lifecycleApi } from '@comptoir/shared/relationship/lifecycle.contract'
import { sectionIds, type SectionId } from '@comptoir/shared/settings-file/section-ids'
import type { Sections } from '@comptoir/shared/settings-file/sections'
import { settingsFileApi, type SettingsSource } from '@comptoir/shared/settings-file/settings-file.contract'
import { startComptoir, type Comptoir } from '../factories/comptoir.ts'
import { fingerprint } from '../factories/fingerprint.ts'
import type { PortalStage } from '../factories/portal-stage.ts'

let comptoir: Comptoir
let other: PortalStage

beforeAll(async () => {
  comptoir = await startComptoir({ data: 'generate:20' })
  other = await comptoir.addPortal()
  await comptoir.database.db.updateTable('portals').set({ currency: 'EUR' }).execute()
  await configure()
  // A first session is written down.
  await other.session(1)
})
afterAll(() => comptoir?.close())

/** By the features' own doors, as an administrator would. */
async function configure(): Promise<void> {
  const { body: { rules } } = await comptoir.call(lifecycleApi.rules)
  await comptoir.call(lifecycleApi.saveRules, { body: { rules: { ...rules, onLastContractEnd: 'terminated' }, isAppliedNow: false } })
  await comptoir.call(attributeApi.add, { body: { kind: 'choice', label: 'Norme ISO', options: ['9001', '14001'], group: 'identity', requiredFrom: 'active' } })
  await comptoir.call(attributeApi.add, { body: { kind: 'number', label: 'Effectif', options: [], group: 'identity', requiredFrom: 'never' } })
  await comptoir.call(complianceApi.addRequirement, { body: {
    title: 'Charte qualité', country: null, isOn: true, isMandatory: false, weight: 2, thresholdMinor: null, thresholdCurrency: 'EUR', validityMonths: 24, maxAgeMonths: null, needsCode: false,
  } })
  await comptoir.call(insightsApi.changeTargets, { body: { targets: [{ month: '2026-01-01', amountMinor: 10_000_00 }, { month: '2026-02-01', amountMinor: 12_000_00 }] } })
  const { body: { settings } } = await comptoir.call(noticeApi.settings)
  await comptoir.call(noticeApi.saveSettings, { body: { ...settings, quietFrom: '19:00', fallbackUserIds: [1], companyDays: { weekdays: [1, 2, 3, 4], holidays: 'alsace', closures: [{ from: '2026-08-03', to: '2026-08-21' }] } } })
  const { body: accounting } = await comptoir.call(accountingApi.get)
  await comptoir.call(accountingApi.saveSettings, { body: { version: 0, fields: { ...accounting.settings, siren: '732829320', categoryAccounts: { Bois: '601100' }, reverseDueAccount: '445210', reverseRate: 10 } } })
  const grant = { subjectKind: 'everyone', subjectId: null, scopeKind: 'group', group: 'Bois', vendorId: null, role: 'viewer', groups: ['bank'], validUntil: null, note: null } as const
  await comptoir.call(accessApi.give, { body: grant })
  await comptoir.call(accessApi.give, { body: { ...grant, subjectKind: 'user', subjectId: 3 } })
}

const download = async (stage: PortalStage = comptoir) => (await stage.call(settingsFileApi.download)).body.text
const compare = async (source: SettingsSource, stage: PortalStage = comptoir) => (await stage.call(settingsFileApi.compare, { body: { source } })).body
const sourceOf = (text: string) => ({ fileName: 'a.json', text })
const changed = (text: string, change: (sections: Sections) => void): string => {
  const file = JSON.parse(text) as { sections: Sections }
  change(file.sections)
  return JSON.stringify(file)
}
async function apply(source: SettingsSource, sections: readonly SectionId[], stage: PortalStage = comptoir) {
  const { state } = await compare(source, stage)
  return stage.call(settingsFileApi.apply, { body: { source, sections: [...sections], state } })
}

describe('the configuration as a file', () => {
  it('holds what administrators chose, and neither people, nor keys, nor the company’s own numbers', async () => {
    const text = await download()
    const { sections } = JSON.parse(text) as { sections: Sections }
    expect(Object.keys(sections)).toEqual([...sectionIds])
    expect(sections).toMatchObject({
      lifecycle: { onLastContractEnd: 'terminated' }, calendar: { holidays: 'alsace' }, notices: { quietFrom: '19:00' }, targets: { '2026-02-01': 12_000_00 },
      attributes: { 'Norme ISO': { position: 1, options: ['9001', '14001'] } }, compliance: { 'charte-qualite': { validityMonths: 24 }, 'kbis/FR': { isOn: true } },
      accounting: { categoryAccounts: { Bois: '601100' }, reverseDueAccount: '445210', reverseTaxAccount: '445662', reverseRate: 10 }, access: { grants: { 'everyone/viewer/Bois': ['bank'] } },
    })
    expect(text).not.toMatch(/732829320|fallback|userId|siren|[0-9a-f]{8}-[0-9a-f]{4}-/i)
    expect(text).toBe(await download())
    expect((await comptoir.call(settingsFileApi.state)).body.ownGrants).toBe(1)
  })

  it('makes another portal the same, section by section, and changes nothing by comparing', async () => {
    const text = await download()
    const before = await fingerprint(comptoir.database)
    const { sections, faults } = await compare(sourceOf(text), other)
    expect(await fingerprint(comptoir.database)).toEqual(before)
    expect(faults).toEqual([])
    expect(sections.find(({ section }) => section === 'lifecycle')?.differences).toEqual([{ path: ['lifecycle', 'onLastContractEnd'], before: 'suspended', after: 'terminated' }])

    expect((await apply(sourceOf(text), ['lifecycle'], other)).status).toBe(200)
    expect((await compare(sourceOf(text), other)).sections.find(({ section }) => section === 'attributes')?.differences).toHaveLength(2)
    const { body } = await apply(sourceOf(text), sectionIds, other)
    expect((await compare(sourceOf(text), other)).sections.flatMap(({ differences }) => differences)).toEqual([])
    expect(body.versions.map(({ version, origin }) => `${version} ${origin}`)).toEqual(['3 file', '2 file', '1 noticed'])
    expect(body.versions[0]).toMatchObject({ fileName: 'a.json', createdBy: { userId: 1 } })
    expect((await other.call(noticeApi.settings)).body.settings.fallbackUserIds).toEqual([])
    expect((await other.call(accountingApi.get)).body.settings.siren).toBe(null)
  })

  it('takes away what the file does not hold, and brings it back with an older version', async () => {
    const before = await download(other)
    const emptied = changed(before, (sections) => {
      for (const id of ['attributes', 'compliance', 'targets', 'interestRates', 'presets'] as const)
        sections[id] = {}
      sections.access.grants = {}
    })
    const { body: { versions } } = await apply(sourceOf(emptied), sectionIds, other)
    const { sections } = JSON.parse(await download(other)) as { sections: Sections }
    expect(sections).toMatchObject({ attributes: {}, targets: {}, access: { grants: {} }, compliance: { 'kbis/FR': { isOn: false } } })
    expect(sections.compliance).not.toHaveProperty('charte-qualite')

    const { body: restored } = await apply({ version: versions[1]!.version }, sectionIds, other)
    expect(restored.versions[0]).toMatchObject({ origin: 'restored', restoredFrom: versions[1]!.version })
    expect(await download(other)).toBe(before)
    const { body: kept } = await other.call(settingsFileApi.downloadVersion, { params: { settingsVersion: versions[1]!.version } })
    expect(kept.text).toBe(before)
  })

  it('takes a file from before reverse charge was booked, and leaves its accounts as they are', async () => {
    const older = changed(await download(other), ({ accounting }) => {
      accounting.taxAccount = '445661'
      delete accounting.reverseDueAccount
      delete accounting.reverseTaxAccount
      delete accounting.reverseRate
    })
    const { faults, sections } = await compare(sourceOf(older), other)
    expect(faults).toEqual([])
    expect(sections.flatMap(({ differences }) => differences)).toEqual([{ path: ['accounting', 'taxAccount'], before: '445660', after: '445661' }])
    expect((await apply(sourceOf(older), ['accounting'], other)).status).toBe(200)
    expect((await other.call(accountingApi.get)).body.settings).toMatchObject({ taxAccount: '445661', reverseDueAccount: '445210', reverseTaxAccount: '445662', reverseRate: 10 })
  })

  it('changes nothing at all when one section is refused by its own rules', async () => {
    const wrong = changed(await download(), (sections) => {
      sections.lifecycle.holdsPaymentsOnExpiry = false
      sections.scorecards.settings.standingBounds = [90, 60, 30]
    })
    const before = await fingerprint(comptoir.database)
    expect(await apply(sourceOf(wrong), ['lifecycle', 'scorecards'])).toMatchObject({ status: 400, body: { code: 'scorecard.settings_invalid' } })
    expect(await fingerprint(comptoir.database)).toEqual(before)
    const otherKind = changed(await download(), ({ attributes }) => {
      Object.assign(attributes['Effectif']!, { kind: 'text' })
    })
    expect(await apply(sourceOf(otherKind), ['attributes'])).toMatchObject({ status: 409, body: { code: 'settings_file.kind_differs' } })
  })

  it('refuses what is not there, what is faulty, and what was compared with an older state', async () => {
    const text = changed(await download(), ({ tolerance }) => {
      tolerance.pricePercent = 900
    })
    const { state, faults } = await compare(sourceOf(text))
    expect(faults).toEqual([{ path: ['tolerance', 'pricePercent'], kind: 'invalid' }])
    expect(await comptoir.call(settingsFileApi.apply, { body: { source: sourceOf(text), sections: ['tolerance'], state } })).toMatchObject({ status: 400, body: { code: 'settings_file.section_missing' } })
    await comptoir.call(insightsApi.changeTargets, { body: { targets: [{ month: '2026-03-01', amountMinor: 1 }] } })
    expect(await comptoir.call(settingsFileApi.apply, { body: { source: sourceOf(text), sections: ['targets'], state } })).toMatchObject({ status: 409, body: { code: 'settings_file.changed_meanwhile' } })
    expect(await comptoir.call(settingsFileApi.compare, { body: { source: { version: 4_711 } } })).toMatchObject({ status: 404, body: { code: 'settings_file.version_not_found' } })
    expect(await comptoir.call(settingsFileApi.compare, { body: { source: sourceOf('{') } })).toMatchObject({ status: 400, body: { code: 'settings_file.unreadable' } })
  })

  it('is for administrators, and each portal has its own', async () => {
    const seller = await comptoir.session(3)
    for (const endpoint of [settingsFileApi.state, settingsFileApi.download])
      expect(await comptoir.call(endpoint, {}, seller)).toMatchObject({ status: 403, body: { code: 'auth.admin_only' } })
    expect((await comptoir.call(settingsFileApi.state)).body.versions).toEqual([])
  })
})

it('writes down once what was changed on the features’ own pages, without knowing by whom', async () => {
  const { db } = comptoir.database
  const { portal_id: portalId } = await db.selectFrom('portals').select('portal_id').orderBy('portal_id').executeTakeFirstOrThrow()
  const look = () => noticeChanges(db, portalId, settingsPorts.sections, new Date())
  await look()
  await comptoir.call(insightsApi.changeTargets, { body: { targets: [{ month: '2026-04-01', amountMinor: 7 }] } })
  await Promise.all([look(), look()])
  const { body: { versions } } = await comptoir.call(settingsFileApi.state)
  expect(versions).toMatchObject([
    { version: 2, origin: 'noticed', createdBy: null, changes: [{ path: ['targets', '2026-04-01'], after: 7 }] }, { version: 1, origin: 'noticed', changes: [] },
  ])
})
