import { describe, expect, it } from 'vitest'
import { foldAdCosts, readAdCost, withoutTotal, type AdCostPlan } from './ad-cost.ts'
import { describeColumns, planOfSettings, proposeAdSettings } from './ad-columns.ts'
import { jsonTable, nextLink } from './json-table.ts'

const plan: AdCostPlan = {
  columns: { day: 0, channel: 1, campaign: 2, impressions: 3, clicks: 4, cost: 5 }, dateOrder: 'dmy', decimal: ',', costUnit: 'major', currency: 'EUR', channel: '',
}
const row = (...cells: string[]) => readAdCost(cells, plan)

describe('a row of advertising cost', () => {
  it('is read to the cent, with its counts', () => {
    expect(row('03/02/2026', 'Google Ads', 'Marque', '12 345', '1,024', '1 234,56 €')).toEqual({
      ok: true, row: { day: '2026-02-03', channel: 'Google Ads', campaign: 'Marque', impressions: 12_345, clicks: 1_024, costParts: 1_234_560_000, currency: 'EUR' },
    })
  })

  it('keeps what nobody counted as unknown, and a cost of zero as zero', () => {
    expect(row('2026-02-03', 'Meta', '', '', '-', '0')).toMatchObject({ ok: true, row: { impressions: null, clicks: null, costParts: 0 } })
  })

  it.each([
    ['Total', 'Google', 'x', '1', '1', '5', 'total'],
    ['hier', 'Google', 'x', '1', '1', '5', 'day_unreadable'],
    ['', 'Google', 'x', '1', '1', '5', 'day_missing'],
    ['31/02/2026', 'Google', 'x', '1', '1', '5', 'day_unreadable'],
    ['01/02/2026', '', 'x', '1', '1', '5', 'channel_missing'],
    ['01/02/2026', 'Google', 'x', '1', '1', '', 'cost_missing'],
    ['01/02/2026', 'Google', 'x', '1', '1', 'beaucoup', 'cost_unreadable'],
    ['01/02/2026', 'Google', 'x', '1,5', '1', '5', 'count_unreadable'],
    ['01/02/2026', 'Google', 'Total général', '1', '1', '5', 'total'],
    ['01/02/2026', 'Sous-total', 'x', '1', '1', '5', 'total'],
  ])('is refused for what is wrong with it: %s %s %s %s %s %s', (...cells) => {
    expect(row(...cells.slice(0, 6))).toEqual({ ok: false, fault: cells[6] })
  })

  it('keeps a campaign that only sounds like a total, and counts parted as in India', () => {
    expect(row('01/02/2026', 'Google', 'Total Énergies', '1,23,456', '1', '5')).toMatchObject({ ok: true, row: { impressions: 123_456 } })
  })

  it('counts millionths of a currency, also of one without cents', () => {
    const micros = { ...plan, costUnit: 'micros' as const }
    expect(readAdCost(['2026-01-01', 'G', '', '', '', '1234567'], micros)).toMatchObject({ row: { costParts: 1_234_567 } })
    expect(readAdCost(['2026-01-01', 'G', '', '', '', '1234567'], { ...micros, currency: 'JPY' })).toMatchObject({ row: { costParts: 12_346 } })
  })

  it('refuses a currency that is none', () => {
    const named = { ...plan, columns: { ...plan.columns, currency: 6 } }
    expect(readAdCost(['2026-01-01', 'G', '', '', '', '5', 'XX9'], named)).toEqual({ ok: false, fault: 'currency_unknown' })
    expect(readAdCost(['2026-01-01', 'G', '', '', '', '5', 'usd'], named)).toMatchObject({ row: { currency: 'USD' } })
  })
})

describe('rows of one delivery', () => {
  const cost = { day: '2026-01-01', channel: 'Google Ads', campaign: 'Été', impressions: 10, clicks: null, costParts: 1_000_000, currency: 'EUR' }

  it('add up under one key, however it is spelt', async () => {
    const { rows, mixed } = await foldAdCosts([cost, { ...cost, channel: 'google-ads', campaign: 'ete', impressions: null, clicks: 3, costParts: 500_000 }, { ...cost, day: '2026-01-02' }])
    expect(mixed).toBe(0)
    expect(rows.map(({ day, impressions, clicks, costMinor }) => [day, impressions, clicks, costMinor])).toEqual([['2026-01-01', 10, 3, 150], ['2026-01-02', 10, null, 100]])
  })

  it('round the fractions of their cents together, not each', async () => {
    expect((await foldAdCosts(Array.from({ length: 10 }, () => ({ ...cost, costParts: 4_000 })))).rows).toMatchObject([{ costMinor: 4 }])
  })

  it('lose the one without campaign that repeats the sum of the others', () => {
    const [one, two, sum] = [cost, { ...cost, campaign: 'Marque', costParts: 250_000 }, { ...cost, campaign: '', costParts: 1_250_000 }]
    expect(withoutTotal([sum, one, two])).toEqual({ rows: [one, two], total: sum })
    expect(withoutTotal([{ ...sum, costParts: 900_000 }, one, two]).total).toBeNull()
    expect(withoutTotal([sum, { ...one, campaign: '' }, two]).total).toBeNull()
  })

  it('never add two currencies', async () => {
    expect(await foldAdCosts([cost, { ...cost, currency: 'USD' }])).toMatchObject({ mixed: 1, rows: [{ costMinor: 100, currency: 'EUR' }] })
  })
})

