import { describe, expect, it } from 'vitest'
import { paintFirst, writing } from './first-paint.ts'

describe('the first paint', () => {
  it('shows title and figures without a script', () => {
    const html = paintFirst({ title: 'Acme', tiles: [{ label: 'Dépenses', value: '12 €' }, { label: 'Part', value: null }] })
    expect(html).toContain('<h1>Acme</h1>')
    expect(html).toContain('<dt>Dépenses</dt><dd>12 €</dd>')
    expect(html).toContain('<dt>Part</dt><dd>—</dd>')
  })

  it('never lets CRM text become markup', () => {
    expect(paintFirst({ title: '<img src=x onerror="a()">&', tiles: [] })).toContain('<h1>&#60;img src=x onerror=&#34;a()&#34;&#62;&#38;</h1>')
  })

  it('writes numbers in the viewer\'s language', () => {
    expect(writing('fr').roundMoney({ minor: 1_000_553_400, currency: 'EUR' })).toBe('10\u202F005\u202F534\u00A0€')
    expect(writing('en').percent(0.6315)).toBe('63.2%')
    expect(writing('xx-invalid').number(1234.56)).toBe('1,234.6')
    expect(writing('fr').money({ minor: 100, currency: 'perles' })).toBe('1,00 perles')
    expect(writing('fr').number(null)).toBeNull()
    expect(writing('fr').money({ minor: 4900, currency: 'EUR' })).toBe('49,00\u00A0€')
    expect([writing('fr').day('2025-12-01'), writing('en').day('2025-12-01'), writing('fr').day(null)]).toEqual(['1er déc. 2025', 'Dec 1, 2025', null])
    expect([writing('fr').days(57), writing('en').days(1)]).toEqual(['57\u00A0jours', '1 day'])
  })
})
