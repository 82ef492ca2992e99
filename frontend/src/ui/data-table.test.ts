import { describe, expect, it } from 'vitest'
import { nextSort, sortRows, type DataColumn } from './data-table.ts'

interface Row { readonly name: string, readonly spend: number | null }

const columns: DataColumn<Row>[] = [
  { key: 'name', label: 'Nom', sortBy: ({ name }) => name },
  { key: 'spend', label: 'Dépenses', sortBy: ({ spend }) => spend },
  { key: 'note', label: 'Note' },
]
const rows: Row[] = [{ name: 'Émile', spend: 20 }, { name: 'abri 10', spend: null }, { name: 'Abri 9', spend: 100 }]
const names = (sorted: readonly Row[]): string[] => sorted.map(({ name }) => name)

describe('sorting rows', () => {
  it('reads words as the language does', () => {
    expect(names(sortRows(rows, columns, { key: 'name', direction: 'ascending' }, 'fr'))).toEqual(['Abri 9', 'abri 10', 'Émile'])
  })

  it.each(['ascending', 'descending'] as const)('puts what is absent last when %s', (direction) => {
    expect(names(sortRows(rows, columns, { key: 'spend', direction }, 'fr')).at(-1)).toBe('abri 10')
  })

  it('leaves the rows alone without an order it knows', () => {
    expect(sortRows(rows, columns, null, 'fr')).toBe(rows)
    expect(sortRows(rows, columns, { key: 'note', direction: 'ascending' }, 'fr')).toBe(rows)
  })

  it('turns round on the second click', () => {
    const first = nextSort(null, 'name')
    expect([first.direction, nextSort(first, 'name').direction, nextSort(first, 'spend').direction]).toEqual(['ascending', 'descending', 'ascending'])
  })
})
