import type { Static, TSchema } from 'typebox'
import type { ErrorCode } from '../errors.ts'

/** A route as data: the only place where its URL, shapes and failures are written down. */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: `/${string}`
  readonly summary?: string
  /** Who may call: any viewer of the portal (default), administrators only, or anyone without a session. */
  readonly access?: 'viewer' | 'admin' | 'open'
  readonly params?: TSchema
  readonly query?: TSchema
  readonly body?: TSchema
  readonly reply: TSchema
  readonly errors: readonly ErrorCode[]
  /** Makes something new at every call: the same once more at once is the same click, and gets the same answer. */
  readonly isOnceAClick?: true
  /** Bytes the body may hold; 1 MiB when absent. */
  readonly bodyLimit?: number
}

export const endpoint = <const E extends Endpoint>(definition: E): E => definition

type Part<E extends Endpoint, K extends 'params' | 'query' | 'body'> =
  E[K] extends TSchema ? { readonly [P in K]: Static<E[K]> } : unknown

/** The params, query and body a caller hands over; parts the contract leaves out are absent. */
export type RequestOf<E extends Endpoint> = Part<E, 'params'> & Part<E, 'query'> & Part<E, 'body'>

export type ReplyOf<E extends Endpoint> = Static<E['reply']>
