import type { FlawedRecord } from '@comptoir/shared/data-quality/data-quality.contract'
import type { QualityCheckId, QualitySourceId } from '@comptoir/shared/data-quality/quality-checks'
import type { RawBuilder } from 'kysely'
import type { Caller } from '../../platform/http/caller.ts'

/** Who asks, and when: every plan is made for one reader. */
export interface Asked {
  readonly reader: Pick<Caller, 'portal' | 'viewer'>
  readonly now: Date
}

/** One flaw, as conditions on the records of its source. */
export interface FlawPlan {
  readonly checkId: QualityCheckId
  readonly flaw: RawBuilder<boolean>
  /** Which records could have it; all of them when absent. */
  readonly examined?: RawBuilder<boolean>
  /** The day that the flaw is about. */
  readonly on?: RawBuilder<string | null>
}

/** The records of a source within the reader's rights, and what may be wrong with them. */
export interface SourcePlan {
  readonly sourceId: QualitySourceId
  readonly kind: FlawedRecord['kind']
  readonly from: RawBuilder<unknown>
  readonly where: RawBuilder<boolean>
  /** Of the open record in the base currency; absent where an amount says nothing. */
  readonly amount?: RawBuilder<number | null>
  readonly columns: {
    readonly id: RawBuilder<unknown>
    readonly title: RawBuilder<string>
    readonly amountMinor: RawBuilder<number | null>
    readonly currency: RawBuilder<string | null>
    readonly responsible: RawBuilder<string | null>
    /** The day by which gaps are looked for. */
    readonly day: RawBuilder<string | null>
  }
  readonly flaws: readonly FlawPlan[]
  /** The list of the mirror that it is read from. */
  readonly list?: string
  /** Of all records, not only of those examined: gaps are looked for here. */
  readonly all: { readonly from: RawBuilder<unknown>, readonly where: RawBuilder<boolean> }
}
