import type { LoggedDecision } from '@comptoir/shared/decisions/decision.contract'
import type { ReportDocument } from '@comptoir/shared/documents/report-document'

const words = {
  fr: {
    title: 'Journal des décisions', at: 'Date', rule: 'Règle', state: 'État', deal: 'Affaire', what: 'Chiffres', verdict: 'Verdict', value: 'Valeur', previous: 'Valeur précédente', effects: 'Effets', by: 'Décidé par', comment: 'Commentaire', reader: 'Pour', cut: 'Seules les décisions les plus récentes sont incluses.',
    states: { waiting: 'à approuver', working: 'en cours', done: 'exécutée', failed: 'en échec', refused: 'refusée', lapsed: 'expirée', held: 'retenue', undone: 'annulée' },
    kinds: { notify: 'notification', task: 'tâche', deal_stage: 'étape', vendor_status: 'statut du fournisseur', crm_trigger: 'déclencheur', workflow: 'processus' },
  },
  en: {
    title: 'Decision log', at: 'Date', rule: 'Rule', state: 'State', deal: 'Deal', what: 'Figures', verdict: 'Verdict', value: 'Value', previous: 'Previous value', effects: 'Effects', by: 'Decided by', comment: 'Comment', reader: 'For', cut: 'Only the most recent decisions are included.',
    states: { waiting: 'to approve', working: 'under way', done: 'carried out', failed: 'failed', refused: 'refused', lapsed: 'lapsed', held: 'held back', undone: 'undone' },
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
        moment.format(new Date(one.decidedAt)), one.ruleName, one.times > 1 ? `${say.states[one.state]} × ${one.times}` : say.states[one.state],
        one.dealId === null ? null : `${one.dealId} ${one.dealTitle ?? ''}`.trim(), one.message, typeof one.numbers.verdict === 'string' ? one.numbers.verdict : null,
        figure(one.numbers.value), figure(one.numbers.previous),
        one.effects.map(({ effect, subject }) => subject ? `${say.kinds[effect.kind]} (${subject})` : say.kinds[effect.kind]).join(' ; ') || null,
        one.judgedBy, one.comment,
      ]),
      ...isCut && { note: say.cut },
    }],
  }
}
