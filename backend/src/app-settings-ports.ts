import { usualTwoPersonRule } from '@comptoir/shared/access/protected-fields'
import { usualCompanyDays } from '@comptoir/shared/calendar/company-days'
import { noticeKind } from '@comptoir/shared/notices/kinds'
import type { NoticeSettings } from '@comptoir/shared/notices/notice.contract'
import { knownDocumentKinds } from '@comptoir/shared/relationship/compliance'
import type { Sections } from '@comptoir/shared/settings-file/sections'
import { countOwnGrants, readPortableGrants, writePortableGrants } from './features/access/portable-grants.postgres.ts'
import { chooseRule } from './features/access/viewing.postgres.ts'
import { readSettings as readAccounting, saveSettings as saveAccounting } from './features/accounting/accounting-settings.postgres.ts'
import { createPreset, listPresets, removePreset, savePreset } from './features/accounting/presets.postgres.ts'
import { namedAttributes, writeNamedAttributes } from './features/attributes/named-attributes.postgres.ts'
import { saveInsightSettings } from './features/insights/settings.postgres.ts'
import { listTargets, saveTargets } from './features/insights/targets.postgres.ts'
import { saveSettings as saveNotices, settingsPage as readNotices } from './features/notices/portal-settings.postgres.ts'
import { saveRates } from './features/payments/payment-settings.postgres.ts'
import { readRates } from './features/payments/vendor-payments.postgres.ts'
import { saveTolerance } from './features/purchasing/tolerances.postgres.ts'
import { changeRules as changeLifeRules } from './features/relationship/lifecycle.postgres.ts'
import { readLifeRules } from './features/relationship/lifecycle-rules.postgres.ts'
import { addRequirement, changeRequirement, listRequirements, removeRequirement } from './features/relationship/requirements.postgres.ts'
import { readRules as readScoreRules, saveRules as saveScoreRules } from './features/scorecards/rules.postgres.ts'
import type { SectionPort, SettingsPorts } from './features/settings-file/ports.ts'
import type { Caller, PortalRecord } from './platform/http/caller.ts'
import { createPortals } from './platform/portals/portals.postgres.ts'
import { readTolerances } from './platform/purchasing/match-tolerances.postgres.ts'
import type { Database } from './platform/storage/database.ts'

type Port<Id extends keyof Sections> = SectionPort<Sections[Id]>

const access: Port<'access'> = {
  async read(db, { id, settings }) {
    return { analyticsScope: settings.analyticsScope ?? 'own', twoPersonRule: settings.twoPersonRule ?? usualTwoPersonRule, grants: await readPortableGrants(db, id) }
  },
  async write(tx, { portal, viewer }, { analyticsScope, twoPersonRule, grants }, now) {
    const made = { portalId: portal.id, userId: viewer.userId, now }
    await saveInsightSettings(tx, portal.id, { analyticsScope })
    if (twoPersonRule !== (portal.settings.twoPersonRule ?? usualTwoPersonRule)) {
      await chooseRule(tx, portal, twoPersonRule, made)
      await createPortals(tx).saveSettings(portal.id, { twoPersonRule })
    }
    await writePortableGrants(tx, grants, made)
  },
  complete: wanted => ({ ...wanted, grants: Object.fromEntries(Object.entries(wanted.grants).map(([key, groups]) => [key, [...groups].sort()])) }),
}

const accounting: Port<'accounting'> = {
  async read(db, { id }) {
    const { settings: { siren: _, ...settings } } = await readAccounting(db, id)
    return settings
  },
  async write(tx, caller, wanted) {
    const { settings, version } = await readAccounting(tx, caller.portal.id)
    await saveAccounting(tx, caller, { ...settings, ...wanted }, version)
  },
  complete: (wanted, current) => ({ ...current, ...wanted }),
}

const attributes: Port<'attributes'> = {
  read: (db, { id }) => namedAttributes(db, id),
  write: (tx, caller, wanted, now) => writeNamedAttributes(tx, caller, wanted, now),
  // Places are counted from one, whatever numbers a person has written.
  complete: wanted => Object.fromEntries(Object.entries(wanted).sort(([, a], [, b]) => a.position - b.position).map(([label, one], at) => [label, { ...one, position: at + 1 }])),
}

const calendar: Port<'calendar'> = {
  read: async (_db, { settings }) => settings.companyDays ?? usualCompanyDays,
  write: (tx, caller, companyDays, now) => changeNotices(tx, caller, { companyDays }, now),
  complete: ({ weekdays, ...rest }) => ({ ...rest, weekdays: [...weekdays].sort() }),
}

const notices: Port<'notices'> = {
  async read(db, portal) {
    const { settings: { quietFrom, quietUntil, defaultDigest, kinds } } = await readNotices(db, portal, new Date())
    return { quietFrom, quietUntil, defaultDigest, kinds: Object.fromEntries(kinds.map(({ kind, ...rest }) => [kind, rest])) }
  },
  write: (tx, caller, { kinds, ...rest }, now) =>
    changeNotices(tx, caller, { ...rest, kinds: Object.entries(kinds).map(([kind, setting]) => ({ kind, ...setting })) }, now),
  complete: (wanted, current) => ({
    ...wanted,
    kinds: Object.fromEntries(Object.entries({ ...current.kinds, ...wanted.kinds }).map(([kind, { isOn, steps, channels }]) => {
      const isLadder = noticeKind(kind as Parameters<typeof noticeKind>[0]).ladder !== null
      return [kind, { isOn, channels: [...new Set(channels)], steps: isLadder ? [...new Set(steps ?? current.kinds[kind]?.steps)].sort((a, b) => b - a) : null }]
    })),
  }),
}

