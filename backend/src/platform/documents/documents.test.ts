import { inflateSync } from 'node:zlib'
import readXlsxFile from 'read-excel-file/node'
import { describe, expect, it } from 'vitest'
import type { ReportChart, ReportDocument, ReportTable } from '@comptoir/shared/documents/report-document'
import { scaleOf } from './chart-scale.ts'
import { csvDocument } from './csv-document.ts'
import { renderDocument } from './render-document.ts'
import { writtenValue } from './written-value.ts'

const table: ReportTable = {
  type: 'table',
  title: 'Dépenses: 2026/T4',
  columns: [{ label: 'Fournisseur', kind: 'text' }, { label: 'Jour', kind: 'day' }, { label: 'Montant', kind: 'money', currency: 'EUR' }, { label: 'Part', kind: 'percent' }],
  rows: [['Société "Ω"; fils', '2026-11-01', 123_456, 63.15], ['=1+1', null, -5_00, null]],
  totals: ['Total', null, 122_956, null],
}
const chart: ReportChart = {
  type: 'chart', title: 'Par mois', chart: 'bar', kind: 'money', currency: 'EUR', dimension: { label: 'Mois', kind: 'text' }, labels: ['janv.', 'févr.', 'mars'],
  series: [{ label: '2026', values: [100_00, null, -50_00] }], summary: 'Janvier est le plus haut.',
}
const aDocument = (change: Partial<ReportDocument> = {}): ReportDocument => ({
  title: 'Dépenses de l’année', facts: [{ label: 'Période', value: '2026' }], madeAt: '2026-11-22T23:30:00Z',
  language: 'fr', timeZone: 'Europe/Paris', blocks: [table], ...change,
})

describe('a report as a file', () => {
  it('is named after its title and the day in the reader\'s zone', async () => {
    expect((await renderDocument(aDocument(), 'csv')).fileName).toBe('depenses-de-l-annee-2026-11-23.csv')
  })

  it('names a month in a CSV without a day', () => {
    const csv = csvDocument(aDocument({ blocks: [{ type: 'table', title: 'x', columns: [{ label: 'Mois', kind: 'month' }], rows: [['2026-01-01'], ['2026-02']] }] }))
    expect(csv).toBe('\uFEFFMois\r\n2026-01\r\n2026-02\r\n')
  })

  it('begins a CSV with the numbers that stand in no table', () => {
    const csv = csvDocument(aDocument({ blocks: [{ type: 'figures', items: [{ label: 'Chiffre d’affaires', kind: 'money', currency: 'EUR', value: 1_050 }, { label: 'Taux', kind: 'percent', value: null }] }, chart] }))
    expect(csv.split('\r\n').slice(0, 7)).toEqual([
      '\uFEFFDépenses de l’année', 'Établi le;23 novembre 2026 à 00:30 (Europe/Paris)', 'Période;2026', '', 'Chiffre d’affaires (EUR);10,50', 'Taux (%);', '',
    ])
  })

  it('as CSV opens in a French Excel: marked encoding, semicolons, decimal commas, no formula', () => {
    expect(csvDocument(aDocument())).toBe([
      '\uFEFFFournisseur;Jour;Montant (EUR);Part (%)',
      '"Société ""Ω""; fils";2026-11-01;1234,56;63,15',
      '\'=1+1;;-5,00;',
      '',
    ].join('\r\n'))
  })

  it('as a workbook holds numbers and dates, and says what stands behind them', async () => {
    const { body } = await renderDocument(aDocument({ blocks: [table, chart, chart] }), 'xlsx')
    const sheets = await readXlsxFile(body)
    expect(sheets.map(({ sheet }) => sheet)).toEqual(['Résumé', 'Dépenses  2026 T4', 'Par mois', 'Par mois 2'])
    expect(sheets[0]?.data.map(row => row.slice(0, 2))).toEqual(expect.arrayContaining([['Période', '2026'], ['Dépenses  2026 T4', 'Dépenses: 2026/T4'], ['Par mois 2', 'Par mois']]))
    const [head, first, second, total] = sheets[1]?.data ?? []
    expect(head).toEqual(['Fournisseur', 'Jour', 'Montant', 'Part'])
    expect(first).toEqual(['Société "Ω"; fils', new Date('2026-11-01T00:00:00Z'), 1234.56, 0.6315])
    expect(second).toEqual(['=1+1', null, -5, null])
    expect(total?.[2]).toBe(1229.56)
    expect(sheets[2]?.data).toEqual([['Mois', '2026'], ['janv.', 100], ['févr.', null], ['mars', -50]])
  })

  it('as PDF draws every kind of chart as vectors and spreads a long table over numbered pages', async () => {
    const kinds = ['bar', 'stacked-bar', 'bar-across', 'line', 'area', 'doughnut', 'funnel', 'waterfall', 'pareto', 'scatter'] as const
    const across = { label: 'Taux', kind: 'percent', values: [10, 20, 30] } as const
    const spans = [{ from: 0, to: 100_00, tone: 'up' }, { from: 100_00, to: 50_00, tone: 'down' }, { from: 0, to: 50_00, tone: 'total' }] as const
    const sums = { label: 'Cumul', values: [60, 90, 100], isShare: true }
    const long = { ...table, rows: Array.from({ length: 120 }, (_, at) => [`Fournisseur ${at} ${'très '.repeat(at % 40)}long`, '2026-11-01', at * 100, at]) }
    const { body, contentType } = await renderDocument(aDocument({
      blocks: [
        { type: 'figures', items: [{ label: 'Total', kind: 'money', currency: 'EUR', value: 1 }, { label: 'Rien', kind: 'number', value: null }] },
        ...kinds.map(kind => ({ ...chart, chart: kind, across, series: [{ ...chart.series[0]!, spans }, ...kind === 'pareto' ? [sums] : []] })), long, { type: 'text', text: 'Fin.' },
      ],
    }), 'pdf')
    expect(contentType).toBe('application/pdf')
    const text = body.toString('latin1')
    expect(text.startsWith('%PDF-')).toBe(true)
    expect(text).not.toContain('/Subtype /Image')
    const pages = Number(/\/Type \/Pages\s+\/Count (\d+)/.exec(text)?.[1])
    expect(pages).toBeGreaterThan(5)
    expect(drawnOn(body).filter(content => / re\s/.test(content)).length).toBeGreaterThan(0)
  })

  it('as PDF goes on below with columns that have no room beside each other', async () => {
    const columns = Array.from({ length: 13 }, (_, at) => ({ label: at === 0 ? 'Mois' : `Nom ${at}`, ...at === 0 ? { kind: 'text' as const } : { kind: 'money' as const, currency: 'EUR' } }))
    const wide: ReportTable = { type: 'table', title: 'Large', columns, rows: [['janv.', ...Array.from({ length: 12 }, () => 123_456_78)]] }
    const { body } = await renderDocument(aDocument({ blocks: [wide] }), 'pdf')
    // A line under each row: a head and a row in each part.
    const rows = drawnOn(body).join('').match(/0\.4 w/g)?.length ?? 0
    expect(rows).toBeGreaterThanOrEqual(4)
  })

  it('gives shares and second numbers columns of their own', () => {
    const csv = csvDocument(aDocument({ blocks: [{ ...chart, chart: 'pareto', across: { label: 'Taux', kind: 'percent', values: [1, 2, 3] }, series: [...chart.series, { label: 'Cumul', values: [40, 60, 100], isShare: true }] }] }))
    expect(csv.split('\r\n').slice(0, 2)).toEqual(['\uFEFFMois;Taux (%);2026 (EUR);Cumul (%)', 'janv.;1;100,00;40'])
  })

  it('draws charts without any value, and tables without a row', async () => {
    const empty = { ...chart, series: [{ label: '2026', values: [null, null, null] }] }
    const { body } = await renderDocument(aDocument({ blocks: [empty, { ...empty, chart: 'doughnut' }, { ...empty, chart: 'line' }, { ...empty, chart: 'funnel' }, { ...empty, chart: 'waterfall' }, { ...empty, chart: 'pareto' }, { ...empty, chart: 'scatter' }, { ...table, rows: [] }] }), 'pdf')
    expect(body.length).toBeGreaterThan(1_000)
  })
})

