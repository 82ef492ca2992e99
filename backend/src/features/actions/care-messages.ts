import { toMajor } from '@comptoir/shared/money'
import type { ActionCompliance, ActionContract, ActionEvaluation } from './care-operations.ts'
import type { MessageLanguage } from './operation.ts'

interface CareMessages {
  money(minor: number, currency: string): string
  /** A known kind of document by its name, any other as it was written. */
  document(kind: string): string
  evaluated(name: string, found: ActionEvaluation): string
  compliance(name: string, found: ActionCompliance): string
  linked(link: { name: string, dealId: number, amount: string | null, isChange: boolean }): string
  scheduled(payment: { name: string, amount: string, dueOn: string, reference: string }): string
  requested(name: string, subject: string): string
  renewal(name: string, contract: ActionContract): string
  renewalStarted(name: string, contract: ActionContract): string
  noContract(name: string): string
}

const documentNames: Record<MessageLanguage, Readonly<Record<string, string>>> = {
  fr: { 'kbis': 'extrait Kbis', 'urssaf': 'attestation de vigilance URSSAF', 'insurance': 'attestation d’assurance', 'foreign-workers': 'liste des salariés étrangers', 'tax': 'attestation fiscale' },
  en: { 'kbis': 'company register extract (Kbis)', 'urssaf': 'URSSAF vigilance certificate', 'insurance': 'insurance certificate', 'foreign-workers': 'list of foreign workers', 'tax': 'tax certificate' },
}

const number = (language: MessageLanguage, value: number): string => new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(value)
const day = (language: MessageLanguage, text: string): string => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${text}T00:00:00Z`))
const list = (language: MessageLanguage, kinds: readonly string[]): string => new Intl.ListFormat(language).format(kinds.map(kind => documentNames[language][kind] ?? kind))

function money(language: MessageLanguage, minor: number, currency: string): string {
  try {
    return new Intl.NumberFormat(language, { style: 'currency', currency }).format(toMajor(minor, currency))
  }
  catch {
    return `${new Intl.NumberFormat(language).format(toMajor(minor, currency))} ${currency}`
  }
}

/** What a workflow's log says of each operation. */
export const careMessages: Readonly<Record<MessageLanguage, CareMessages>> = {
  fr: {
    money: (minor, currency) => money('fr', minor, currency),
    document: kind => documentNames.fr[kind] ?? kind,
    evaluated: (name, { score, standing, coverage, n }) => score === null
      ? `${name} : pas de note (N/A), les données couvrent ${number('fr', coverage)} % des critères.`
      : `${name} : ${number('fr', score)} sur 100, « ${standing} », sur ${n} ligne${n > 1 ? 's' : ''} de commande (couverture ${number('fr', coverage)} %).`,
    compliance: (name, { verdict, missing, expired, nextDeadline }) => [
      verdict === 'not-asked' ? `${name} : aucun document obligatoire ne lui est demandé.` : missing.length + expired.length === 0 ? `${name} : tous les documents obligatoires sont en règle.` : `${name} :`,
      missing.length > 0 ? `manque ${list('fr', missing)}.` : '',
      expired.length > 0 ? `expiré : ${list('fr', expired)}.` : '',
      nextDeadline ? `Prochaine échéance le ${day('fr', nextDeadline)}.` : '',
    ].filter(Boolean).join(' '),
    linked: ({ name, dealId, amount, isChange }) => isChange
      ? `${name} est lié à l’affaire n° ${dealId}${amount ? `, coût prévu ${amount}` : ''}.`
      : `${name} est déjà lié à l’affaire n° ${dealId}${amount ? ` avec ce coût prévu` : ''}.`,
    scheduled: ({ name, amount, dueOn, reference }) => `Paiement de ${amount} à ${name} prévu le ${day('fr', dueOn)} (${reference}).`,
    requested: (name, subject) => `Document demandé à ${name} : ${subject}. Le responsable du fournisseur en est averti.`,
    renewal: (name, { title, noticeOn, endsOn }) => `Renouvellement de « ${title} » (${name}) lancé : le responsable reçoit une tâche.${noticeOn ? ` Préavis au plus tard le ${day('fr', noticeOn)}.` : endsOn ? ` Fin le ${day('fr', endsOn)}.` : ''}`,
    renewalStarted: (name, { title }) => `Le renouvellement de « ${title} » (${name}) est déjà lancé : personne n’est averti une seconde fois.`,
    noContract: name => `${name} n’a pas de contrat en cours à renouveler.`,
  },
  en: {
    money: (minor, currency) => money('en', minor, currency),
    document: kind => documentNames.en[kind] ?? kind,
    evaluated: (name, { score, standing, coverage, n }) => score === null
      ? `${name}: no score (N/A), the data covers ${number('en', coverage)}% of the criteria.`
      : `${name}: ${number('en', score)} of 100, “${standing}”, on ${n} order line${n === 1 ? '' : 's'} (coverage ${number('en', coverage)}%).`,
    compliance: (name, { verdict, missing, expired, nextDeadline }) => [
      verdict === 'not-asked' ? `${name}: no mandatory document is asked of it.` : missing.length + expired.length === 0 ? `${name}: all mandatory documents are in order.` : `${name}:`,
      missing.length > 0 ? `missing ${list('en', missing)}.` : '',
      expired.length > 0 ? `expired: ${list('en', expired)}.` : '',
      nextDeadline ? `Next deadline on ${day('en', nextDeadline)}.` : '',
    ].filter(Boolean).join(' '),
    linked: ({ name, dealId, amount, isChange }) => isChange
      ? `${name} is linked to deal no. ${dealId}${amount ? `, planned cost ${amount}` : ''}.`
      : `${name} is already linked to deal no. ${dealId}${amount ? ' with this planned cost' : ''}.`,
    scheduled: ({ name, amount, dueOn, reference }) => `Payment of ${amount} to ${name} scheduled for ${day('en', dueOn)} (${reference}).`,
    requested: (name, subject) => `Document requested from ${name}: ${subject}. Whoever is responsible for the vendor is told.`,
    renewal: (name, { title, noticeOn, endsOn }) => `Renewal of “${title}” (${name}) started: its owner gets a task.${noticeOn ? ` Notice by ${day('en', noticeOn)}.` : endsOn ? ` Ends on ${day('en', endsOn)}.` : ''}`,
    renewalStarted: (name, { title }) => `Renewal of “${title}” (${name}) is already started: nobody is told again.`,
    noContract: name => `${name} has no running contract to renew.`,
  },
}
