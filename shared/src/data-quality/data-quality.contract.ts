import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'
import { qualityCheckIds, qualitySources } from './quality-checks.ts'

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()])
const Instant = Type.String({ format: 'date-time' })

const CheckId = Type.Enum([...qualityCheckIds])

const QualityCheck = Type.Object({
  checkId: CheckId,
  count: Type.Integer(),
  examined: Type.Integer(),
  verdict: Type.Enum(['good', 'attention', 'bad', 'unknown']),
  /** What the flawed records are worth in the base currency, and all that were examined; null where amounts say nothing. */
  amountMinor: Nullable(Type.Integer()),
  totalMinor: Nullable(Type.Integer()),
})
export type QualityCheck = Static<typeof QualityCheck>

const QualitySource = Type.Object({
  sourceId: Type.Enum([...qualitySources]),
  /** 0 to 100; null where there is nothing to judge. */
  score: Nullable(Type.Integer()),
  checks: Type.Array(QualityCheck),
  /** Null for what does not come from the portal's lists. */
  freshness: Nullable(Type.Object({
    readUpTo: Nullable(Instant),
    /** An error code of the catalogue. */
    errorCode: Nullable(Type.String()),
    portalCount: Nullable(Type.Integer()),
    mirrorCount: Nullable(Type.Integer()),
    countedAt: Nullable(Instant),
  })),
  newestOn: Nullable(Type.String({ format: 'date' })),
  /** Whole months of the last twelve, since the first record, in which nothing is noted. */
  emptyMonths: Type.Array(Type.String({ format: 'date' })),
})
export type QualitySource = Static<typeof QualitySource>

const QualityReport = Type.Object({
  currency: Type.String(),
  sources: Type.Array(QualitySource),
})
export type QualityReport = Static<typeof QualityReport>

const FlawedRecord = Type.Object({
  kind: Type.Enum(['deal', 'company', 'lead', 'invoice', 'vendor', 'source']),
  id: Type.String(),
  title: Type.String(),
  amountMinor: Nullable(Type.Integer()),
  currency: Nullable(Type.String()),
  responsible: Nullable(Type.String()),
  /** The day that the flaw is about: expected closing, last move, creation, last good reading. */
  on: Nullable(Type.String({ format: 'date' })),
})
export type FlawedRecord = Static<typeof FlawedRecord>

export const flawedPageSize = 50

const FlawedRecords = Type.Object({ total: Type.Integer(), records: Type.Array(FlawedRecord) })
export type FlawedRecords = Static<typeof FlawedRecords>

export const dataQualityApi = {
  report: endpoint({
    method: 'GET', path: '/api/data-quality', summary: 'What is missing or doubtful in the figures\' sources, within the viewer\'s rights',
    reply: QualityReport, errors: [],
  }),
  records: endpoint({
    method: 'GET', path: '/api/data-quality/:checkId/records', summary: 'The records that one check found',
    params: Type.Object({ checkId: CheckId }),
    query: Type.Object({ page: Type.Optional(Type.Integer({ minimum: 1, default: 1 })) }),
    reply: FlawedRecords, errors: [],
  }),
}