describe('the columns of a delivered table', () => {
  it('are found in a French export of Google Ads', () => {
    const settings = proposeAdSettings({ headers: ['Jour', 'Campagne', 'Impr.', 'Clics', 'Coût'], rows: [['13/01/2026', 'Marque', '10', '2', '1,50']], origin: 'google-ads.csv' }, 'EUR')
    expect(settings).toMatchObject({ columns: { day: 'Jour', campaign: 'Campagne', impressions: 'Impr.', clicks: 'Clics', cost: 'Coût', channel: null }, dateOrder: 'dmy', decimal: ',', channel: 'Google Ads' })
    expect(planOfSettings(settings, ['Clics', 'Coût', 'Jour'])?.columns).toEqual({ day: 2, cost: 1, clicks: 0 })
  })

  it('are found in an answer of an interface, wherever its rows are', async () => {
    const table = await jsonTable({ status: 'ok', data: { rows: [{ segments: { date: '2026-01-05' }, campaign: { name: 'B' }, metrics: { cost_micros: 2_500_000, clicks: 4 } }] } }, null)
    expect(table).toMatchObject({ rowsPath: 'data.rows', headers: ['segments.date', 'campaign.name', 'metrics.cost_micros', 'metrics.clicks'], rows: [['2026-01-05', 'B', '2500000', '4']] })
    const settings = proposeAdSettings({ headers: table!.headers, rows: table!.rows, origin: 'https://ads.example' }, 'EUR')
    expect(settings).toMatchObject({ costUnit: 'micros', columns: { day: 'segments.date', campaign: 'campaign.name', cost: 'metrics.cost_micros', clicks: 'metrics.clicks' } })
  })

  it.each([
    ['LinkedIn, English', ['Start Date (in UTC)', 'Account Name', 'Currency', 'Campaign Name', 'Total Spent', 'Impressions', 'Clicks', 'Average CPC'], ['Start Date (in UTC)', 'Campaign Name', 'Impressions', 'Clicks', 'Total Spent']],
    ['LinkedIn, French', ['Date de début (en UTC)', 'Nom de la campagne', 'Total dépensé', 'Impressions', 'Clics'], ['Date de début (en UTC)', 'Nom de la campagne', 'Impressions', 'Clics', 'Total dépensé']],
    ['Microsoft, French', ['Date grégorienne', 'Nom de la campagne', 'Impressions', 'Clics', 'Dépenses'], ['Date grégorienne', 'Nom de la campagne', 'Impressions', 'Clics', 'Dépenses']],
    ['TikTok', ['By Day', 'Campaign name', 'Cost', 'CPC (destination)', 'Impressions', 'Clicks (destination)'], ['By Day', 'Campaign name', 'Impressions', 'Clicks (destination)', 'Cost']],
    ['Google Analytics', ['Date', 'Session Google Ads campaign', 'Google Ads impressions', 'Google Ads clicks', 'Avg. Google Ads cost', 'Google Ads cost'], ['Date', 'Session Google Ads campaign', 'Google Ads impressions', 'Google Ads clicks', 'Google Ads cost']],
    ['titles in two rows', ['Jour', 'Campagne', 'Diffusion Impressions', 'Clics', 'Budget Coût'], ['Jour', 'Campagne', 'Diffusion Impressions', 'Clics', 'Budget Coût']],
  ])('are found in an export of %s', (_, headers, [day, campaign, impressions, clicks, cost]) => {
    expect(proposeAdSettings({ headers, rows: [], origin: '' }, 'EUR').columns).toMatchObject({ day, campaign, impressions, clicks, cost })
  })

  it('have the only one with dates for their day, whatever its title', () => {
    expect(proposeAdSettings({ headers: ['#1', 'Coût'], rows: [['13/01/2026', '5']], origin: '' }, 'EUR').columns.day).toBe('#1')
    expect(proposeAdSettings({ headers: ['Canal', 'Coût'], rows: [['Google', '66864.17']], origin: '' }, 'EUR').columns.day).toBeNull()
  })

  it('are no plan without day, cost and channel', () => {
    const settings = proposeAdSettings({ headers: ['Day', 'Cost'], rows: [['2026-01-01', '5']], origin: 'a.csv' }, 'EUR')
    expect(planOfSettings(settings, ['Day', 'Cost'])).toBeNull()
    expect(planOfSettings({ ...settings, channel: 'Radio' }, ['Day', 'Cost'])).not.toBeNull()
  })

  it('say what is in them', () => {
    expect(describeColumns({ headers: ['d', 'n', 't', 'e'], rows: [['2026-01-01', '1,5', 'été', ''], ['2026-01-02', '2', 'hiver', '']] }).map(({ type }) => type)).toEqual(['day', 'number', 'text', 'empty'])
    expect(describeColumns({ headers: ['Date', 'Coût'], rows: [['46310.5', '66864.17']] }).map(({ type }) => type)).toEqual(['day', 'number'])
  })

  it('may be those of another list of the answer, and go on at another address', async () => {
    const answer = { campaigns: [{ id: 1 }, { id: 2 }], days: [{ day: '2026-01-01' }], paging: { next: 'https://ads.example/?page=2' } }
    expect(await jsonTable(answer, null)).toMatchObject({ rowsPath: 'campaigns', places: ['campaigns', 'days'] })
    expect(await jsonTable(answer, 'days')).toMatchObject({ headers: ['day'] })
    expect([nextLink(answer), nextLink([]), nextLink({ next: null })]).toEqual(['https://ads.example/?page=2', null, null])
  })

  it('are no table without a list of objects', async () => {
    expect(await jsonTable({ a: [1, 2] }, null)).toBeNull()
    expect(await jsonTable({ a: { b: [{ x: 1 }] } }, 'a.c')).toBeNull()
    expect(await jsonTable([{ x: 1 }], '')).toMatchObject({ rows: [['1']] })
  })
})
