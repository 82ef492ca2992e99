import { deadlineApi, type DeadlineFilter } from '@comptoir/shared/relationship/deadline.contract'
import { call } from '../../platform/api.ts'
import { textLanguage } from '../../platform/i18n/i18n.ts'

/** The deadlines on screen as a file for any calendar program. */
export async function downloadCalendar(filter: DeadlineFilter, page: Document): Promise<void> {
  const { file, name } = await call(deadlineApi.download, { query: { ...filter, language: textLanguage() } })
  const address = URL.createObjectURL(new Blob([file], { type: 'text/calendar;charset=utf-8' }))
  const link = page.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
