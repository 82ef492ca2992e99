import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { homeApi, type HomeTask, type TaskKind } from '@comptoir/shared/home/home.contract'
import { startComptoir, type Comptoir } from '../factories/comptoir.ts'
import { marks, onlyGrant, stageVendors } from '../factories/rights-stage.ts'

let comptoir: Comptoir
let portalId: number
const [admin, person] = [1, 3]

beforeAll(async () => {
  comptoir = await startComptoir({ data: 'generate:30' })
  portalId = (await comptoir.database.db.selectFrom('portals').select('portal_id').executeTakeFirstOrThrow()).portal_id
  await stageVendors(comptoir.database.db, portalId)
})
afterAll(() => comptoir?.close())

const home = async (userId: number) => (await comptoir.call(homeApi.read, {}, await comptoir.session(userId))).body
const task = (tasks: readonly HomeTask[], kind: TaskKind) => tasks.find(one => one.kind === kind)

describe('what waits for a person', () => {
  it('is counted in their rights', async () => {
    await onlyGrant(comptoir.database.db, portalId, person, 'viewer', ['identity', 'prices'])
    expect(task((await home(admin)).tasks, 'payables')).toMatchObject({ count: 2, amount: { minor: marks.hidden.minor + marks.shown.minor } })
    expect(task((await home(person)).tasks, 'payables')).toMatchObject({ count: 1, amount: { minor: marks.shown.minor } })
  })

  it('holds no approval for who may decide nothing', async () => {
    await onlyGrant(comptoir.database.db, portalId, person, 'viewer', ['identity'])
    expect((await home(person)).tasks.map(({ kind }) => kind)).not.toContain('approvals')
    expect(task((await home(admin)).tasks, 'approvals')).toMatchObject({ count: 2 })
  })

  it('comes with the first steps for administrators alone, until they put them away', async () => {
    expect((await home(person)).firstSteps).toEqual([])
    expect((await home(admin)).firstSteps).toContainEqual({ kind: 'vendors', isDone: true })
    const { body } = await comptoir.call(homeApi.hideFirstSteps, {}, await comptoir.session(admin))
    expect(body.firstSteps).toEqual([])
    expect((await home(admin)).firstSteps).toEqual([])
    expect(await comptoir.call(homeApi.hideFirstSteps, {}, await comptoir.session(person))).toMatchObject({ status: 403 })
  })
})
