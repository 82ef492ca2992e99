import { actions, fieldsOf, type ActionId } from '@comptoir/shared/actions/definitions'
import type { SettingProblem } from '@comptoir/shared/actions/settings'
import { AppError, type ErrorCode } from '@comptoir/shared/errors'
import type { MessageLanguage } from './operation.ts'

/** What went wrong and what to do, for the workflow's log; the page has longer texts under the same codes. */
const failures: Partial<Record<ErrorCode, Record<MessageLanguage, string>>> = {
  'action.no_vendor': {
    fr: 'Aucun fournisseur ne correspond. Vérifiez que l’enregistrement a une entreprise et qu’elle est un fournisseur.',
    en: 'No vendor matches. Check that the record has a company and that the company is a vendor.',
  },
  'action.no_record': {
    fr: 'L’enregistrement du processus est inconnu. Choisissez un fournisseur fixe, ou lancez le processus sur une affaire ou une entreprise.',
    en: 'The workflow’s record is unknown. Choose a fixed vendor, or run the workflow on a deal or a company.',
  },
  'action.no_deal': {
    fr: 'Cette opération a besoin d’une affaire. Lancez le processus sur une affaire.',
    en: 'This operation needs a deal. Run the workflow on a deal.',
  },
  'action.no_person': {
    fr: '« Agit avec les droits de » ne désigne aucun collaborateur : l’expression est vide, ou la personne est inconnue, invitée ou partie. L’action n’a rien fait. Choisissez une autre personne dans les paramètres.',
    en: '“Acts with the rights of” names no employee: the expression is empty, or the person is unknown, a guest or has left. The action did nothing. Choose another person in the settings.',
  },
  'vendor.forbidden': {
    fr: 'La personne dont l’action suit les droits ne peut pas faire cela pour ce fournisseur.',
    en: 'The person whose rights the action keeps to may not do that for this vendor.',
  },
  'vendor.illegal_move': {
    fr: 'Ce changement de statut n’est pas permis depuis le statut actuel du fournisseur.',
    en: 'This change of status is not allowed from the vendor’s present status.',
  },
  'scenario.not_found': {
    fr: 'Le scénario n’existe plus, ou n’est pas partagé avec la personne dont l’action suit les droits. Choisissez-en un autre dans les paramètres.',
    en: 'The scenario is gone, or not shared with the person whose rights the action keeps to. Choose another one in the settings.',
  },
  'report.not_found': {
    fr: 'Le rapport planifié n’existe plus, ou la personne dont l’action suit les droits ne peut pas le lancer. Choisissez-en un autre dans les paramètres.',
    en: 'The scheduled report is gone, or the person whose rights the action keeps to may not run it. Choose another one in the settings.',
  },
  'segment.not_found': {
    fr: 'Le segment n’existe plus. Choisissez-en un autre dans les paramètres.',
    en: 'The segment is gone. Choose another one in the settings.',
  },
  'crm.login_lost': {
    fr: 'Comptoir n’a plus accès au portail. Un administrateur doit ouvrir Comptoir une fois.',
    en: 'Comptoir lost its access to the portal. An administrator has to open Comptoir once.',
  },
  'crm.unavailable': {
    fr: 'Le portail n’a pas répondu, malgré plusieurs essais. Relancez l’exécution dans Comptoir, page « Exécutions ».',
    en: 'The portal did not answer, in spite of several tries. Run it again in Comptoir, page “Runs”.',
  },
  'crm.limit': {
    fr: 'Le portail limite ses appels en ce moment. Relancez l’exécution plus tard dans Comptoir, page « Exécutions ».',
    en: 'The portal limits its calls at the moment. Run it again later in Comptoir, page “Runs”.',
  },
  'crm.forbidden': {
    fr: 'Le portail refuse cet accès à Comptoir. Un administrateur doit vérifier les droits de l’application, puis relancer l’exécution.',
    en: 'The portal refuses this access to Comptoir. An administrator has to check the rights of the application, then run it again.',
  },
  'crm.refused': {
    fr: 'Le portail a refusé l’appel. Vérifiez que l’enregistrement existe encore, puis relancez l’exécution dans Comptoir, page « Exécutions ».',
    en: 'The portal refused the call. Check that the record is still there, then run it again in Comptoir, page “Runs”.',
  },
  'crm.not_found': {
    fr: 'L’enregistrement du processus est introuvable dans le CRM. Vérifiez qu’il n’a pas été supprimé, ou choisissez un fournisseur fixe.',
    en: 'The workflow’s record was not found in the CRM. Check that it has not been deleted, or choose a fixed vendor.',
  },
  'vendor.not_found': {
    fr: 'Le fournisseur n’existe plus, ou n’est pas visible pour la personne dont l’action suit les droits. Choisissez-en un autre dans les paramètres.',
    en: 'The vendor is gone, or not visible to the person whose rights the action keeps to. Choose another one in the settings.',
  },
  'vendor.reason_required': {
    fr: 'Ce changement de statut demande un motif. Indiquez-le dans les paramètres de l’action.',
    en: 'This change of status needs a reason. Give one in the settings of the action.',
  },
  'vendor.deal_unknown': {
    fr: 'L’affaire n’est pas encore connue de Comptoir. Relancez l’exécution après la prochaine synchronisation.',
    en: 'Comptoir does not know the deal yet. Run it again after the next synchronization.',
  },
  'request.invalid': {
    fr: 'Les dates de la période ne conviennent pas : la première doit précéder la dernière, à moins d’un siècle. Corrigez-les dans les paramètres de l’action.',
    en: 'The dates of the period do not fit: the first must come before the last, less than a century apart. Correct them in the settings of the action.',
  },
  'internal': {
    fr: 'Comptoir a rencontré une erreur. Relancez l’exécution dans Comptoir, page « Exécutions » ; si elle se répète, transmettez le diagnostic à votre administrateur.',
    en: 'Comptoir met an error. Run it again in Comptoir, page “Runs”; if it comes back, hand the diagnosis to your administrator.',
  },
}

