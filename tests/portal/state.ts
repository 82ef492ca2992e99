import type { AppRegistration, BizprocState } from './state.bizproc.ts'
import type { BiState } from './state.bi.ts'
import type { CrmStore } from './crm/store.ts'
import type { Clock } from './core/clock.ts'
import type { FaultSwitches } from './core/faults.ts'
import type { Journal } from './core/journal.ts'
import type { DeliveryQueue } from './events/queue.ts'
import type { Limiter } from './core/limiter.ts'

export type { AppRegistration, BizprocState }
export type Language = string
export type LangTexts = Record<Language, { TITLE: string, DESCRIPTION: string, GROUP_NAME: string }>

/** How far a user sees into the CRM. */
export interface CrmAccess {
  deals: 'all' | 'department' | 'own' | 'none'
  mayEditDeals: boolean
  mayImport: boolean
  hiddenCompanyIds: readonly number[]
}

export interface User {
  id: number
  name: string
  lastName: string
  email: string
  position: string
  gender: '' | 'M' | 'F'
  language: Language
  timeZone: string
  departmentIds: number[]
  isAdmin: boolean
  isExtranet: boolean
  isActive: boolean
  /** May open the Analytics hub; administrators may anyway. */
  hasBiAccess?: boolean
  crm: CrmAccess
}

export interface Department {
  id: number
  name: string
  sort: number
  parentId: number | null
  headId: number | null
}

/** What an administrator types into the form of a local app. */
export interface AppForm {
  title: string
  handlerUrl: string
  installerUrl: string | null
  scopes: string[]
  menuTitles?: Record<Language, string>
  /** Users who may open the app; absent = everybody. */
  allowedUserIds?: number[] | null
  /** "Script only": no screen, installed at once. */
  isScriptOnly?: boolean
}

export interface App {
  /** Number of the installed app, `ID` of app.info. */
  id: number
  clientId: string
  clientSecret: string
  title: string
  handlerUrl: string
  installerUrl: string | null
  scopes: string[]
  menuTitles: Record<Language, string>
  allowedUserIds: number[] | null
  isScriptOnly: boolean
  /** L local, F free, T trial, P paid, … */
  status: string
  version: number
  isInstalled: boolean
  applicationToken: string
  installedBy: number
  /** `userId:version` pairs that already saw their first run. */
  firstRunsDone: Set<string>
  options: Record<string, unknown>
  userOptions: Map<number, Record<string, unknown>>
}

export interface AccessToken {
  accessToken: string
  refreshToken: string
  clientId: string
  userId: number
  scopes: string[]
  expiresAt: number
  isRevoked: boolean
}

export interface AuthorizationCode {
  code: string
  clientId: string
  userId: number
  expiresAt: number
}

export interface Webhook {
  userId: number
  code: string
  scopes: string[]
}

export interface Placement {
  id: number
  clientId: string
  code: string
  handler: string
  title: string
  description: string
  groupName: string
  langAll: LangTexts
  options: Record<string, unknown>
  /** 0 = for everybody. */
  userId: number
}

export interface EventBinding {
  id: number
  clientId: string
  event: string
  handler: string
  /** User whose token is sent; 0 = who caused the event. */
  authType: number
  isOffline: boolean
  connector: string
  options: Record<string, unknown>
}

export interface Notification {
  id: number
  userId: number
  /** null = sent by an app ("system"). */
  fromUserId: number | null
  clientId: string | null
  message: string
  messageOut: string
  tag: string
  subTag: string
  attach: unknown
  at: number
  isRead: boolean
}

export interface Task {
  id: number
  title: string
  description: string
  responsibleId: number
  createdBy: number
  deadline: string | null
  /** `CO_9`, `D_7`, … */
  crmLinks: string[]
  auditorIds: number[]
  /** People who want no notices of it, who keep it on top, who marked it as a favourite. */
  mutedBy: number[]
  pinnedBy: number[]
  favouriteOf: number[]
  groupId: number
  status: string
  createdAt: number
}

export interface TimelineEntry {
  id: number
  kind: 'comment' | 'logmessage' | 'todo'
  entityTypeId: number
  entityId: number
  authorId: number
  clientId: string | null
  title: string
  text: string
  iconCode: string
  deadline: string | null
  responsibleId: number | null
  at: number
  files?: { name: string, size: number }[]
  note?: { text: string, createdById: number, createdTime: string, updatedById: number, updatedTime: string }
  isPinned?: boolean
}

export interface PortalSettings {
  title: string
  /** Refuses what only a public cloud portal refuses: http and private hosts. */
  isStrict: boolean
  /** Leaves SERVER_ENDPOINT, APPLICATION_TOKEN and APPLICATION_SCOPE out of the frame's POST. */
  isLegacy: boolean
  tokenLifetimeSeconds: number
  defaultLanguage: Language
  timeZone: string
  license: string
  licenseType: string
  licenseFamily: string
  features: Record<string, boolean>
  /** Host name that the portal had before; it answers 302. */
  renamedFrom: string | null
}

export type ChangeKind = 'added' | 'updated' | 'deleted'

/** A change of a CRM item, told to whoever subscribes (events queue, automation, screens). */
export interface ItemChange {
  kind: ChangeKind
  entityTypeId: number
  id: number
  before: Readonly<Record<string, unknown>> | null
  after: Readonly<Record<string, unknown>> | null
  userId: number
  /** Imports start no automation. */
  startsAutomation: boolean
  /** The actor is a workflow: events carry no tokens then. */
  byAutomation: boolean
}

export interface Portal {
  readonly memberId: string
  /** 'http://localhost:4300'; known once the server listens. */
  origin: string
  settings: PortalSettings
  readonly clock: Clock
  readonly journal: Journal
  readonly faults: FaultSwitches
  readonly limiter: Limiter
  readonly queue: DeliveryQueue
  readonly crm: CrmStore
  readonly users: Map<number, User>
  readonly departments: Map<number, Department>
  readonly apps: Map<string, App>
  readonly tokens: Map<string, AccessToken>
  readonly codes: Map<string, AuthorizationCode>
  readonly webhooks: Map<string, Webhook>
  placements: Placement[]
  eventBindings: EventBinding[]
  readonly offlineEvents: OfflineEvent[]
  readonly bizproc: BizprocState
  readonly bi: BiState
  readonly notifications: Notification[]
  readonly tasks: Map<number, Task>
  readonly timeline: TimelineEntry[]
  /** Next number of a named sequence, from 1. */
  nextId(sequence: string): number
  /** Runs when the portal closes. */
  onClose(stop: () => void | Promise<void>): void
  close(): Promise<void>
}

export interface OfflineEvent {
  id: number
  clientId: string
  event: string
  data: Record<string, unknown>
  at: number
  processId: string | null
  isFailed: boolean
  connector: string
}
