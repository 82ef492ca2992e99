import type { HeldReason, RuleTrouble } from '@comptoir/shared/decisions/decision.contract'

export const troubleWords: Readonly<Record<RuleTrouble, { readonly fr: string, readonly en: string }>> = {
  loop: {
    fr: 'Elle est revenue cinq fois en une heure à la même affaire : elle tourne sans doute en rond avec une autre règle ou avec l’automatisation du portail.',
    en: 'It came back to the same deal five times within an hour: it probably goes round in circles with another rule or with the portal’s automation.',
  },
  no_person: {
    fr: 'La personne dont elle suit les droits a quitté le portail : elle ne décide plus rien.',
    en: 'The person whose rights it follows has left the portal: it decides nothing any more.',
  },
  no_answer: {
    fr: 'Son analyse ne peut pas répondre : ce qu’elle nomme a peut-être été supprimé. Le journal dit pourquoi.',
    en: 'Its analysis cannot answer: what it names may have been deleted. The log says why.',
  },
  failed: {
    fr: 'Un de ses effets a échoué. Le journal dit lequel, et permet de réessayer.',
    en: 'One of its effects has failed. The log says which, and lets you try again.',
  },
}

/** An analysis that has no answer for one record may have one for the next. */
export const isOfRecord = (code: string): boolean => code.startsWith('action.no_')

/** The trouble that a guard rail has met; null for what is in the order of things. */
export function troubleOf(reason: HeldReason, message: string): RuleTrouble | null {
  switch (reason) {
    case 'loop':
    case 'no_person': return reason
    case 'no_answer': return isOfRecord(message) ? null : reason
    case 'limit':
    case 'quiet':
    case 'no_right': return null
  }
}
