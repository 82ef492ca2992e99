import type { RestParams } from './registry.ts'
import { RestError } from './registry.ts'

/** A parameter by name in any letter case; old methods are documented in upper case and called in both. */
export function param(params: RestParams, name: string): unknown {
  if (name in params)
    return params[name]
  const wanted = name.toLowerCase()
  return Object.entries(params).find(([key]) => key.toLowerCase() === wanted)?.[1]
}

export function textParam(params: RestParams, name: string): string {
  const value = param(params, name)
  return value === null || value === undefined || typeof value === 'object' ? '' : String(value)
}

export function numberParam(params: RestParams, name: string): number {
  const value = Number(textParam(params, name))
  return Number.isFinite(value) ? Math.trunc(value) : 0
}

export function mapParam(params: RestParams, name: string): Record<string, unknown> {
  const value = param(params, name)
  return value !== null && typeof value === 'object' ? value as Record<string, unknown> : {}
}

export function listParam(params: RestParams, name: string): unknown[] {
  const value = param(params, name)
  if (Array.isArray(value))
    return value
  if (value !== null && typeof value === 'object')
    return Object.values(value)
  return value === undefined || value === null || value === '' ? [] : [value]
}

/** The same map with upper-case keys. */
export function upperKeys(map: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key.toUpperCase(), value]))
}

/** What the portal says when a named argument is missing: HTTP 400 and code 100. */
export function missing(name: string): RestError {
  return new RestError(400, '100', `Could not find value for parameter {${name}}`)
}

/** One page of a list that is at hand as a whole. */
export function pageOf<T>(rows: T[], start: unknown): { page: T[], next: { next?: number } } {
  const from = Number(start ?? 0) || 0
  const page = rows.slice(Math.max(0, from), Math.max(0, from) + 50)
  return { page, next: from >= 0 && from + 50 < rows.length ? { next: from + 50 } : {} }
}
