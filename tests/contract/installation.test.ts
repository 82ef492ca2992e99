import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importApi } from '@comptoir/shared/imports/import.contract'
import { installationApi, installSteps, type InstallState } from '@comptoir/shared/installation/installation.contract'
import { registrationApi, type Registration } from '@comptoir/shared/installation/registration.contract'
import { resumeRegistrations } from '@comptoir/backend/features/installation/register-again.job'
import { startComptoir, waitFor, type Comptoir } from '../factories/comptoir.ts'
import { fingerprint, rowsOfPortal } from '../factories/fingerprint.ts'
import type { PortalStage } from '../factories/portal-stage.ts'
import { installApp } from '../demo/install.ts'
import { uninstallApp, updateApp } from '../portal/apps/lifecycle.ts'

let comptoir: Comptoir
beforeAll(async () => {
  comptoir = await startComptoir({ data: 'generate:60' })
})
afterAll(() => comptoir?.close())

const portalRow = (memberId: string) =>
  comptoir.database.db.selectFrom('portals').selectAll().where('member_id', '=', memberId).executeTakeFirst()
const portalIdOf = async ({ portal }: PortalStage) => (await portalRow(portal.memberId))?.portal_id ?? 0
const vendorCount = async (stage: PortalStage) => (await rowsOfPortal(comptoir.database, await portalIdOf(stage))).vendors
const readAgain = async (stage: PortalStage) => {
  await stage.portal.queue.idle()
  await comptoir.idle()
}

/** What the portal has of ours, as an administrator of the portal would see it. */
const registrationsIn = ({ portal, app }: PortalStage) => ({
  placements: portal.placements.filter(one => one.clientId === app.clientId).map(({ code, handler, langAll }) => ({ code, path: new URL(handler).pathname, fr: langAll.fr?.TITLE, en: langAll.en?.TITLE })).sort((a, b) => a.path.localeCompare(b.path)),
  triggers: portal.bizproc.triggers.filter(one => one.clientId === app.clientId).map(({ code }) => code).sort(),
  actions: [...portal.bizproc.registrations.values()].filter(one => one.clientId === app.clientId).map(({ kind, code, handler }) => `${kind} ${code} ${new URL(handler).pathname}`).sort(),
  events: portal.eventBindings.filter(one => one.clientId === app.clientId).map(({ event, handler }) => `${event} ${new URL(handler).pathname}`).sort(),
})

const complete: ReturnType<typeof registrationsIn> = {
  placements: [
    { code: 'CRM_ANALYTICS_MENU', path: '/p/analytics', fr: 'Analyses Comptoir', en: 'Comptoir analytics' },
    { code: 'CRM_BANK_DETAIL_AUTOCOMPLETE', path: '/p/bank-autofill', fr: 'Fournisseurs de Comptoir', en: 'Comptoir vendors' },
    { code: 'CRM_REQUISITE_AUTOCOMPLETE', path: '/p/company-autofill', fr: 'Fournisseurs de Comptoir', en: 'Comptoir vendors' },
    { code: 'CRM_COMPANY_DETAIL_TAB', path: '/p/company-tab', fr: 'Fournisseur', en: 'Vendor' },
    { code: 'CRM_DEAL_DETAIL_TAB', path: '/p/deal-tab', fr: 'Fournisseurs', en: 'Vendors' },
    { code: 'LEFT_MENU', path: '/p/directory', fr: 'Fournisseurs', en: 'Vendors' },
    { code: 'REST_APP_URI', path: '/p/main', fr: 'Comptoir', en: 'Comptoir' },
  ],
  triggers: ['contract_changed', 'contract_ends', 'decision_made', 'document_expired', 'payment_overdue', 'schedule_changed', 'score_below', 'status_changed'].map(code => `comptoir_${code}`),
  actions: [
    'activity comptoir_business_analytics /bx/action/comptoir_business_analytics',
    'activity comptoir_vendor_management /bx/action/comptoir_vendor_management',
    'robot comptoir_business_analytics_robot /bx/action/comptoir_business_analytics_robot',
    'robot comptoir_vendor_management_robot /bx/action/comptoir_vendor_management_robot',
  ],
  events: ['ONAPPINSTALL', 'ONAPPUNINSTALL', 'ONAPPUPDATE', 'ONCRMCOMPANYADD', 'ONCRMCOMPANYDELETE', 'ONCRMCOMPANYUPDATE', 'ONCRMCONTACTADD', 'ONCRMCONTACTDELETE', 'ONCRMCONTACTUPDATE', 'ONCRMDEALADD', 'ONCRMDEALDELETE', 'ONCRMDEALUPDATE', 'ONCRMDYNAMICITEMADD', 'ONCRMDYNAMICITEMDELETE', 'ONCRMDYNAMICITEMUPDATE', 'ONCRMLEADADD', 'ONCRMLEADDELETE', 'ONCRMLEADUPDATE'].map(event => `${event} /bx/event`),
}