/** For the workflow's log and its `message`: what went wrong and what to do. */
export function failureMessage(language: MessageLanguage, actionId: ActionId, error: unknown): string {
  const code: ErrorCode = error instanceof AppError ? error.code : 'internal'
  if (code === 'action.settings_invalid')
    return settingsMessage(language, actionId, (error as AppError).details.problems as readonly SettingProblem[] | undefined)
  return failures[code]?.[language] ?? (language === 'fr'
    ? `L’action a échoué (${code}). Le détail est dans Comptoir, page « Exécutions ».`
    : `The action failed (${code}). Details are in Comptoir, page “Runs”.`)
}

const reasons: Record<SettingProblem['reason'], Record<MessageLanguage, string>> = {
  missing: { fr: 'vide', en: 'empty' },
  not_a_choice: { fr: 'choix inconnu', en: 'unknown choice' },
  not_a_number: { fr: 'pas un nombre', en: 'not a number' },
  not_a_day: { fr: 'pas une date', en: 'not a date' },
  out_of_range: { fr: 'hors limites', en: 'out of range' },
  unknown_operation: { fr: 'choix inconnu', en: 'unknown choice' },
}

/** Names the fields: the page that marks them is not open when the step runs. */
function settingsMessage(language: MessageLanguage, actionId: ActionId, problems: readonly SettingProblem[] = []): string {
  const names = new Map([['operation', { fr: 'Opération', en: 'Operation' }], ...fieldsOf(actions[actionId]).map(({ id, name }) => [id, name] as const)])
  const named = problems.map(({ field, reason }) => `${names.get(field)?.[language] ?? field} (${reasons[reason][language]})`).join(', ')
  if (language === 'fr')
    return `Paramètres de l’action à corriger${named && ` : ${named}`}. Ouvrez-les dans le concepteur, corrigez et enregistrez.`
  return `Settings of the action to correct${named && `: ${named}`}. Open them in the designer, correct and save.`
}
