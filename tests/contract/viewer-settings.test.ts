import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { viewerApi } from '@comptoir/shared/portal/portal.contract'
import { startComptoir, type Comptoir } from '../factories/comptoir.ts'

let comptoir: Comptoir
beforeAll(async () => {
  comptoir = await startComptoir()
})
afterAll(() => comptoir?.close())

async function shownTo(userId: number) {
  const { boot, html } = await comptoir.open(userId, 'DEFAULT')
  return { settings: boot?.session?.settings, page: /<html[^>]*>/.exec(html)?.[0] }
}

describe('the appearance', () => {
  it('is the system\'s until a person chooses, and then theirs alone, from the first byte on', async () => {
    expect(await shownTo(1)).toEqual({ settings: { theme: 'auto' }, page: expect.not.stringContaining('class') as string })
    expect(await comptoir.call(viewerApi.saveSettings, { body: { theme: 'dark' } })).toMatchObject({ status: 200, body: { theme: 'dark' } })
    expect(await shownTo(1)).toEqual({ settings: { theme: 'dark' }, page: expect.stringContaining('class="dark"') as string })
    expect((await shownTo(3)).settings).toEqual({ theme: 'auto' })
  })

  it('changes as often as one likes, to what there is', async () => {
    await comptoir.call(viewerApi.saveSettings, { body: { theme: 'light' } })
    expect((await shownTo(1)).page).toContain('class="light"')
    expect(await comptoir.call(viewerApi.saveSettings, { body: { theme: 'pink' } })).toMatchObject({ status: 400, body: { code: 'request.invalid' } })
  })
})
