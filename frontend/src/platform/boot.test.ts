import { beforeEach, describe, expect, it } from 'vitest'
import { keepFirst, readBoot, takeFirst } from './boot.ts'
import { aSession } from './testing/render.ts'

const write = (content: string): void => {
  document.head.innerHTML = `<script type="application/json" id="comptoir-boot">${content}</script>`
}

describe('the boot data', () => {
  beforeEach(() => {
    document.head.innerHTML = ''
  })

  it('is read from the page', () => {
    write(JSON.stringify({ placement: 'deal-tab', options: { ID: '7' }, language: 'fr', session: aSession(), first: { total: 1 } }))
    expect(readBoot(document)).toMatchObject({ placement: 'deal-tab', options: { ID: '7' }, session: { token: 'session-token' }, first: { total: 1 } })
  })

  it('reads the host\'s empty list of options as no options', () => {
    write(JSON.stringify({ placement: 'main', options: [], language: 'fr', session: null }))
    expect(readBoot(document)).toMatchObject({ options: {}, session: null, first: null })
  })

  it.each(['', '{', '[]', '{"placement":1}'])('is absent when the page holds %j', (content) => {
    write(content)
    expect(readBoot(document)).toBeNull()
  })

  it('is absent when the page was opened on its own', () => {
    expect(readBoot(document)).toBeNull()
  })

  it('hands its first data out once', () => {
    keepFirst({ total: 1 })
    expect(takeFirst()).toEqual({ total: 1 })
    expect(takeFirst()).toBeUndefined()
  })
})
