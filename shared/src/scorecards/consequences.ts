import { standings, type Standing, type StandingOrNone } from './standing.ts'

/** What may follow from a standing: a notice in the usual ways, a task, the CRM trigger of linked deals, payments held back. */
export const consequences = ['notify', 'task', 'trigger', 'blockPayments'] as const
export type Consequence = (typeof consequences)[number]

export type StandingConsequences = Readonly<Record<Standing, readonly Consequence[]>>

/** People hear of every change, and automation with them; nothing is held back unless somebody says so. */
export const usualConsequences: StandingConsequences = {
  'Critique': ['notify', 'trigger'], 'À surveiller': ['notify', 'trigger'], 'Satisfaisant': ['notify', 'trigger'], 'Excellent': ['notify', 'trigger'],
}

export const consequencesOf = (chosen: StandingConsequences | undefined, standing: StandingOrNone): readonly Consequence[] => {
  const known = standings.find(one => one === standing)
  return known ? (chosen ?? usualConsequences)[known] : []
}
