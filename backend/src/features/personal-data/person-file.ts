import type { DocumentReply } from '@comptoir/shared/documents/document.contract'
import type { PersonMatch } from '@comptoir/shared/personal-data/personal-data.contract'
import { renderDocument } from '../../platform/documents/render-document.ts'

interface Made { readonly language: 'fr' | 'en', readonly timeZone: string, readonly now: Date }

const words = {
  fr: { title: 'Données personnelles', term: 'Recherche', kind: 'Nature', subject: 'Rattaché à', field: 'Champ', value: 'Valeur', kept: 'Conservation imposée ou limitée', yes: 'oui', no: 'non' },
  en: { title: 'Personal data', term: 'Search', kind: 'Kind', subject: 'Belongs to', field: 'Field', value: 'Value', kept: 'Must be kept, or goes by itself', yes: 'yes', no: 'no' },
} as const

/** What is stored about a person, for the person. */
export async function personFile(term: string, matches: readonly PersonMatch[], format: 'json' | 'xlsx', { language, timeZone, now }: Made): Promise<DocumentReply> {
  const text = words[language]
  if (format === 'json') {
    const content = matches.map(({ matchId: _, ...match }) => match)
    const day = new Intl.DateTimeFormat('sv', { timeZone }).format(now)
    return { fileName: `donnees-personnelles-${day}.json`, contentType: 'application/json', base64: Buffer.from(JSON.stringify({ term, madeAt: now.toISOString(), content }, null, 2)).toString('base64') }
  }
  const { body, ...file } = await renderDocument({
    title: text.title, facts: [{ label: text.term, value: term }], madeAt: now.toISOString(), language, timeZone,
    blocks: [{
      type: 'table', title: text.title,
      columns: [text.kind, text.subject, text.field, text.value, text.kept].map(label => ({ label, kind: 'text' })),
      rows: matches.map(({ kind, subject, field, value, isErasable }) => [kind, subject, field, value, isErasable ? text.no : text.yes]),
    }],
  }, format)
  return { ...file, base64: body.toString('base64') }
}
