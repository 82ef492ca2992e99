import { describe, expect, it } from 'vitest'
import { maskForLog } from './request-log.ts'

const logged = (value: unknown) => maskForLog(value)

describe('what the request log keeps', () => {
  it('hides tokens and secrets by their names, at any depth', () => {
    const text = logged({ auth: 'tok1', deep: { access_token: 'tok2', client_secret: 'sec', password: 'pw' }, APPLICATION_TOKEN: 'app' })
    for (const secret of ['tok1', 'tok2', 'sec"', 'pw', '"app"'])
      expect(text).not.toContain(secret)
  })

  it('hides tokens inside the commands of a batch', () => {
    expect(logged({ cmd: { a: 'crm.item.list?entityTypeId=2&auth=abc123&x=1' } })).toBe('{"cmd":{"a":"crm.item.list?entityTypeId=2&auth=•••&x=1"}}')
  })

  it('hides account numbers and anything that looks like a token', () => {
    const text = logged({ note: 'IBAN FR76 3000 6000 0112 3456 7890 189, clef 0123456789abcdef0123456789abcdef' })
    expect(text).not.toContain('3000 6000')
    expect(text).not.toContain('0123456789abcdef')
    expect(text).toContain('FR76')
  })

  it('hides keys that we gave out, whatever the field is called', () => {
    const key = `cbi_${'0123456789abcdef'.repeat(2)}_${'x'.repeat(43)}`
    expect(logged({ settings: [{ code: 'key', value: key }], note: `with ${key}.` })).not.toContain('xxxx')
  })

  it('keeps what explains a failure', () => {
    expect(logged({ error: 'ACCESS_DENIED', error_description: 'Access denied!' })).toBe('{"error":"ACCESS_DENIED","error_description":"Access denied!"}')
  })

  it('shortens lists, long texts and whole answers', () => {
    expect(JSON.parse(logged([1, 2, 3, 4, 5]))).toEqual([1, 2, 3, '… 2'])
    expect(logged('x'.repeat(1_000)).length).toBeLessThan(320)
    const wide = Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`field${n}`, 'y'.repeat(200)]))
    expect(logged(wide).length).toBeLessThanOrEqual(8_192)
    expect(() => JSON.parse(logged(wide))).not.toThrow()
  })

  it('shows the first pages of a batch and counts the others', () => {
    const pages = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`deals_${n}`, 'crm.item.list']))
    expect(JSON.parse(logged({ cmd: pages }))).toEqual({ cmd: { deals_0: 'crm.item.list', deals_1: 'crm.item.list', deals_2: 'crm.item.list', '…': 47 } })
  })
})
