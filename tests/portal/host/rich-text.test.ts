import { describe, expect, it } from 'vitest'
import { richText } from './rich-text.ts'

describe('richText', () => {
  it('turns links and bold of a notification into markup', () => {
    expect(richText('[b]Score[/b]: [URL=/crm/company/details/9/]Northwind[/URL]').markup)
      .toBe('<b>Score</b>: <a href="/crm/company/details/9/" data-slider>Northwind</a>')
  })

  it('keeps markup in the text as text', () => {
    expect(richText('<script>alert(1)</script>').markup).toBe('&lt;script&gt;alert(1)&lt;/script&gt;')
  })

  it('does not follow other schemes or protocol-relative addresses', () => {
    expect(richText('[url=javascript:alert(1)]x[/url]').markup).toBe('x')
    expect(richText('[url=//evil.invalid]x[/url]').markup).toBe('x')
  })

  it('cannot be broken out of by a quote in the address', () => {
    expect(richText('[url=https://a.invalid/" onmouseover="x]y[/url]').markup).not.toContain('" onmouseover')
  })
})
