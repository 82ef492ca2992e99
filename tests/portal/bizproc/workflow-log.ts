import type { Portal } from '../state.ts'
import type { WorkflowInstance, WorkflowLogEntry } from '../state.bizproc.ts'

type Text = (details: Record<string, unknown>) => string

const texts: Record<'fr' | 'en', Record<string, Text>> = {
  fr: {
    started: ({ name }) => `Lancement du processus « ${name} »`,
    step: ({ title }) => `Étape « ${title} »`,
    condition: ({ title, holds }) => `Condition « ${title} » : ${holds ? 'vraie' : 'fausse'}`,
    called: ({ code }) => `Demande envoyée à l’application (${code})`,
    answered: () => 'Réponse reçue de l’application',
    timedOut: () => 'Pas de réponse dans le délai, le processus continue',
    unavailable: ({ code }) => `L’action ${code} n’est plus disponible : son application n’est pas installée`,
    undelivered: ({ status }) => `Le gestionnaire n’a pas accepté la demande (${status ?? 'sans réponse'})`,
    failed: ({ reason }) => `Erreur : ${reason}`,
    finished: () => 'Processus terminé',
    terminated: ({ reason }) => reason ? `Processus interrompu : ${reason}` : 'Processus interrompu',
    waits: ({ until }) => `En attente jusqu’au ${until}`,
    asked: ({ count }) => `Question posée à ${count} personne(s)`,
    decided: ({ isApproved }) => isApproved ? 'Approuvé' : 'Refusé',
    stageLeft: () => 'La fiche a changé d’étape',
    documentDeleted: () => 'La fiche a été supprimée',
    tooDeep: () => 'Trop de processus se lancent les uns les autres',
  },
  en: {
    started: ({ name }) => `Workflow “${name}” started`,
    step: ({ title }) => `Step “${title}”`,
    condition: ({ title, holds }) => `Condition “${title}”: ${holds ? 'true' : 'false'}`,
    called: ({ code }) => `Request sent to the application (${code})`,
    answered: () => 'Answer received from the application',
    timedOut: () => 'No answer in time, the workflow goes on',
    unavailable: ({ code }) => `The action ${code} is not available any more: its application is not installed`,
    undelivered: ({ status }) => `The handler did not accept the request (${status ?? 'no answer'})`,
    failed: ({ reason }) => `Error: ${reason}`,
    finished: () => 'Workflow completed',
    terminated: ({ reason }) => reason ? `Workflow stopped: ${reason}` : 'Workflow stopped',
    waits: ({ until }) => `Waiting until ${until}`,
    asked: ({ count }) => `Question put to ${count} person(s)`,
    decided: ({ isApproved }) => isApproved ? 'Approved' : 'Rejected',
    stageLeft: () => 'The record moved to another stage',
    documentDeleted: () => 'The record was deleted',
    tooDeep: () => 'Too many workflows start each other',
  },
}

export function logText(portal: Portal, key: string, details: Record<string, unknown> = {}): string {
  const language = portal.settings.defaultLanguage === 'fr' ? 'fr' : 'en'
  return texts[language][key]?.(details) ?? key
}

const keptEntries = 20_000

interface Entry {
  readonly event: WorkflowLogEntry['event']
  readonly stepName?: string | null
  readonly message: string
  readonly details?: Record<string, unknown>
}

export function writeLog(portal: Portal, { id, documentId }: WorkflowInstance, { event, stepName = null, message, details = {} }: Entry): void {
  const { log } = portal.bizproc
  const entry = { workflowId: id, documentId, stepName, event, message, details }
  log.push({ ...entry, at: portal.clock.now() })
  if (log.length > keptEntries)
    log.splice(0, log.length - keptEntries)
  portal.journal.write('workflow', entry)
}

export const logOf = (portal: Portal, workflowId: string): WorkflowLogEntry[] =>
  portal.bizproc.log.filter(entry => entry.workflowId === workflowId)
