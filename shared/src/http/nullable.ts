import { Type } from 'typebox'

interface TextLimits { readonly minLength?: number, readonly maxLength?: number, readonly pattern?: string, readonly format?: string }
interface NumberLimits { readonly minimum?: number, readonly maximum?: number }

/*
 * A union of a type and null would be coerced by the server's validator: null to '' or 0, 0 to null.
 * A list of types is not, so what a client leaves empty stays null and zero stays zero.
 */
export const NullableText = (limits: TextLimits = {}) =>
  Type.Unsafe<string | null>({ type: ['string', 'null'], ...limits })

export const NullableInteger = (limits: NumberLimits = {}) =>
  Type.Unsafe<number | null>({ type: ['integer', 'null'], ...limits })

export const NullableNumber = (limits: NumberLimits = {}) =>
  Type.Unsafe<number | null>({ type: ['number', 'null'], ...limits })
