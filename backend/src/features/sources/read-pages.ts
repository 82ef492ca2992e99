import { AppError } from '@comptoir/shared/errors'
import { withBreath } from '../../platform/pace/breath.ts'
import { readFileTable, tooLarge, type SourceTable } from './read-table.ts'

const mostPages = 100

/**
 * What an address answers, with the pages that each answer says come next; they are of the same origin, as its secrets are.
 * @throws AppError source.unreadable, source.answer_too_large, source.address_refused
 */
export async function readPages(fetch: (address: string) => Promise<Buffer>, address: string, rowsPath: string | null): Promise<SourceTable> {
  const pages: SourceTable[] = []
  const seen = new Set<string>()
  for (let next: string | null = address; next !== null; next = nextAddress(pages.at(-1)!, next)) {
    if (seen.has(next) || seen.size >= mostPages)
      throw tooLarge({ mostPages })
    seen.add(next)
    pages.push(await readFileTable(await fetch(next), rowsPath ?? pages[0]?.rowsPath ?? null))
  }
  return joined(pages)
}

function nextAddress({ next }: SourceTable, from: string): string | null {
  if (next === null)
    return null
  const url = URL.canParse(next, from) ? new URL(next, from) : null
  if (url?.origin !== new URL(from).origin)
    throw new AppError('source.address_refused', { details: { reason: 'next_page' } })
  return url.href
}

/** Pages name their columns in any order; a page may leave one out. */
async function joined(pages: readonly SourceTable[]): Promise<SourceTable> {
  const [first] = pages
  if (!first || pages.length === 1)
    return first!
  const headers = [...new Set(pages.flatMap(page => page.headers))]
  const rows: SourceTable['rows'][number][] = []
  for (const page of pages) {
    const places = headers.map(header => page.headers.indexOf(header))
    await withBreath(page.rows, ({ cells }) => rows.push({ line: rows.length + 1, cells: places.map(at => cells[at] ?? '') }))
  }
  return { ...first, headers, rows }
}
