import type { ReportBlock, ReportValue } from '@comptoir/shared/documents/report-document'
import type { Outcome } from '@comptoir/shared/scenarios/scenario'
import { reportWords, type Language } from './report-words.ts'

/** A scenario as it is read: what it comes to over the year it starts from; null where the year does not tell. */
export interface ScenarioReading {
  readonly currency: string
  readonly before: Outcome | null
  readonly scenarios: readonly { readonly name: string, readonly outcome: Outcome | null }[]
}

const measures = ['revenue', 'cost', 'margin', 'marginRate', 'tiedUp'] as const satisfies readonly (keyof Outcome)[]

const valuesOf = (outcome: Outcome | null): ReportValue[] => measures.map((measure) => {
  const value = outcome?.[measure] ?? null
  return value === null ? null : measure === 'marginRate' ? value * 100 : Math.round(value)
})

/** Scenarios below each other, the start first. */
export function scenarioBlock({ currency, before, scenarios }: ScenarioReading, title: string, language: Language): ReportBlock {
  const words = reportWords[language]
  if (scenarios.length === 0)
    return { type: 'text', text: `${title}\n${words.noScenario}` }
  return {
    type: 'table', title,
    columns: [
      { label: words.scenario, kind: 'text' },
      ...measures.map(measure => ({ label: words.outcomes[measure], ...measure === 'marginRate' ? { kind: 'percent' as const } : { kind: 'money' as const, currency } })),
    ],
    rows: [[words.start, ...valuesOf(before)], ...scenarios.map(({ name, outcome }) => [name, ...valuesOf(outcome)])],
  }
}