describe('a first installation', () => {
  it('stores the portal with its words, as the authorization server names it', async () => {
    expect(await portalRow(comptoir.portal.memberId)).toMatchObject({
      status: 'installed',
      client_endpoint: `${comptoir.portal.origin}/rest/`,
      domain: new URL(comptoir.portal.origin).host,
      language: 'fr', time_zone: 'Europe/Paris', currency: 'EUR', installer_user_id: 1,
    })
  })

  it('registers seven placements in several languages, both actions twice and the events', () => {
    expect(registrationsIn(comptoir)).toEqual(complete)
  })

  it('reads the CRM, and its suppliers are vendors', async () => {
    const rows = await rowsOfPortal(comptoir.database, await portalIdOf(comptoir))
    expect(rows.crm_deals).toBe(60)
    expect(rows.vendors).toBeGreaterThan(0)
  })

  it('tells the administrator that every step is done', async () => {
    const { body } = await comptoir.call(installationApi.state)
    expect(body).toMatchObject({ isAdmin: true, isInstalled: true, done: [...installSteps], missingScope: [] })
  })
})

describe('a repeated installation', () => {
  it('changes nothing, step by step', async () => {
    const vendors = await vendorCount(comptoir)
    for (const step of installSteps) {
      const { status, body } = await comptoir.call(installationApi.run, { params: { step } })
      expect({ step, status, done: body.done }).toEqual({ step, status: 200, done: [...installSteps] })
    }
    await readAgain(comptoir)
    expect(registrationsIn(comptoir)).toEqual(complete)
    expect(await vendorCount(comptoir)).toBe(vendors)
  })

  it('by two administrators at the same time ends the same', async () => {
    for (const step of ['placements', 'actions', 'events', 'directories'] as const) {
      const answers = await Promise.all([1, 1].map(async () => (await comptoir.call(installationApi.run, { params: { step } })).status))
      expect({ step, answers }).toEqual({ step, answers: [200, 200] })
    }
    expect(registrationsIn(comptoir)).toEqual(complete)
  })

  it('through the installer keeps the portal\'s row and its vendors', async () => {
    const [portalId, vendors] = [await portalIdOf(comptoir), await vendorCount(comptoir)]
    comptoir.app.isInstalled = false
    await installApp(comptoir.portal, comptoir.app, comptoir.url)
    await readAgain(comptoir)
    expect(await portalIdOf(comptoir)).toBe(portalId)
    expect(await vendorCount(comptoir)).toBe(vendors)
    expect(registrationsIn(comptoir)).toEqual(complete)
  })
})

describe('a new version', () => {
  it('registers again everything that the portal dropped, and knows the new application token', async () => {
    updateApp(comptoir.portal, comptoir.app)
    expect(registrationsIn(comptoir)).toMatchObject({ placements: [], actions: [], events: [] })
    await readAgain(comptoir)
    expect(registrationsIn(comptoir)).toEqual(complete)
    await installApp(comptoir.portal, comptoir.app, comptoir.url)
    await readAgain(comptoir)
    const page = await comptoir.open(3, 'CRM_DEAL_DETAIL_TAB', { options: { ID: '1' } })
    expect(page.boot?.session?.viewer.userId).toBe(3)
    expect((await comptoir.call(installationApi.state)).body.done).toEqual([...installSteps])
  })
})

describe('a portal installed by an earlier version of Comptoir', () => {
  const asEarlier = async ({ portal }: PortalStage) => {
    portal.placements = portal.placements.filter(({ code }) => !code.endsWith('_AUTOCOMPLETE'))
    portal.bizproc.triggers.splice(portal.bizproc.triggers.findIndex(({ code }) => code === 'comptoir_status_changed'), 1)
    await comptoir.database.db.updateTable('install_steps').set({ fingerprint: null }).where('portal_id', '=', await portalIdOf({ portal } as PortalStage)).execute()
  }
  const resume = () => resumeRegistrations({ db: comptoir.database.db, jobs: comptoir.jobs })

  it('has everything after the next start, and is not asked again at the one after', async () => {
    const stage = await comptoir.addPortal({})
    await asEarlier(stage)
    await resume()
    await comptoir.idle()
    expect(registrationsIn(stage)).toEqual(complete)
    stage.portal.placements = []
    await resume()
    await comptoir.idle()
    expect(registrationsIn(stage).placements).toEqual([])
  })

  it('whose login is lost gets the one of the administrator who opens the app, and everything with it', async () => {
    const stage = await comptoir.addPortal({})
    const portalId = await portalIdOf(stage)
    await asEarlier(stage)
    await comptoir.database.db.deleteFrom('portal_tokens').where('portal_id', '=', portalId).execute()
    await stage.open(3, 'LEFT_MENU')
    expect(registrationsIn(stage)).not.toEqual(complete)
    await stage.open(1, 'LEFT_MENU')
    await waitFor(async () => registrationsIn(stage).triggers.length === complete.triggers.length, 'the last registration')
    expect(registrationsIn(stage)).toEqual(complete)
    expect((await stage.call(installationApi.run, { params: { step: 'directories' } })).status).toBe(200)
  })
})

