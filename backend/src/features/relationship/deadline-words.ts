import type { knownDocumentKinds } from '@comptoir/shared/relationship/compliance'
import type { Deadline } from '@comptoir/shared/relationship/deadline.contract'
import type { DeadlineKind } from '@comptoir/shared/relationship/deadlines'

/** Words of the files; the page has its own in the locales. */
interface Words {
  readonly calendar: string
  readonly owner: string
  readonly nobody: string
  readonly columns: { readonly due: string, readonly vendor: string, readonly kind: string, readonly subject: string, readonly amount: string, readonly currency: string }
  readonly cut: string
  readonly kinds: Readonly<Record<DeadlineKind, string>>
  readonly documents: Readonly<Record<(typeof knownDocumentKinds)[number], string>>
}

const words: Readonly<Record<'fr' | 'en', Words>> = {
  fr: {
    calendar: 'Échéances fournisseurs',
    owner: 'Responsable',
    nobody: 'les administrateurs',
    columns: { due: 'Échéance', vendor: 'Fournisseur', kind: 'Nature', subject: 'Objet', amount: 'Montant', currency: 'Devise' },
    cut: 'Les mille premières échéances seulement.',
    kinds: {
      'contract.notice': 'Dernier jour de préavis', 'contract.end': 'Fin de contrat', 'contract.renewal': 'Tacite reconduction',
      'document.expiry': 'Document à renouveler', 'payment.due': 'Paiement à échéance',
    },
    documents: {
      'kbis': 'Extrait Kbis', 'urssaf': 'Attestation de vigilance Urssaf', 'insurance': 'Attestation d’assurance',
      'foreign-workers': 'Liste nominative des salariés étrangers', 'tax': 'Attestation de régularité fiscale',
    },
  },
  en: {
    calendar: 'Vendor deadlines',
    owner: 'Responsible',
    nobody: 'the administrators',
    columns: { due: 'Due', vendor: 'Vendor', kind: 'Kind', subject: 'Subject', amount: 'Amount', currency: 'Currency' },
    cut: 'The first thousand deadlines only.',
    kinds: {
      'contract.notice': 'Last day to give notice', 'contract.end': 'Contract ends', 'contract.renewal': 'Tacit renewal',
      'document.expiry': 'Document to renew', 'payment.due': 'Payment due',
    },
    documents: {
      'kbis': 'Company register extract (Kbis)', 'urssaf': 'Certificate of social vigilance (Urssaf)', 'insurance': 'Certificate of insurance',
      'foreign-workers': 'List of foreign employees', 'tax': 'Tax compliance certificate',
    },
  },
}

export const wordsIn = (language: string): Words => words[language.toLowerCase().startsWith('fr') ? 'fr' : 'en']

/** A document without a name of its own carries its kind. */
export const subjectOf = (say: Words, { title }: Pick<Deadline, 'title'>): string => (say.documents as Readonly<Record<string, string>>)[title] ?? title
