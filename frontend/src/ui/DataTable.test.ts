import { AppError } from '@comptoir/shared/errors'
import { fireEvent } from '@testing-library/vue'
import { describe, expect, it, vi } from 'vitest'
import type { Component } from 'vue'
import { announcement } from '../platform/announcer.ts'
import { renderInPortal, type RenderOptions } from '../platform/testing/render.ts'
import DataTable from './DataTable.vue'

interface Row { readonly id: number, readonly name: string }

const rows: Row[] = Array.from({ length: 120 }, (_, index) => ({ id: index, name: `Fournisseur ${index + 1}` }))
const columns = [{ key: 'name', label: 'Nom', sortBy: ({ id }: Row) => id, text: ({ name }: Row) => name }, { key: 'status', label: 'Statut' }]
const props = { caption: 'Fournisseurs', columns, rows, rowKey: ({ id }: Row) => id }
const table = (more: Record<string, unknown> = {}, options: RenderOptions = {}): ReturnType<typeof renderInPortal> =>
  renderInPortal(DataTable as Component, { ...options, props: { ...props, ...more } })

describe('a table', () => {
  it('shows a page of rows at a time', async () => {
    const { getAllByRole, getByRole, getByText } = await table({ pageSize: 50 })
    expect(getAllByRole('row')).toHaveLength(51)
    await fireEvent.click(getByRole('button', { name: 'Page suivante' }))
    expect(getByText('Fournisseur 51')).toBeTruthy()
    expect(getByText('Lignes 51 à 100 sur 120')).toBeTruthy()
  })

  it('sorts by a column and says so', async () => {
    const { getByRole, getAllByRole } = await table()
    await fireEvent.click(getByRole('button', { name: /Nom/ }))
    await fireEvent.click(getByRole('button', { name: /Nom/ }))
    expect(getByRole('columnheader', { name: /Nom/ }).getAttribute('aria-sort')).toBe('descending')
    expect(getAllByRole('row')[1]?.textContent).toContain('Fournisseur 120')
    expect(announcement.value).toContain('Nom, ordre décroissant')
  })

  it('breaks the name of a column only where that is wanted', async () => {
    const { getByRole } = await table({ columns: columns.map((column, at) => ({ ...column, isHeadWrapped: at === 1 })) })
    expect(['Nom', 'Statut'].map(name => getByRole('columnheader', { name: new RegExp(name) }).classList.contains('whitespace-nowrap'))).toEqual([true, false])
  })

  it('opens a row by its first cell and walks on with the arrow keys', async () => {
    const onOpen = vi.fn()
    const { getByRole } = await table({ isOpenable: true, onOpen })
    const [first, second] = ['Fournisseur 1', 'Fournisseur 2'].map(name => getByRole('button', { name }))
    first?.focus()
    await fireEvent.keyDown(first!, { key: 'ArrowDown' })
    expect(document.activeElement).toBe(second)
    await fireEvent.click(second!)
    expect(onOpen).toHaveBeenCalledWith(rows[1])
  })

  it('says what went wrong instead of showing rows, with a way out', async () => {
    const onRetry = vi.fn()
    const { getByRole, queryByRole } = await table({ error: new AppError('crm.unavailable'), onRetry })
    expect(queryByRole('table')).toBeNull()
    expect(getByRole('alert').textContent).toContain('Le portail ne répond pas')
    await fireEvent.click(getByRole('button', { name: 'Réessayer' }))
    expect(onRetry).toHaveBeenCalledOnce()
  })

  it('says that there is nothing', async () => {
    const { getByText } = await table({ rows: [] })
    expect(getByText('Aucun résultat')).toBeTruthy()
  })
})
