import type { FirstQuestion } from '../../platform/results/answers-ahead.job.ts'
import type { Database } from '../../platform/storage/database.ts'
import { readPipelineForecast } from './pipeline-forecast.postgres.ts'

/** What the page asks first: all pipelines. The name is that of the route. */
export const firstForecasts = (db: Database): FirstQuestion[] => [
  { question: ['pipeline', {}], count: (reader, at) => readPipelineForecast(db, { reader, categoryId: null }, at) },
]
