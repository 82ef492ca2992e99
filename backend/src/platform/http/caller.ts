import type { FastifyBaseLogger } from 'fastify'
import type { CompanyDays } from '@comptoir/shared/calendar/company-days'
import type { TwoPersonRule } from '@comptoir/shared/access/protected-fields'
import type { VendorRule } from '@comptoir/shared/installation/installation.contract'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'

/** The tenant of a request, as stored. Handlers get this, never a token. */
export interface PortalRecord {
  readonly id: number
  readonly memberId: string
  readonly domain: string
  readonly clientEndpoint: string
  readonly appVersion: string | null
  readonly installerUserId: number
  readonly status: 'installing' | 'installed' | 'gone'
  readonly scope: readonly string[]
  readonly language: string
  readonly timeZone: string
  readonly currency: string
  readonly settings: PortalSettingsRecord
}

/** What an administrator chose for the whole portal. */
export interface PortalSettingsRecord {
  /** Which companies of the CRM are vendors: by company type, or by category. */
  readonly vendorRule?: VendorRule
  /** Places of the portal in which the app does not stand. */
  readonly placementsOff?: readonly string[]
  /** Whose figures ordinary viewers see in analytics; administrators see all. */
  readonly analyticsScope?: 'own' | 'department' | 'all'
  /** Which changes of a vendor wait for a second person. */
  readonly twoPersonRule?: TwoPersonRule
  /** When the company works. */
  readonly companyDays?: CompanyDays
}

export interface Caller {
  readonly portal: PortalRecord
  readonly viewer: Viewer
  readonly log: FastifyBaseLogger
  readonly traceId: string
}
