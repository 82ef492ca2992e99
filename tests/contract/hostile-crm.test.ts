import { afterAll, beforeAll, expect, it } from 'vitest'
import { mirrorApi } from '@comptoir/shared/mirror/mirror.contract'
import { startComptoir, waitFor, type Comptoir } from '../factories/comptoir.ts'

/** Texts that people, imports and other apps really leave in a CRM. */
const texts = ['a\u0000b', 'half \ud83d', '😀'.repeat(120), 'مرحبا \u202E بكم', '\u200B', '</script>', `'; drop table crm_deals; --`, '{=Document:TITLE}', '\\u0000']

let comptoir: Comptoir
beforeAll(async () => {
  comptoir = await startComptoir({ data: 'generate:30' })
})
afterAll(() => comptoir?.close())

it('whatever stands in the CRM, the reading goes on and the page opens', async () => {
  const { portal } = comptoir
  const title = (id: number) => comptoir.database.db.selectFrom('crm_deals').select('title').where('deal_id', '=', id).executeTakeFirst()
  texts.forEach((text, at) => portal.crm.update(2, at + 1, { title: text }, { userId: 1 }))
  portal.crm.update(2, 20, { title: 'the last one' }, { userId: 1 })
  await portal.queue.idle()
  await comptoir.call(mirrorApi.run)
  await waitFor(async () => (await title(20))?.title === 'the last one', 'the last change')
  await comptoir.idle()
  for (const [at, text] of texts.entries()) {
    expect((await title(at + 1))?.title).toBe(text.replace('\0', '').toWellFormed())
    const page = await comptoir.open(1, 'CRM_DEAL_DETAIL_TAB', { options: { ID: String(at + 1) } })
    expect(page.boot?.first).toMatchObject({ deal: { title: text.replace('\0', '').toWellFormed() } })
  }
})