/** What the page descriptions say, unpacked. */
function drawnOn(pdf: Buffer): string[] {
  const text = pdf.toString('latin1')
  return [...text.matchAll(/stream\r?\n([\s\S]*?)endstream/g)].flatMap(([, packed = '']) => {
    try {
      return [inflateSync(Buffer.from(packed, 'latin1')).toString('latin1')]
    }
    catch {
      return []
    }
  })
}

describe('a written value', () => {
  const french = { language: 'fr', timeZone: 'Europe/Paris' } as const
  it.each([
    [123_456, { kind: 'money', currency: 'EUR' }, '1 234,56 €'],
    [1_234, { kind: 'money', currency: 'JPY' }, '1 234 JPY'],
    [63.15, { kind: 'percent' }, '63,2 %'],
    [70, { kind: 'number', unit: 'day' }, '70 jours'],
    ['2026-11-01', { kind: 'day' }, '01/11/2026'],
    ['2026-11', { kind: 'month' }, 'novembre 2026'],
    [null, { kind: 'money', currency: 'EUR' }, '—'],
  ] as const)('%j as %j reads %s', (value, measure, text) => {
    expect(writtenValue(value, measure, french).replace(/[\u202F\u00A0]/g, ' ').replace('¥', 'JPY').replace('JPY JPY', 'JPY')).toContain(text.split(' JPY')[0])
  })
})

describe('a chart\'s scale', () => {
  it.each([
    [[0, 87], [0, 20, 40, 60, 80, 100]],
    [[-3, 7], [-4, -2, 0, 2, 4, 6, 8]],
    [[], [0, 1]],
    [[0.02, 0.09], [0, 0.02, 0.04, 0.06, 0.08, 0.1]],
  ])('of %j has the steps %j', (values, ticks) => {
    const found = scaleOf(values).ticks.map(tick => Number(tick.toFixed(6)))
    expect(found.map(tick => tick || 0)).toEqual(ticks)
  })

  it('of counts has whole steps', () => {
    expect([scaleOf([1], { isWhole: true }).ticks, scaleOf([2, 3], { isWhole: true }).ticks]).toEqual([[0, 1], [0, 1, 2, 3]])
  })
})
