import { Type, type Static, type TSchema } from 'typebox'
import { twoPersonRules } from '../access/protected-fields.ts'
import { FieldGroupSchema } from '../access/rights.schema.ts'
import { AccountingFields } from '../accounting/accounting.contract.ts'
import { PresetMapping } from '../accounting/preset-mapping.ts'
import { NewAttribute } from '../attributes/attribute.contract.ts'
import { CompanyDays } from '../calendar/company-days.ts'
import { InsightSettings } from '../insights/insights.contract.ts'
import { noticeKindIds } from '../notices/kinds.ts'
import { KindSetting, NoticeSettings } from '../notices/notice.contract.ts'
import { Rate } from '../payments/payments.contract.ts'
import { Tolerance } from '../purchasing/purchasing.contract.ts'
import { RequirementFields } from '../relationship/compliance.contract.ts'
import { LifecycleRules } from '../relationship/lifecycle.contract.ts'
import { ScorecardRules } from '../scorecards/rules.schema.ts'
import type { SectionId } from './section-ids.ts'

/** By name instead of one after the other: a text comparison of two files then shows what changed and nothing else. */
const named = <T extends TSchema>(each: T, name: string) => Type.Record(Type.String({ pattern: name }), each)
const wordsUpTo = (length: number): string => `^(?=.*\\S).{1,${length}}$`

/** Files from before there was a home country do without: then it stays as it is. */
const { version: _, homeCountry, ...lifecycle } = LifecycleRules.properties
/** The number of the company is its own, not a setting. */
const { siren: __, reverseDueAccount, reverseTaxAccount, reverseRate, ...accounting } = AccountingFields.properties
/** Files from before reverse charge was booked do without these: then they stay as they are. */
const reverseCharge = Type.Partial(Type.Object({ reverseDueAccount, reverseTaxAccount, reverseRate })).properties
const { quietFrom, quietUntil, defaultDigest } = NoticeSettings.properties
const { isOn, steps, channels } = KindSetting.properties
const { label: ___, ...attribute } = NewAttribute.properties

/** What of a portal is configuration: chosen by an administrator, for everybody, and true in another portal, too. */
export const sectionSchemas = {
  access: Type.Object({
    analyticsScope: InsightSettings.properties.analyticsScope,
    twoPersonRule: Type.Enum([...twoPersonRules]),
    /** Groups of fields by "subject/role" or "subject/role/group of vendors". */
    grants: named(Type.Array(FieldGroupSchema, { minItems: 1, uniqueItems: true }), '^(everyone|head_of_department)/(viewer|editor|approver|admin)(/.{1,120})?$'),
  }),
  accounting: Type.Object({ ...accounting, ...reverseCharge }),
  attributes: named(Type.Object({ ...attribute, position: Type.Integer({ minimum: 1, maximum: 1000 }) }), wordsUpTo(80)),
  calendar: CompanyDays,
  /** By kind of document, or "kind/country". */
  compliance: named(RequirementFields, '^(?=.{1,63}$)[a-z0-9]+(-[a-z0-9]+)*(/[A-Z]{2})?$'),
  interestRates: named(Rate.properties.percent, '^[12]\\d{3}-(0[1-9]|1[0-2])-(0[1-9]|1\\d|2\\d|3[01])$'),
  lifecycle: Type.Object({ ...lifecycle, ...Type.Partial(Type.Object({ homeCountry })).properties }),
  notices: Type.Object({ quietFrom, quietUntil, defaultDigest, kinds: named(Type.Object({ isOn, steps, channels }), `^(${noticeKindIds.filter(kind => kind !== 'digest').join('|')})$`) }),
  presets: named(PresetMapping, wordsUpTo(80)),
  scorecards: ScorecardRules,
  targets: named(Type.Integer({ minimum: 0, maximum: 1_000_000_000_000_00 }), '^[12]\\d{3}-(0[1-9]|1[0-2])-01$'),
  tolerance: Tolerance,
} satisfies Record<SectionId, TSchema>

export type Sections = { [Id in SectionId]: Static<(typeof sectionSchemas)[Id]> }
