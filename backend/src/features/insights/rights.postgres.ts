import { sql, type RawBuilder } from 'kysely'
import { isVisible } from '../../platform/access/deal-gate.postgres.ts'
import type { Ask } from './ask.ts'

/** Viewer's rights and chosen responsibles on a column of people. */
export const isAboutPeople = (ask: Ask, column: RawBuilder<unknown>): RawBuilder<boolean> =>
  sql`(${isVisible(ask, column)} and ${ask.userIds === null ? sql`true` : sql`${column} = any(${[...ask.userIds]}::integer[])`})`

export const isInPipelines = (ask: Ask, column: RawBuilder<unknown>): RawBuilder<boolean> =>
  ask.categoryIds === null ? sql`true` : sql`${column} = any(${[...ask.categoryIds]}::integer[])`

/** The same for a deal `d`; a filter on people is said without coalesce, so that an index on them serves. */
export const isAboutDealsOf = (ask: Ask): RawBuilder<boolean> => ask.segment === null ? isOfPeople(ask) : sql`(${isOfPeople(ask)} and ${ask.segment})`

const isOfPeople = (ask: Ask): RawBuilder<boolean> => ask.userIds?.includes(0)
  ? isAboutPeople(ask, sql`coalesce(d.assigned_by_id, 0)`)
  : isAboutPeople(ask, sql`d.assigned_by_id`)
