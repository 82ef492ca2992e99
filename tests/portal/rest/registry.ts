import type { AccessToken, App, Portal, User, Webhook } from '../state.ts'

export interface Caller {
  user: User
  /** null for an incoming webhook. */
  app: App | null
  webhook: Webhook | null
  token: AccessToken | null
  scopes: ReadonlySet<string>
}

export type RestParams = Record<string, unknown>

export interface RestCall {
  portal: Portal
  caller: Caller
  params: RestParams
}

/** A plain result, or `{ result, total, next }` when a list is paged. */
export type RestHandler = (call: RestCall) => unknown

export interface MethodOptions {
  /** null = basic, every token may. */
  scope: string | null
  admin?: boolean
  /** Refused for webhooks. */
  appContext?: boolean
  /** bizproc.* says ACCESS_DENIED where the others say WRONG_AUTH_TYPE. */
  contextError?: { status: number, code: string, description: string }
  adminError?: { status: number, code: string, description: string }
  /** crm.item.* has its own code for extranet users. */
  intranetOnly?: boolean
}

export interface RestMethod extends MethodOptions {
  name: string
  handler: RestHandler
}

/** An answer with `error`; `extra` goes beside it, as `argument` does for some methods. */
export class RestError extends Error {
  readonly status: number
  readonly code: string
  readonly description: string
  readonly extra: Record<string, unknown>

  constructor(status: number, code: string, description: string, extra: Record<string, unknown> = {}) {
    super(`${code || '""'}: ${description}`)
    this.status = status
    this.code = code
    this.description = description
    this.extra = extra
  }
}

export interface RestRegistry {
  method(name: string, options: MethodOptions, handler: RestHandler): void
  /** Names are case-insensitive. */
  find(name: string): RestMethod | undefined
  names(): string[]
}

export function createRegistry(): RestRegistry {
  const methods = new Map<string, RestMethod>()
  return {
    method(name, options, handler) {
      methods.set(name.toLowerCase(), { name, handler, ...options })
    },
    find: name => methods.get(name.toLowerCase()),
    names: () => [...methods.values()].map(({ name }) => name),
  }
}
