import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'
import { VendorId } from '../vendors/vendor-fields.ts'
import { attributeGroups, attributeKinds, requiredStarts } from './attribute.ts'

const AttributeId = Type.String({ format: 'uuid' })
const Label = Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' })
const Option = Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' })

const definitionFields = {
  label: Label,
  options: Type.Array(Option, { maxItems: 100 }),
  group: Type.Enum([...attributeGroups]),
  requiredFrom: Type.Enum([...requiredStarts]),
}

export const AttributeDefinition = Type.Object({
  attributeId: AttributeId,
  kind: Type.Enum([...attributeKinds]),
  ...definitionFields,
  isArchived: Type.Boolean(),
  version: Type.Integer(),
  /** Vendors that have a value. */
  usedBy: Type.Integer(),
})
export type AttributeDefinition = Static<typeof AttributeDefinition>

/** The kind stays what it was: the values are of that kind. */
export const NewAttribute = Type.Object({ kind: Type.Enum([...attributeKinds]), ...definitionFields })
export type NewAttribute = Static<typeof NewAttribute>
export const AttributePatch = Type.Partial(Type.Object({ ...definitionFields, isArchived: Type.Boolean() }))
export type AttributePatch = Static<typeof AttributePatch>

const Value = Type.Union([Type.Null(), Type.Boolean(), Type.Number(), Type.String({ maxLength: 2000 }), Type.Array(Option, { maxItems: 100 })])

export const AttributeOfVendor = Type.Object({
  attributeId: AttributeId,
  label: Type.String(),
  kind: Type.Enum([...attributeKinds]),
  options: Type.Array(Type.String()),
  value: Value,
  isRequired: Type.Boolean(),
  mayEdit: Type.Boolean(),
})
export type AttributeOfVendor = Static<typeof AttributeOfVendor>

export const VendorAttributes = Type.Object({
  version: Type.Integer(),
  tags: Type.Array(Type.String()),
  /** Products and services the vendor supplies. */
  supplies: Type.Array(Type.String()),
  /** Those the viewer may see. */
  attributes: Type.Array(AttributeOfVendor),
  mayEdit: Type.Boolean(),
})
export type VendorAttributes = Static<typeof VendorAttributes>

const Words = Type.Array(Type.String({ maxLength: 80 }), { maxItems: 50 })
const WordsInUse = Type.Array(Type.Object({ word: Type.String(), vendorCount: Type.Integer() }))
const version = Type.Integer({ minimum: 1 })

export const attributeApi = {
  definitions: endpoint({
    method: 'GET', path: '/api/vendor-attributes', summary: 'What is asked of vendors beside the usual fields',
    reply: Type.Array(AttributeDefinition), errors: [],
  }),
  words: endpoint({
    method: 'GET', path: '/api/vendor-words', summary: 'Tags and supplies in use, the most frequent first',
    reply: Type.Object({ tags: WordsInUse, supplies: WordsInUse }), errors: [],
  }),
  add: endpoint({
    method: 'POST', path: '/api/vendor-attributes', access: 'admin', summary: 'Adds an attribute at the end',
    body: NewAttribute, reply: Type.Array(AttributeDefinition), errors: ['attribute.label_taken', 'attribute.options_required', 'attribute.too_many'],
  }),
  change: endpoint({
    method: 'PATCH', path: '/api/vendor-attributes/:attributeId', access: 'admin', summary: 'Renames, rules or archives an attribute',
    params: Type.Object({ attributeId: AttributeId }), body: Type.Object({ version, fields: AttributePatch }), reply: Type.Array(AttributeDefinition),
    errors: ['attribute.not_found', 'attribute.label_taken', 'attribute.options_required', 'attribute.changed_meanwhile'],
  }),
  order: endpoint({
    method: 'PUT', path: '/api/vendor-attributes/order', access: 'admin', summary: 'Puts the attributes into this order',
    body: Type.Object({ attributeIds: Type.Array(AttributeId, { maxItems: 100 }) }), reply: Type.Array(AttributeDefinition), errors: [],
  }),
  ofVendor: endpoint({
    method: 'GET', path: '/api/vendors/:vendorId/attributes', summary: 'Tags, supplies and attributes of a vendor',
    params: Type.Object({ vendorId: VendorId }), reply: VendorAttributes, errors: ['vendor.not_found'],
  }),
  save: endpoint({
    method: 'PATCH', path: '/api/vendors/:vendorId/attributes', summary: 'Changes tags, supplies and values of a vendor',
    params: Type.Object({ vendorId: VendorId }),
    body: Type.Object({ version, tags: Type.Optional(Words), supplies: Type.Optional(Words), values: Type.Optional(Type.Record(AttributeId, Value)) }),
    reply: VendorAttributes,
    errors: ['vendor.not_found', 'vendor.forbidden', 'vendor.changed_meanwhile', 'attribute.not_found', 'attribute.value_invalid', 'attribute.required'],
  }),
}