/** People to fall back on are the portal's own and stay. */
async function changeNotices(db: Database, caller: Caller, change: Partial<NoticeSettings>, now: Date): Promise<void> {
  // The calendar may just have been written by its own section.
  const portal = await createPortals(db).find(caller.portal.id) as PortalRecord
  const { settings } = await readNotices(db, portal, now)
  await saveNotices(db, caller, { ...settings, ...change }, now)
}

const nameOfRequirement = ({ kind, country }: { kind: string, country: string | null }): string => country ? `${kind}/${country}` : kind
const isKnownKind = (name: string): boolean => (knownDocumentKinds as readonly string[]).includes(name.split('/')[0] ?? '')

const compliance: Port<'compliance'> = {
  async read(db, { id }) {
    const all = await listRequirements(db, id)
    return Object.fromEntries(all.map(({ requirementId: _, version: __, kind, ...fields }) => [nameOfRequirement({ kind, country: fields.country }), fields]))
  },
  async write(tx, caller, wanted, now) {
    const stored = new Map((await listRequirements(tx, caller.portal.id)).map(one => [nameOfRequirement(one), one]))
    for (const [name, { requirementId }] of stored) {
      if (!Object.hasOwn(wanted, name))
        await removeRequirement(tx, caller, requirementId, now)
    }
    for (const [name, fields] of Object.entries(wanted)) {
      const one = stored.get(name)
      if (one)
        await changeRequirement(tx, caller, one.requirementId, one.version, fields, now)
      else
        await addRequirement(tx, caller, { ...fields, kind: name.split('/')[0] }, now)
    }
  },
  // What Comptoir knows by itself cannot be taken away, only not be asked for. Name and country are one thing said twice.
  complete: (wanted, current) => ({
    ...Object.fromEntries(Object.entries(current).filter(([name]) => isKnownKind(name)).map(([name, fields]) => [name, { ...fields, isOn: false }])),
    ...Object.fromEntries(Object.entries(wanted).map(([name, fields]) => [name, { ...fields, country: name.split('/')[1] ?? null }])),
  }),
}

const interestRates: Port<'interestRates'> = {
  read: async (db, { id }) => Object.fromEntries((await readRates(db, id)).map(({ validFrom, percent }) => [validFrom, percent])),
  async write(tx, caller, wanted, now) {
    await saveRates({ db: tx, now: () => now }, caller, Object.entries(wanted).map(([validFrom, percent]) => ({ validFrom, percent })))
  },
}

const lifecycle: Port<'lifecycle'> = {
  async read(db, { id }) {
    const { version: _, ...rules } = await readLifeRules(db, id)
    return rules
  },
  async write(tx, caller, wanted, now) {
    const { homeCountry, version } = await readLifeRules(tx, caller.portal.id)
    await changeLifeRules(tx, caller, { homeCountry, ...wanted, version }, false, now)
  },
}

/** Two presets may have one name: the second is « Name (2) ». */
async function ownPresets(db: Database, portalId: number) {
  const byName = new Map<string, Awaited<ReturnType<typeof listPresets>>[number]>()
  for (const preset of (await listPresets(db, portalId)).filter(({ isShipped }) => !isShipped)) {
    const again = [...byName.values()].filter(({ name }) => name === preset.name).length
    byName.set(again === 0 ? preset.name : `${preset.name} (${again + 1})`, preset)
  }
  return byName
}

const presets: Port<'presets'> = {
  read: async (db, { id }) => Object.fromEntries([...await ownPresets(db, id)].map(([name, { mapping }]) => [name, mapping])),
  async write(tx, caller, wanted) {
    const stored = await ownPresets(tx, caller.portal.id)
    for (const [name, { presetId }] of stored) {
      if (!Object.hasOwn(wanted, name))
        await removePreset(tx, caller, presetId)
    }
    for (const [name, mapping] of Object.entries(wanted)) {
      const one = stored.get(name)
      if (!one)
        await createPreset(tx, caller, { name, mapping, copiedFrom: null })
      else if (JSON.stringify(one.mapping) !== JSON.stringify(mapping))
        await savePreset(tx, caller, one.presetId, { version: one.version, name: one.name, mapping })
    }
  },
}

const scorecards: Port<'scorecards'> = {
  read: async (db, { id }) => (await readScoreRules(db, id)).rules,
  async write(tx, caller, rules, now) {
    const { version } = await readScoreRules(tx, caller.portal.id)
    await saveScoreRules(tx, caller, { version, rules }, now)
  },
}

const targets: Port<'targets'> = {
  read: async (db, portal) => Object.fromEntries((await listTargets(db, portal)).targets.map(({ month, amountMinor }) => [month, amountMinor ?? 0])),
  async write(tx, { portal, viewer }, wanted) {
    const gone = (await listTargets(tx, portal)).targets.filter(({ month }) => !Object.hasOwn(wanted, month)).map(({ month }) => ({ month, amountMinor: null }))
    await saveTargets(tx, portal, { targets: [...gone, ...Object.entries(wanted).map(([month, amountMinor]) => ({ month, amountMinor }))], userId: viewer.userId })
  },
}

const tolerance: Port<'tolerance'> = {
  async read(db, { id }) {
    const { isOwn: _, ...portal } = (await readTolerances(db, id, []))(null)
    return portal
  },
  async write(tx, caller, wanted, now) {
    await saveTolerance(tx, caller, null, wanted, now)
  },
}

/** The configuration of a portal: each section is read and written by the feature that it belongs to, by that feature's own rules. */
export const settingsPorts: SettingsPorts = {
  sections: { access, accounting, attributes, calendar, compliance, interestRates, lifecycle, notices, presets, scorecards, targets, tolerance },
  countOwnGrants,
}