describe('what the portal has of Comptoir', () => {
  const lacking = (registrations: readonly Registration[]) => registrations.filter(({ state }) => state !== 'registered').map(({ kind, code, state }) => `${kind} ${code} ${state}`)

  it('is told one by one, and repaired in one go', async () => {
    const stage = await comptoir.addPortal({})
    expect(lacking((await stage.call(registrationApi.get)).body.registrations)).toEqual([])
    const { portal } = stage
    portal.placements = portal.placements.filter(({ code }) => code !== 'LEFT_MENU')
    portal.eventBindings = portal.eventBindings.filter(({ event }) => event !== 'ONCRMDEALADD')
    portal.bizproc.registrations.clear()
    expect(lacking((await stage.call(registrationApi.get)).body.registrations)).toEqual([
      'placement LEFT_MENU missing', 'activity comptoir_vendor_management missing', 'robot comptoir_vendor_management_robot missing',
      'activity comptoir_business_analytics missing', 'robot comptoir_business_analytics_robot missing', 'event ONCRMDEALADD missing',
    ])
    const { body } = await stage.call(registrationApi.repair)
    expect({ lacking: lacking(body.registrations), refused: body.refused }).toEqual({ lacking: [], refused: [] })
  })

  it('leaves a place out that an administrator does not want, also after the next start', async () => {
    const stage = await comptoir.addPortal({})
    const { body } = await stage.call(registrationApi.choosePlacements, { body: { off: ['LEFT_MENU', 'NO_SUCH_PLACE'] } })
    expect(lacking(body.registrations)).toEqual(['placement LEFT_MENU off'])
    await resumeRegistrations({ db: comptoir.database.db, jobs: comptoir.jobs })
    await comptoir.idle()
    expect(registrationsIn(stage).placements.map(({ code }) => code)).not.toContain('LEFT_MENU')
    await stage.call(registrationApi.choosePlacements, { body: { off: [] } })
    expect(registrationsIn(stage)).toEqual(complete)
  })
})

describe('an installer opened by somebody who is no administrator', () => {
  it('writes nothing, opens no session and says so', async () => {
    const stage = await comptoir.addPortal({ isInstalled: false })
    const before = await fingerprint(comptoir.database)
    const { status, boot } = await stage.open(3, 'DEFAULT')
    expect(status).toBe(200)
    expect(boot).toMatchObject({ placement: 'install', session: null })
    expect((boot?.first as InstallState).isAdmin).toBe(false)
    expect(await fingerprint(comptoir.database)).toEqual(before)
    expect(await portalRow(stage.portal.memberId)).toBeUndefined()
  })
})

describe('an installation in a portal that stumbles', () => {
  it('gets everything registered, each thing once', async () => {
    const stage = await comptoir.addPortal({ isInstalled: false })
    const troubles = [
      ['placement.bind', 'dropConnection'], ['placement.get', 'html'], ['bizproc.activity.add', 'html'], ['bizproc.robot.add', 'dropConnection'],
      ['event.bind', 'serverError'], ['event.get', 'dropConnection'], ['crm.currency.list', 'queryLimit'], ['batch', 'expiredToken'],
    ] as const
    for (const [method, kind] of troubles)
      stage.portal.faults.add({ kind, methods: [method], count: 1 })
    await installApp(stage.portal, stage.app, comptoir.url)
    await readAgain(stage)
    expect(stage.portal.faults.rest).toEqual([])
    expect(registrationsIn(stage)).toEqual(complete)
  })
})

describe('an uninstallation', () => {
  it('leaves no row of the portal in any table, and every row of the others', async () => {
    const leaving = await comptoir.addPortal({ data: 'generate:40' })
    const [goneId, keptId] = [await portalIdOf(leaving), await portalIdOf(comptoir)]
    await leaving.open(3, 'CRM_DEAL_DETAIL_TAB', { options: { ID: '1' } })
    const kept = await rowsOfPortal(comptoir.database, keptId)
    uninstallApp(leaving.portal, leaving.app, { isClean: true })
    await readAgain(leaving)
    expect(await portalRow(leaving.portal.memberId)).toBeUndefined()
    const left = await rowsOfPortal(comptoir.database, goneId)
    expect(Object.entries(left).filter(([, rows]) => rows > 0)).toEqual([])
    expect(await rowsOfPortal(comptoir.database, keptId)).toMatchObject(kept)
  })

  it('ends the sessions of its people, and can be followed by a new installation', async () => {
    const stage = await comptoir.addPortal({ data: 'generate:20' })
    const old = await stage.session(1)
    uninstallApp(stage.portal, stage.app, { isClean: true })
    await readAgain(stage)
    expect(await stage.call(installationApi.state, {}, old)).toMatchObject({ status: 409, body: { code: 'portal.not_installed' } })
    await installApp(stage.portal, stage.app, comptoir.url)
    await readAgain(stage)
    expect(registrationsIn(stage)).toEqual(complete)
    expect((await rowsOfPortal(comptoir.database, await portalIdOf(stage))).crm_deals).toBe(20)
  })
})

