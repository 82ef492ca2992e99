import { businessAnalytics } from '@comptoir/shared/actions/business-analytics'
import type { ActionDefinition } from '@comptoir/shared/actions/definition'
import { vendorManagement } from '@comptoir/shared/actions/definitions'
import type { ProcessId } from '@comptoir/shared/processes/process.contract'
import { bptFile } from './bpt-file.ts'
import { createBuilder, type Builder } from './building-blocks.ts'
import { processWords } from './process-words.ts'

export interface ProcessTemplate {
  readonly name: string
  readonly description: string
  /** The exported form, as base64. */
  readonly file: string
}

type Language = 'fr' | 'en'

/** A vendor is a company of the CRM: all of them run on companies. */
export const companyDocument = ['crm', 'CCrmDocumentCompany', 'COMPANY'] as const

const makers: Readonly<Record<ProcessId, (builder: Builder, language: Language) => ProcessTemplate>> = {
  'renewal': renewal,
  'onboarding': onboarding,
  'bank-change': bankChange,
  'score-drop': scoreDrop,
  'late-delivery': lateDelivery,
  'weekly-review': weeklyReview,
}

/** The action of ours that a process is made of. */
export const actionOf = (id: ProcessId): ActionDefinition => id === 'weekly-review' ? businessAnalytics : vendorManagement

/** Made anew for each portal: the designer's name of our action holds the app's own id. */
export const processTemplate = (id: ProcessId, { clientId, language }: { clientId: string, language: Language }): ProcessTemplate =>
  makers[id](createBuilder(clientId), language)

function renewal({ ask, choose, task, tell, result }: Builder, language: Language): ProcessTemplate {
  const words = processWords[language].renewal
  const start = ask(words.start, 'start-renewal')
  const branch = choose(words.isStarted, [start, 'verdict'], '=', 'started',
    { title: words.yes, steps: [task(words.task, words.taskTitle(result(start, 'contractTitle')), result(start, 'message'))] },
    { title: words.no, steps: [tell(words.tellNone, result(start, 'message'))] })
  return { ...words, file: bptFile(words.name, [start, branch]) }
}

function onboarding({ ask, choose, task, tell, result }: Builder, language: Language): ProcessTemplate {
  const words = processWords[language].onboarding
  const status = ask(words.status, 'change-status', { status: 'onboarding', reason: words.reasonNew })
  const check = ask(words.check, 'check-compliance')
  const branch = choose(words.isMissing, [check, 'missingList'], '!empty', '',
    {
      title: words.yes,
      steps: [
        ask(words.request, 'request-document', { documentName: result(check, 'missingList') }),
        task(words.task, words.taskTitle(result(check, 'vendorName')), result(check, 'message')),
      ],
    },
    {
      title: words.no,
      steps: [
        ask(words.activate, 'change-status', { status: 'active', reason: words.reasonComplete }),
        tell(words.tellActive, result(check, 'message')),
      ],
    })
  return { ...words, file: bptFile(words.name, [status, check, branch]) }
}

function bankChange({ ask, task, tell, result }: Builder, language: Language): ProcessTemplate {
  const words = processWords[language].bank
  const check = ask(words.check, 'check-compliance')
  const request = ask(words.request, 'request-document', { documentName: words.document })
  const steps = [
    check, request,
    task(words.task, words.taskTitle(result(check, 'vendorName')), `${words.taskText}\n\n${result(check, 'message')}`),
    tell(words.tell, result(request, 'message')),
  ]
  return { ...words, file: bptFile(words.name, steps) }
}

function scoreDrop({ ask, choose, task, tell, result }: Builder, language: Language): ProcessTemplate {
  const words = processWords[language].score
  const evaluate = ask(words.evaluate, 'evaluate')
  const branch = choose(words.isBelow, [evaluate, 'score'], '<', '{=Template:threshold}',
    { title: words.yes, steps: [task(words.task, words.taskTitle(result(evaluate, 'vendorName'), result(evaluate, 'score')), result(evaluate, 'message'))] },
    { title: words.no, steps: [tell(words.tellFine, result(evaluate, 'message'))] })
  const threshold = { Name: words.threshold, Type: 'int', Default: '60', Required: '1', Multiple: '0' } as const
  return { ...words, file: bptFile(words.name, [evaluate, branch], { threshold }) }
}

/** Who is late is asked in writing for the new date; how closely it is followed depends on its score. */
function lateDelivery({ ask, choose, task, tell, result }: Builder, language: Language): ProcessTemplate {
  const words = processWords[language].late
  const evaluate = ask(words.evaluate, 'evaluate')
  const request = ask(words.request, 'request-document', { documentName: words.document })
  const branch = choose(words.isReliable, [evaluate, 'score'], '>=', '{=Template:threshold}',
    { title: words.yes, steps: [task(words.follow, words.followTitle(result(evaluate, 'vendorName')), result(evaluate, 'message'))] },
    { title: words.no, steps: [task(words.replace, words.replaceTitle(result(evaluate, 'vendorName')), `${words.replaceText}\n\n${result(evaluate, 'message')}`)] })
  const threshold = { Name: words.threshold, Type: 'int', Default: '60', Required: '1', Multiple: '0' } as const
  return { ...words, file: bptFile(words.name, [evaluate, request, branch, tell(words.tell, result(request, 'message'))], { threshold }) }
}

/** Three figures of the last seven days beside those of the seven before, in one message. */
function weeklyReview({ analyse, tell, result }: Builder, language: Language): ProcessTemplate {
  const words = processWords[language].weekly
  const figures = (['revenue_won', 'new_deals_value', 'spend_total'] as const)
    .map(metric => analyse(words.compare[metric], 'comparison', { metric, period: 'last_7_days', against: 'previous' }))
  const text = [words.intro, ...figures.map(step => result(step, 'message')), result(figures[0]!, 'link')].join('\n')
  return { ...words, file: bptFile(words.name, [...figures, tell(words.tell, text)]) }
}
