import { triggerCodes, type TriggerCode } from '@comptoir/shared/notices/kinds'

export interface TriggerRegistration {
  readonly code: string
  readonly title: Readonly<Record<'fr' | 'en', string>>
}

export const triggerCode = (code: TriggerCode): string => `comptoir_${code}`

const titles: Readonly<Record<TriggerCode, TriggerRegistration['title']>> = {
  contract_ends: { fr: 'Comptoir : un contrat arrive à échéance', en: 'Comptoir: a contract comes to its end' },
  contract_changed: { fr: 'Comptoir : les conditions d’un contrat ont changé', en: 'Comptoir: the terms of a contract changed' },
  schedule_changed: { fr: 'Comptoir : l’échéancier de paiement a changé', en: 'Comptoir: the payment schedule changed' },
  payment_overdue: { fr: 'Comptoir : un paiement est en retard', en: 'Comptoir: a payment is overdue' },
  document_expired: { fr: 'Comptoir : un document a expiré', en: 'Comptoir: a document has expired' },
  score_below: { fr: 'Comptoir : une note passe sous le seuil', en: 'Comptoir: a score falls below its threshold' },
  status_changed: { fr: 'Comptoir : le statut d’un fournisseur a changé', en: 'Comptoir: a vendor’s status changed' },
}

/** What the portal offers as triggers of a deal's stages, once the vendor of the deal is meant. */
export const triggerRegistrations: readonly TriggerRegistration[] =
  triggerCodes.map(code => ({ code: triggerCode(code), title: titles[code] }))
