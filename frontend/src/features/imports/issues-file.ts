import { writeCsv } from '@comptoir/shared/imports/csv-writer'
import { importApi, type IssueRow } from '@comptoir/shared/imports/import.contract'
import { call } from '../../platform/api.ts'
import { t } from '../../platform/i18n/i18n.ts'
import { columnName, issueHint, issueText } from './import-words.ts'

const pageSize = 1000

/** Every reported row with its reasons, then the row itself: ready to be put right in a spreadsheet. */
export function issueTable(rows: readonly IssueRow[], headers: readonly string[]): string[][] {
  const titles = [t('imports.issueFile.line'), t('imports.issueFile.severity'), t('imports.issueFile.title'), t('imports.issueFile.value'), t('imports.issueFile.reason'), t('imports.issueFile.hint')]
  const width = Math.max(headers.length, ...rows.map(({ cells }) => cells.length))
  const cells = Array.from({ length: width }, (_, column) => columnName(headers, column))
  return [
    [...titles, ...cells],
    ...rows.flatMap(row => row.issues.map(issue => [
      String(row.line), t(`imports.issues.severities.${issue.severity}`), issue.column === null ? '' : columnName(headers, issue.column), issue.value,
      issueText(issue), issueHint(issue), ...cells.map((_, column) => row.cells[column] ?? ''),
    ])),
  ]
}

/** Reads every page and hands the file to the browser. */
export async function downloadIssues(importId: string, fileName: string, headers: readonly string[]): Promise<void> {
  const rows: IssueRow[] = []
  let afterLine: number | null = 0
  while (afterLine !== null) {
    const page: { rows: IssueRow[], nextAfterLine: number | null } = await call(importApi.issues, { params: { importId }, query: { afterLine, limit: pageSize } })
    rows.push(...page.rows)
    afterLine = page.nextAfterLine
  }
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([writeCsv(issueTable(rows, headers))], { type: 'text/csv' }))
  link.download = `${fileName.replace(/\.[^.]*$/, '')}-${t('imports.issueFile.name')}.csv`
  link.click()
  URL.revokeObjectURL(link.href)
}
