import { describe, expect, it } from 'vitest'
import { pastedCells, pasteInto, type GridColumn } from './line-grid.ts'

const columns: readonly GridColumn[] = [
  { key: 'code', label: 'Code', kind: 'text' }, { key: 'open', label: 'Reste', kind: 'number', isReadOnly: true },
  { key: 'quantity', label: 'Quantité', kind: 'number' }, { key: 'promisedOn', label: 'Promis le', kind: 'date' },
]

describe('a range pasted from a spreadsheet', () => {
  it('is told from a single cell', () => {
    expect(pastedCells('Vis M8')).toBeNull()
    expect(pastedCells('A\t1\r\nB\t2\r\n')).toEqual([['A', '1'], ['B', '2']])
  })

  it('fills from its cell onwards, steps over what cannot be written and adds rows', () => {
    const rows = pasteInto([{ code: 'X', open: '5', quantity: '', promisedOn: '' }], columns, { row: 0, column: 0 }, [['VIS-8', '1 250,5', '31/03/2026'], ['ECR-8', '40', 'bientôt']])
    expect(rows).toEqual([
      { code: 'VIS-8', open: '5', quantity: '1 250,5', promisedOn: '2026-03-31' },
      { code: 'ECR-8', open: '', quantity: '40', promisedOn: '' },
    ])
  })

  it('stops at the last column', () => {
    expect(pasteInto([], columns, { row: 0, column: 3 }, [['2026-04-01', 'more']])).toEqual([{ code: '', open: '', quantity: '', promisedOn: '2026-04-01' }])
  })
})
