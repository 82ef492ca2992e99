import { AppError } from '@comptoir/shared/errors'

export interface FrameAuth {
  readonly accessToken: string
  readonly refreshToken: string
}

export interface FrameInit extends FrameAuth {
  readonly memberId: string
  readonly language: string
  readonly isAdmin: boolean
  readonly isInstalling: boolean
  readonly isFirstRun: boolean
  readonly placement: string
  readonly options: Readonly<Record<string, unknown>>
}

const mapOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : {}

const textOf = (value: unknown): string => typeof value === 'string' || typeof value === 'number' ? String(value) : ''

/** Hosts differ in how they spell true. */
const isYes = (value: unknown): boolean => value === true || value === 1 || value === '1' || value === 'Y'

export function parseFrameAuth(value: unknown): FrameAuth {
  const { AUTH_ID: token, REFRESH_ID: refresh } = mapOf(value)
  if (typeof token !== 'string' || token === '')
    throw new AppError('auth.required')
  return { accessToken: token, refreshToken: textOf(refresh) }
}

export function parseFrameInit(value: unknown): FrameInit {
  const data = mapOf(value)
  return {
    ...parseFrameAuth(data),
    memberId: textOf(data.MEMBER_ID),
    language: textOf(data.LANG) || 'en',
    isAdmin: isYes(data.IS_ADMIN),
    isInstalling: isYes(data.INSTALL),
    isFirstRun: isYes(data.FIRST_RUN),
    placement: textOf(data.PLACEMENT) || 'DEFAULT',
    options: optionsOf(data.PLACEMENT_OPTIONS),
  }
}

/** A map, an empty list (the host's empty map) or a JSON text. */
function optionsOf(value: unknown): Record<string, unknown> {
  if (typeof value !== 'string')
    return mapOf(value)
  try {
    return mapOf(JSON.parse(value))
  }
  catch {
    return {}
  }
}

/** The host has no channel for failures: it answers them as a value. */
export function refusalOf(answer: unknown): string | null {
  const { result, errorCode } = mapOf(answer)
  return result === 'error' ? textOf(errorCode) || 'unknown' : null
}

/** The id that an option was found under, out of what the host tells when it is chosen. */
export function chosenEntity(told: unknown): string | null {
  return textOf(mapOf(mapOf(told).data).id) || null
}

/**
 * The host reads the slider's width off the path: each prefix leads nowhere (`..` takes it back)
 * but belongs to a page of that width. The values are the official SDK's.
 */
const sliderPrefixes: readonly (readonly [upToPx: number, prefix: string])[] = [
  [900, '/workgroups/group/0/card/../../../..'],
  [950, '/crm/company/requisite/0/../../../..'],
  [1200, '/company/personal/user/0/groups/create/../../../../../..'],
  [1640, '/crm/type/0/details/0/../../../../..'],
]

export function sliderPath(path: string, widthPx = 1640): string {
  const address = new URL(path, 'https://host')
  address.searchParams.set('IFRAME', 'Y')
  address.searchParams.set('IFRAME_TYPE', 'SIDE_SLIDER')
  const prefix = widthPx > 0 ? sliderPrefixes.find(([upToPx]) => widthPx <= upToPx)?.[1] : undefined
  return `${prefix ?? '/crm/deal/../..'}${address.pathname}${address.search}`
}