describe('an uninstallation in the middle of the first reading', () => {
  it('leaves nothing behind either', async () => {
    const stage = await comptoir.addPortal({ data: 'generate:4000', isInstalled: false })
    await installApp(stage.portal, stage.app, comptoir.url)
    const portalId = await portalIdOf(stage)
    await waitFor(async () => ((await rowsOfPortal(comptoir.database, portalId)).crm_companies ?? 0) > 0, 'the first companies')
    uninstallApp(stage.portal, stage.app, { isClean: true })
    await readAgain(stage)
    const left = await rowsOfPortal(comptoir.database, portalId)
    expect(Object.entries(left).filter(([, rows]) => rows > 0)).toEqual([])
    expect(await portalRow(stage.portal.memberId)).toBeUndefined()
  })
})

describe('an uninstallation in the middle of an import', () => {
  it('leaves nothing behind either', async () => {
    const stage = await comptoir.addPortal({ data: 'generate:10' })
    const portalId = await portalIdOf(stage)
    const rows = Array.from({ length: 20_000 }, (_, at) => `01/01/2026;Fournisseur ${at % 50};F${at};1,25`)
    const { body: { importId } } = await stage.call(importApi.upload, { query: { name: 'a.csv' }, body: `Date;Fournisseur;Référence;Montant\n${rows.join('\n')}\n` })
    await stage.call(importApi.preview, { params: { importId } })
    await waitFor(async () => (await stage.call(importApi.get, { params: { importId } })).body.state === 'previewed', 'the preview')
    await stage.call(importApi.start, { params: { importId } })
    await waitFor(async () => ((await rowsOfPortal(comptoir.database, portalId)).purchases ?? 0) > 0, 'the first purchases')
    uninstallApp(stage.portal, stage.app, { isClean: true })
    await readAgain(stage)
    const left = await rowsOfPortal(comptoir.database, portalId)
    expect(Object.entries(left).filter(([, count]) => count > 0)).toEqual([])
    expect(await portalRow(stage.portal.memberId)).toBeUndefined()
  })
})

describe('an app without a right it needs', () => {
  it('is told which one, and the step that needs it is refused with the portal\'s own code', async () => {
    const stage = await comptoir.addPortal({ isInstalled: false, app: { scopes: ['crm', 'placement', 'user_brief', 'im', 'task', 'department'] } })
    const { boot } = await stage.open(1, 'DEFAULT')
    expect((boot?.first as InstallState).missingScope).toEqual(['bizproc'])
    const answer = await stage.call(installationApi.run, { params: { step: 'actions' } }, boot?.session)
    expect(answer).toMatchObject({ status: 502, body: { code: 'installation.incomplete', details: { refused: expect.stringContaining('insufficient_scope') as string } } })
  })
})

describe('a portal of an older version', () => {
  it('sends no application token: the page gets only the shell, and a session for its own token', async () => {
    const stage = await comptoir.addPortal({ settings: { isLegacy: true } })
    const page = await stage.open(3, 'LEFT_MENU')
    expect(page).toMatchObject({ status: 200, boot: { placement: 'directory', session: null, first: null } })
    const session = await stage.session(3)
    expect(session.viewer).toMatchObject({ userId: 3, isAdmin: false })
    expect((await stage.call(installationApi.state, {}, session)).body).toMatchObject({ isInstalled: true, done: [...installSteps] })
  })
})

describe('a renamed portal', () => {
  it('is followed to its new address, and only because the authorization server names it', async () => {
    const stage = await comptoir.addPortal({})
    const { portal } = stage
    const port = new URL(portal.origin).port
    portal.settings.renamedFrom = `localhost:${port}`
    portal.origin = `http://127.0.0.1:${port}`
    const { status } = await stage.call(installationApi.run, { params: { step: 'directories' } })
    expect(status).toBe(200)
    expect(await portalRow(portal.memberId)).toMatchObject({ client_endpoint: `http://127.0.0.1:${port}/rest/`, domain: `127.0.0.1:${port}` })
  })
})
