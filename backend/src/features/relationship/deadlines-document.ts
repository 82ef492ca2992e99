import type { ReportDocument } from '@comptoir/shared/documents/report-document'
import { toMajor } from '@comptoir/shared/money'
import type { DeadlineList } from '@comptoir/shared/relationship/deadline.contract'
import { subjectOf, wordsIn } from './deadline-words.ts'

interface Context { readonly language: 'fr' | 'en', readonly timeZone: string, readonly now: Date }

/** The deadlines of the page as a file; amounts in the currency of each payment. */
export function deadlinesDocument({ deadlines, isCut }: DeadlineList, { language, timeZone, now }: Context): ReportDocument {
  const say = wordsIn(language)
  const { due, vendor, kind, subject, amount, currency } = say.columns
  return {
    title: say.calendar,
    facts: [],
    madeAt: now.toISOString(),
    language,
    timeZone,
    blocks: [{
      type: 'table',
      title: say.calendar,
      columns: [
        { label: due, kind: 'day' }, { label: vendor, kind: 'text' }, { label: kind, kind: 'text' }, { label: subject, kind: 'text' },
        { label: say.owner, kind: 'text' }, { label: amount, kind: 'number' }, { label: currency, kind: 'text' },
      ],
      rows: deadlines.map(deadline => [
        deadline.dueOn, deadline.vendorName, say.kinds[deadline.kind], subjectOf(say, deadline), deadline.owner?.name ?? say.nobody,
        deadline.amount && toMajor(deadline.amount.minor, deadline.amount.currency), deadline.amount?.currency ?? null,
      ]),
      ...isCut && { note: say.cut },
    }],
  }
}
