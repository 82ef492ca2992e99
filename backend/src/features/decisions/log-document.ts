import type { LoggedDecision, LoggedEffect } from '@comptoir/shared/decisions/decision.contract'
import type { ReportDocument } from '@comptoir/shared/documents/report-document'

const words = {
  fr: {
    title: 'Journal des décisions', at: 'Date', rule: 'Règle', state: 'État', deal: 'Affaire', what: 'Chiffres', verdict: 'Verdict', value: 'Valeur', previous: 'Valeur précédente', effects: 'Effets', by: 'Décidé par', comment: 'Commentaire', reader: 'Pour', cut: 'Seules les décisions les plus récentes sont incluses.', colon: '\u00A0: ',
    states: { waiting: 'à approuver', working: 'en cours', done: 'exécutée', failed: 'en échec', refused: 'refusée', lapsed: 'expirée', held: 'retenue', undone: 'annulée' },
    held: { limit: 'limite du jour', quiet: 'repos', loop: 'tourne en rond', no_person: 'personne partie', no_right: 'affaire non visible', no_answer: 'analyse sans réponse' },
    effectStates: { proposed: 'proposé', waiting: 'en attente', running: 'en cours', done: 'fait', failed: 'échec', undone: 'annulé' },
    kinds: { notify: 'notification', task: 'tâche', deal_stage: 'étape', vendor_status: 'statut du fournisseur', crm_trigger: 'déclencheur', workflow: 'processus' },
  },
  en: {
    title: 'Decision log', at: 'Date', rule: 'Rule', state: 'State', deal: 'Deal', what: 'Figures', verdict: 'Verdict', value: 'Value', previous: 'Previous value', effects: 'Effects', by: 'Decided by', comment: 'Comment', reader: 'For', cut: 'Only the most recent decisions are included.', colon: ': ',
    states: { waiting: 'to approve', working: 'under way', done: 'carried out', failed: 'failed', refused: 'refused', lapsed: 'lapsed', held: 'held back', undone: 'undone' },
    held: { limit: 'limit of the day', quiet: 'rest', loop: 'goes in circles', no_person: 'person has left', no_right: 'deal not visible', no_answer: 'analysis without answer' },
    effectStates: { proposed: 'proposed', waiting: 'waiting', running: 'under way', done: 'done', failed: 'failed', undone: 'undone' },
    kinds: { notify: 'notification', task: 'task', deal_stage: 'stage', vendor_status: 'vendor status', crm_trigger: 'trigger', workflow: 'process' },
  },
} as const

interface Printed { readonly language: 'fr' | 'en', readonly timeZone: string, readonly now: Date, readonly readerName: string, readonly isCut: boolean }

/** The log as a file: one line per decision, with the figures that led to it. */
export function logDocument(decisions: readonly LoggedDecision[], { language, timeZone, now, readerName, isCut }: Printed): ReportDocument {
  const say = words[language]
  const moment = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short', timeZone })
  const text = (label: string) => ({ label, kind: 'text' as const })
  const number = (label: string) => ({ label, kind: 'number' as const })
  const figure = (value: unknown): number | null => typeof value === 'number' ? value : null
  return {
    title: say.title, madeAt: now.toISOString(), language, timeZone,
    facts: [{ label: say.reader, value: readerName }],
    blocks: [{
      type: 'table', title: say.title,
      columns: [text(say.at), text(say.rule), text(say.state), text(say.deal), text(say.what), text(say.verdict), number(say.value), number(say.previous), text(say.effects), text(say.by), text(say.comment)],
      rows: decisions.map(one => [
        moment.format(new Date(one.decidedAt)), one.ruleName, stateWords(one, say),
        one.dealId === null ? null : `${one.dealId} ${one.dealTitle ?? ''}`.trim(), one.message, typeof one.numbers.verdict === 'string' ? one.numbers.verdict : null,
        figure(one.numbers.value), figure(one.numbers.previous),
        one.effects.map(effect => effectWords(effect, say)).join(' ; ') || null,
        one.judgedBy, one.comment,
      ]),
      ...isCut && { note: say.cut },
    }],
  }
}

type Words = typeof words[keyof typeof words]

/** « retenue (repos) × 3 » */
function stateWords({ state, heldReason, times }: LoggedDecision, say: Words): string {
  const why = heldReason ? ` (${say.held[heldReason]})` : ''
  return `${say.states[state]}${why}${times > 1 ? ` × ${times}` : ''}`
}

/** « tâche (Nadia Benali) : fait » */
function effectWords({ effect, subject, state }: LoggedEffect, say: Words): string {
  const what = subject ? ` (${subject})` : ''
  return `${say.kinds[effect.kind]}${what}${say.colon}${say.effectStates[state]}`
}
