import { mirrorApi, mirrorEntities, type EntitySync, type SyncState } from '@comptoir/shared/mirror/mirror.contract'
import { smartProcessApi } from '@comptoir/shared/mirror/smart-process.contract'
import { fireEvent, within } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { fakeApi } from '../../platform/testing/fake-api.ts'
import { aSession, renderInPortal } from '../../platform/testing/render.ts'
import SynchronizationPage from './SynchronizationPage.vue'

const anEntity = (entity: EntitySync['entity'], change: Partial<EntitySync> = {}): EntitySync => ({
  entity, title: null, mode: 'incremental', status: 'idle', rowsRead: 3, rowsExpected: null, portalCount: null, mirrorCount: null,
  countedAt: null, readUpTo: '2026-05-14T09:58:00Z', finishedAt: '2026-05-14T10:00:00Z', nextRunAt: null, errorCode: null, ...change,
})
const aState = (change: Partial<SyncState> = {}, deals: Partial<EntitySync> = {}): SyncState => ({
  status: 'idle', lagSeconds: 120, lastRunAt: '2026-05-14T10:00:00Z', nextRunAt: '2026-05-14T10:05:00Z', lastCheckAt: '2026-05-14T01:00:00Z',
  waitingUntil: null, errorCode: null,
  entities: mirrorEntities.map(entity => anEntity(entity, entity === 'deals' ? deals : {})),
  limiter: { level: 23, capacity: 46, speed: 1, waiting: 0, operating: [] },
  ...change,
})
const open = (state: SyncState, options = {}) => {
  const api = fakeApi().on(mirrorApi.state, () => state)
  return { api, page: renderInPortal(SynchronizationPage, options) }
}

describe('the page of the synchronisation', () => {
  it('shows the delay, the state of each list and that both sides count the same', async () => {
    const { findByText, getByRole } = await open(aState({}, { portalCount: 8_800, mirrorCount: 8_800 })).page
    expect(await findByText('2 minutes')).toBeTruthy()
    const row = getByRole('row', { name: /Affaires/ })
    expect(within(row).getByText('Même nombre')).toBeTruthy()
    expect(within(row).getAllByText(/8\s800/)).toHaveLength(2)
  })

  it('says by how much the counts differ', async () => {
    const { findByText } = await open(aState({}, { portalCount: 8_800, mirrorCount: 8_797 })).page
    expect(await findByText(/Écart\s: -3/)).toBeTruthy()
  })

  it('shows how far a first reading is', async () => {
    const { findByRole } = await open(aState({ status: 'running', lagSeconds: null }, { mode: 'full', status: 'running', rowsRead: 250, rowsExpected: 1_000 })).page
    expect((await findByRole('progressbar', { name: /Affaires/ })).getAttribute('aria-valuenow')).toBe('25')
  })

  it('shows the methods that work hard, and none that hardly did', async () => {
    const operating = [
      { method: 'profile', usedSeconds: 0.1, limitSeconds: 480, resetsAt: '2026-05-14T10:05:00Z' },
      { method: 'crm.item.list', usedSeconds: 240, limitSeconds: 480, resetsAt: '2026-05-14T10:05:00Z' },
    ]
    const { findByText, queryByText } = await open(aState({ limiter: { level: 0, capacity: 46, speed: 1, waiting: 0, operating } })).page
    expect((await findByText('crm.item.list')).closest('li')?.textContent).toMatch(/50\s% utilisés/)
    expect(queryByText('profile')).toBeNull()
  })

  it('says in words why a list could not be read', async () => {
    const { findByRole } = await open(aState({ status: 'failed' }, { status: 'failed', errorCode: 'crm.forbidden' })).page
    const row = await findByRole('row', { name: /Affaires/ })
    expect(within(row).getByText('En échec')).toBeTruthy()
    expect(row.textContent).not.toContain('crm.forbidden')
  })

  it('shows a list that needs a right Comptoir was not given as a remark, below what people look for', async () => {
    const entities = mirrorEntities.map(entity => anEntity(entity, entity === 'departments' ? { status: 'failed', errorCode: 'crm.forbidden' } : {}))
    const { findAllByRole, findByRole } = await open(aState({ entities })).page
    const row = await findByRole('row', { name: /Services/ })
    expect(within(row).getByText('Sans accès')).toBeTruthy()
    expect(within(row).getByText(/Tout le reste fonctionne/)).toBeTruthy()
    expect((await findAllByRole('row')).slice(1, 3).map(one => one.textContent)).toEqual([expect.stringContaining('Affaires'), expect.stringContaining('Entreprises')])
  })

  it('pauses and shows the state that the server answers', async () => {
    const { api, page } = open(aState())
    api.on(mirrorApi.pause, () => aState({ status: 'paused', nextRunAt: null }))
    const { findByRole, findByText } = await page
    await fireEvent.click(await findByRole('button', { name: 'Suspendre' }))
    expect(await findByText('après la reprise')).toBeTruthy()
    expect(await findByRole('button', { name: 'Reprendre' })).toBeTruthy()
  })

  it('lets an administrator choose which smart processes are copied', async () => {
    const contracts = { entityTypeId: 1036, title: 'Contrats', isChosen: false }
    const asked: unknown[] = []
    fakeApi()
      .on(mirrorApi.state, () => aState())
      .on(smartProcessApi.list, () => ({ processes: [contracts] }))
      .on(smartProcessApi.choose, ({ body }) => {
        asked.push(body)
        return { processes: [{ ...contracts, isChosen: true }] }
      })
    const { findByRole, findByText } = await renderInPortal(SynchronizationPage)
    await fireEvent.click(await findByRole('checkbox', { name: 'Contrats' }))
    await fireEvent.click(await findByRole('button', { name: 'Enregistrer le choix' }))
    expect(await findByText('Le choix est enregistré. La copie commence.')).toBeTruthy()
    expect(asked).toEqual([{ entityTypeIds: [1036] }])
  })

  it('offers no orders to whoever may not give them', async () => {
    const { findByText, queryByRole } = await open(aState(), { session: aSession({ viewer: { userId: 2, name: 'Léo', isAdmin: false, departmentIds: [] } }) }).page
    await findByText('2 minutes')
    expect(queryByRole('button', { name: 'Synchroniser maintenant' })).toBeNull()
  })

  it('shows a failed read as an error with a way out', async () => {
    fakeApi().fail(mirrorApi.state, 'internal')
    const { findByRole } = await renderInPortal(SynchronizationPage)
    expect(await findByRole('alert')).toBeTruthy()
  })
})
