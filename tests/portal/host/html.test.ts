import { describe, expect, it } from 'vitest'
import { embeddedJson, escapeHtml, html, trusted } from './html.ts'

describe('html', () => {
  it('escapes a name that contains markup', () => {
    const name = '<script>alert("x")</script> & \'Co\''
    expect(html`<b title="${name}">${name}</b>`.markup).toBe(
      '<b title="&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;Co&#39;">'
      + '&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;Co&#39;</b>')
  })

  it('keeps nested templates as markup and joins lists', () => {
    const items = ['a', '<b>'].map(item => html`<li>${item}</li>`)
    expect(html`<ul>${items}</ul>`.markup).toBe('<ul><li>a</li><li>&lt;b&gt;</li></ul>')
  })

  it('writes nothing for absent values and false, and zero for zero', () => {
    expect(html`${null}${undefined}${false}${true}${0}`.markup).toBe('0')
  })

  it('leaves trusted markup alone', () => {
    expect(html`${trusted('<svg/>')}`.markup).toBe('<svg/>')
    expect(escapeHtml('<svg/>')).toBe('&lt;svg/&gt;')
  })
})

describe('embeddedJson', () => {
  it('cannot be closed by a value', () => {
    const { markup } = embeddedJson('data', { name: '</script><script>alert(1)</script>' })
    expect(markup.match(/<\/script>/g)).toHaveLength(1)
    expect(JSON.parse(markup.slice(markup.indexOf('>') + 1, markup.lastIndexOf('<')))).toEqual({
      name: '</script><script>alert(1)</script>',
    })
  })
})
