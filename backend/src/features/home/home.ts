import { homeFigures, taskKinds, type FirstStep, type Home, type TaskKind, type Waiting } from '@comptoir/shared/home/home.contract'
import type { MetricResult } from '@comptoir/shared/insights/insights.contract'
import type { MetricId } from '@comptoir/shared/insights/metric'

/** What the features know about one reader, each in the reader's rights. */
export interface HomePorts {
  readonly waiting: Readonly<Record<TaskKind, () => Promise<Waiting>>>
  readonly figure: (metricId: MetricId) => Promise<MetricResult>
  readonly firstSteps: () => Promise<readonly FirstStep[]>
}

export async function readHome({ waiting, figure, firstSteps }: HomePorts): Promise<Home> {
  const [tasks, figures, steps] = await Promise.all([
    Promise.all(taskKinds.map(async kind => ({ kind, ...await waiting[kind]() }))),
    Promise.all(homeFigures.map(async id => ({ id, result: await figure(id) }))),
    firstSteps(),
  ])
  return {
    tasks: tasks.filter(({ count }) => count > 0).toSorted((a, b) => Number(b.urgentCount > 0) - Number(a.urgentCount > 0)),
    figures,
    firstSteps: steps.every(({ isDone }) => isDone) ? [] : [...steps],
  }
}
