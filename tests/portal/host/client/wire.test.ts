import { describe, expect, it } from 'vitest'
import { formatReply, knownValues, parseMessage, readPath, splitApplicationParams } from './wire.ts'

const key = 'b5a3e7d2-1111-4222-8333-444455556666'
const sid = '0123456789abcdef0123456789abcdef'

describe('parseMessage', () => {
  it('reads a command without payload', () => {
    expect(parseMessage(`getInitData:${key}:${sid}`)).toEqual({ command: 'getInitData', params: null, key, sid })
  })

  it('keeps colons and quotes inside the payload', () => {
    const message = `setPropertyValue:{"a":"x:y","b":["1","\\"2\\":"]}:${key}:${sid}`
    expect(parseMessage(message)).toEqual({ command: 'setPropertyValue', params: { a: 'x:y', b: ['1', '"2":'] }, key, sid })
  })

  it('leaves a raw value as text', () => {
    expect(parseMessage(`setValue:a:b:${key}:${sid}`)?.params).toBe('a:b')
  })

  it('reads the object form that commands with a colon have', () => {
    expect(parseMessage({ method: 'CallCard::getStatus', params: '', callback: key, appSid: sid, requestId: 'r' }))
      .toEqual({ command: 'CallCard::getStatus', params: null, key, sid })
  })

  it.each([42, null, undefined, 'webpackHotUpdate', 'a:b', {}, { method: 'x' }])('ignores %j', (data) => {
    expect(parseMessage(data)).toBeNull()
  })
})

describe('formatReply', () => {
  it('writes the key, a colon and JSON', () => {
    expect(formatReply(key, { result: 'close' })).toBe(`${key}:{"result":"close"}`)
  })
})

describe('knownValues', () => {
  it('takes known ids in exactly their spelling and no control keys', () => {
    expect(knownValues({ mode: 'review', MODE: 'x', other: 1, isRawValue: false, list: ['a', 2], none: null }, ['mode', 'list', 'none', 'isRawValue']))
      .toEqual({ mode: ['review'], list: ['a', '2'], none: [''] })
  })
})

describe('readPath', () => {
  const origin = 'http://localhost:4300'

  it('resolves the width prefix of the SDK and marks the page as a slider', () => {
    const path = '/workgroups/group/0/card/../../../../crm/deal/details/7/?IFRAME=Y&IFRAME_TYPE=SIDE_SLIDER'
    expect(readPath(path, origin, 'local.1')).toEqual({
      path: '/crm/deal/details/7/?IFRAME=Y&IFRAME_TYPE=SIDE_SLIDER&from=rest_placement&from_app=local.1',
      width: 900,
    })
  })

  it('knows the full width and the default', () => {
    expect(readPath('/crm/deal/../../crm/company/details/9/', origin, 'a')?.width).toBeNull()
    expect(readPath('/crm/company/details/9/', origin, 'a')?.width).toBe(1640)
  })

  it.each(['https://evil.invalid/', '//evil.invalid/x', '/\\evil.invalid', 'crm/deal/', 7, null])('refuses %j', (path) => {
    expect(readPath(path, origin, 'a')).toBeNull()
  })
})

describe('splitApplicationParams', () => {
  it('takes the look of the slider out of the options', () => {
    const { look, options } = splitApplicationParams({ place: 'x', bx24_width: 900, bx24_title: 'T', bx24_label: { bgColor: 'violet', text: 'L' } })
    expect(options).toEqual({ place: 'x' })
    expect(look).toEqual({ width: 900, title: 'T', label: { text: 'L', colour: '#6b52cc' }, leftBoundary: null })
  })

  it('accepts no params at all', () => {
    expect(splitApplicationParams(null)).toEqual({ look: { width: null, title: null, label: null, leftBoundary: null }, options: {} })
  })
})
