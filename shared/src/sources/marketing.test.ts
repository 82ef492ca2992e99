import { describe, expect, it } from 'vitest'
import { channelRules } from './channels.ts'
import { addFacts, figuresOf } from './marketing.ts'

const facts = { costMinor: 100_000, impressions: 10, clicks: 5, leads: 50, converted: 10, won: 8, revenueMinor: 400_000, withoutAmount: 1, newCustomers: 4 }

describe('figures of a channel', () => {
  it('divide the cost by leads and new customers, and revenue by the cost', () => {
    expect(figuresOf(facts, false)).toEqual({
      costPerLead: { value: 2_000, missing: null }, cac: { value: 25_000, missing: null }, roas: { value: 4, missing: null }, conversion: { value: 0.2, missing: null },
    })
  })

  it('are missing, not zero or infinite, where there is nothing to divide by', () => {
    expect(figuresOf({ ...facts, leads: 0, converted: 0, newCustomers: 0 }, false)).toMatchObject({
      costPerLead: { value: null, missing: 'no_leads' }, cac: { value: null, missing: 'no_customers' }, conversion: { value: null, missing: 'no_leads' },
    })
    expect(figuresOf({ ...facts, costMinor: null }, false)).toMatchObject({ costPerLead: { missing: 'no_cost' }, cac: { missing: 'no_cost' }, roas: { value: null, missing: 'no_cost' } })
    expect(figuresOf({ ...facts, costMinor: 0 }, false)).toMatchObject({ costPerLead: { value: 0 }, roas: { value: null, missing: 'no_cost' } })
  })

  it('know no return where no won deal has an amount, and one of nothing where none was won', () => {
    expect(figuresOf(addFacts([{ ...facts, revenueMinor: 0, withoutAmount: 8 }]), false)).toMatchObject({ roas: { value: null, missing: 'no_amount' } })
    expect(figuresOf({ ...facts, won: 0, revenueMinor: 0, withoutAmount: 0 }, false)).toMatchObject({ roas: { value: 0, missing: null } })
  })

  it('do not lay the company\'s cost beside the deals of one person', () => {
    expect(figuresOf(facts, true)).toMatchObject({ costPerLead: { missing: 'restricted' }, roas: { missing: 'restricted' }, conversion: { value: 0.2 } })
  })

  it('add up, and an unknown cost stays unknown until one is known', () => {
    expect(addFacts([{ leads: 1 }, { leads: 2, won: 1 }])).toMatchObject({ leads: 3, won: 1, costMinor: null })
    expect(addFacts([{ won: 1, withoutAmount: 1 }, { leads: 1 }])).toMatchObject({ won: 1, revenueMinor: null })
    expect(addFacts([{ won: 1, withoutAmount: 1 }, { won: 1, revenueMinor: 7 }])).toMatchObject({ won: 2, revenueMinor: 7 })
    expect(addFacts([{ costMinor: 5 }, { leads: 2 }])).toMatchObject({ costMinor: 5, leads: 2 })
  })
})

describe('a channel', () => {
  const { ofCost, ofOrigin } = channelRules({
    adChannels: new Map([['google ads', 'Google Ads'], ['meta ads', 'Meta Ads'], ['salon', 'Salon'], ['presse', 'Presse']]),
    crmSources: new Map([['WEB', 'Site Internet'], ['TRADE_SHOW', 'Salon'], ['ADVERTISING', 'Publicité']]),
    links: new Map([['presse', 'ADVERTISING']]),
  })

  it('of a cost is the source of the CRM that it was linked to or named after, else its own', () => {
    expect(ofCost('presse')).toEqual({ key: 'crm:ADVERTISING', label: 'Publicité' })
    expect(ofCost('salon')).toEqual({ key: 'crm:TRADE_SHOW', label: 'Salon' })
    expect(ofCost('google ads')).toEqual({ key: 'ad:google ads', label: 'Google Ads' })
  })

  it.each([
    [{ sourceId: 'WEB', utmSource: 'google' }, 'ad:google ads'], [{ sourceId: 'WEB', utmSource: 'Google-Ads' }, 'ad:google ads'], [{ sourceId: null, utmSource: 'facebook' }, 'ad:meta ads'],
    [{ sourceId: 'WEB', utmSource: null }, 'crm:WEB'], [{ sourceId: 'WEB', utmSource: 'newsletter' }, 'crm:WEB'], [{ sourceId: null, utmSource: 'newsletter' }, 'utm:newsletter'],
    [{ sourceId: null, utmSource: null }, 'none'], [{ sourceId: '', utmSource: '' }, 'none'], [{ sourceId: 'TRADE_SHOW', utmSource: null }, 'crm:TRADE_SHOW'],
  ])('of an origin %o is %s', (origin, key) => {
    expect(ofOrigin(origin).key).toBe(key)
  })
})
