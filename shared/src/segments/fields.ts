export const segmentSubjects = ['deal', 'vendor'] as const
export type SegmentSubject = (typeof segmentSubjects)[number]

export const valueKinds = ['money', 'number', 'text', 'choice', 'day', 'flag'] as const
export type ValueKind = (typeof valueKinds)[number]

/** What a condition can ask of a record. A field with `hasPeriod` adds up what lies in whole months. */
export interface SegmentField {
  readonly id: FieldId
  readonly subject: SegmentSubject
  readonly kind: ValueKind
  /** For choices: whether values are the CRM's numbers or its codes. */
  readonly keys: 'number' | 'text' | null
  readonly hasPeriod: boolean
}

export const dealFieldIds = [
  'amount', 'currency', 'pipeline', 'stage', 'outcome', 'source', 'responsible', 'department', 'title',
  'created_on', 'closed_on', 'expected_on', 'company', 'company_type', 'product', 'purchases', 'returning', 'utm_source', 'utm_medium', 'utm_campaign',
] as const
export const vendorFieldIds = [
  'vendor_status', 'vendor_category', 'vendor_country', 'vendor_city', 'vendor_name', 'vendor_spend', 'vendor_purchases',
  'vendor_last_purchase_on', 'vendor_created_on', 'vendor_payment_term', 'vendor_standing', 'vendor_linked', 'vendor_tag', 'vendor_supply', 'vendor_attribute',
] as const
export type DealFieldId = (typeof dealFieldIds)[number]
export type VendorFieldId = (typeof vendorFieldIds)[number]
export const fieldIds = [...dealFieldIds, ...vendorFieldIds] as const
export type FieldId = (typeof fieldIds)[number]

export const spendPeriods = ['last_12_months', 'this_year', 'last_year', 'all'] as const
export type SpendPeriod = (typeof spendPeriods)[number]

type Shape = readonly [kind: ValueKind, keys?: 'number' | 'text', hasPeriod?: boolean]

const shapes: Readonly<Record<FieldId, Shape>> = {
  amount: ['money'],
  currency: ['choice', 'text'],
  pipeline: ['choice', 'number'],
  stage: ['choice', 'text'],
  outcome: ['choice', 'text'],
  source: ['choice', 'text'],
  responsible: ['choice', 'number'],
  department: ['choice', 'number'],
  title: ['text'],
  created_on: ['day'],
  closed_on: ['day'],
  expected_on: ['day'],
  company: ['choice', 'number'],
  company_type: ['choice', 'text'],
  product: ['choice', 'text'],
  purchases: ['number'],
  returning: ['flag'],
  utm_source: ['choice', 'text'],
  utm_medium: ['choice', 'text'],
  utm_campaign: ['choice', 'text'],
  vendor_status: ['choice', 'text'],
  vendor_category: ['choice', 'text'],
  vendor_country: ['choice', 'text'],
  vendor_city: ['text'],
  vendor_name: ['text'],
  vendor_spend: ['money', undefined, true],
  vendor_purchases: ['number', undefined, true],
  vendor_last_purchase_on: ['day'],
  vendor_created_on: ['day'],
  vendor_payment_term: ['number'],
  vendor_standing: ['choice', 'text'],
  vendor_linked: ['flag'],
  vendor_tag: ['choice', 'text'],
  vendor_supply: ['choice', 'text'],
  /** One of the portal's own: which attribute and which value, as one choice. */
  vendor_attribute: ['choice', 'text'],
}

export const segmentFields = Object.fromEntries(fieldIds.map((id): [FieldId, SegmentField] => {
  const [kind, keys = null, hasPeriod = false] = shapes[id]
  return [id, { id, kind, keys, hasPeriod, subject: (dealFieldIds as readonly string[]).includes(id) ? 'deal' : 'vendor' }]
})) as Readonly<Record<FieldId, SegmentField>>

export const fieldsOf = (subject: SegmentSubject): readonly SegmentField[] =>
  fieldIds.map(id => segmentFields[id]).filter(field => field.subject === subject)
