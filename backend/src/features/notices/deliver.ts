import { AppError } from '@comptoir/shared/errors'
import { noticeKind, isNoticeKind, type NoticeKindId, type TriggerCode } from '@comptoir/shared/notices/kinds'
import { portalPathOf } from '@comptoir/shared/notices/notice-link'
import { noticeLanguage, tellNotice, withoutName, type NoticeParams, type NoticeValue } from '@comptoir/shared/notices/notice-text'
import { momentOf, nextAllowed, type QuietHours } from '@comptoir/shared/notices/quiet-hours'
import { dayAt } from '@comptoir/shared/insights/calendar'
import type { ClaimedDelivery, Ending } from './deliver.postgres.ts'

export interface Reader {
  readonly language: string
  readonly timeZone: string
  readonly quiet: QuietHours
}

export interface Message {
  readonly userId: number
  readonly title: string
  readonly text: string
  /** Inside the portal; null where the app's own address is not known. */
  readonly path: string | null
  readonly openLabel: string
  readonly tag: string
  readonly companyId: number | null
  readonly deadline: Date
}

/** A line in the timeline of a record. */
export interface TimelineLine {
  readonly of: 'company' | 'deal'
  readonly entityId: number
  readonly title: string
  readonly text: string
}

/** What the portal can be asked for. Each answers the host's id. */
export interface Channels {
  readonly bell: (message: Message) => Promise<string>
  readonly todo: (message: Message) => Promise<string>
  readonly task: (message: Message) => Promise<string>
  readonly trigger: (code: TriggerCode, dealId: number) => Promise<string>
  readonly timeline: (line: TimelineLine) => Promise<string>
  readonly earlierLine: (line: TimelineLine, since: Date) => Promise<string | null>
  /** One that an earlier try has left in the portal since then; null when none is seen. */
  readonly earlier: (channel: 'todo' | 'task', message: Message, since: Date) => Promise<string | null>
}

export interface DeliverDeps {
  /** Why the notice has stopped mattering; null while it holds. */
  readonly untrue: (one: ClaimedDelivery, kind: NoticeKindId, now: Date) => Promise<string | null>
  readonly mayBeTold: (one: ClaimedDelivery, kind: NoticeKindId) => Promise<boolean>
  readonly mayBeNamed: (one: ClaimedDelivery, kind: NoticeKindId) => Promise<boolean>
  readonly readerOf: (one: ClaimedDelivery) => Promise<Reader>
  /** How a record's timeline is written, for whoever reads it. */
  readonly writerOf: (one: ClaimedDelivery) => Promise<Omit<Reader, 'quiet'>>
  readonly appCode: (portalId: number) => Promise<string | null>
  readonly channels: (portalId: number) => Channels
  readonly end: (one: ClaimedDelivery, ending: Ending, now: Date) => Promise<void>
  readonly postpone: (one: ClaimedDelivery, until: Date, options: { isTry: boolean, reason?: string | null }) => Promise<void>
  /** Tells the person by the bell instead. */
  readonly fallBack: (one: ClaimedDelivery, now: Date) => Promise<void>
}

const mostTries = 12
const patienceMs = (tries: number): number => Math.min(30_000 * 2 ** (tries - 1), 3_600_000)

/** Everything is asked again right before sending: rights, the night, and whether it still matters. */
export async function deliverOne(deps: DeliverDeps, one: ClaimedDelivery, now: Date): Promise<void> {
  const kind = isNoticeKind(one.kind) ? one.kind : null
  const untrue = kind ? await deps.untrue(one, kind, now) : 'unknown_kind'
  const isRecord = one.channel === 'trigger' || one.channel === 'company_timeline' || one.channel === 'deal_timeline'
  if (!kind || (untrue !== null && !(isRecord && (untrue === 'acknowledged' || untrue === 'snoozed'))))
    return deps.end(one, { state: 'dropped', reason: untrue }, now)
  if (one.channel === 'trigger')
    return send(deps, one, now, () => deps.channels(one.portalId).trigger(noticeKind(kind).trigger ?? 'status_changed', one.entityId))
  if (isRecord)
    return send(deps, one, now, () => writeLine(deps, one, now))
  if (!await deps.mayBeTold(one, kind))
    return deps.end(one, { state: 'dropped', reason: 'no_right' }, now)
  const reader = await deps.readerOf(one)
  const allowed = one.isUrgent ? now : nextAllowed(now, reader.quiet)
  if (allowed > now)
    return deps.postpone(one, allowed, { isTry: false })
  const read = await deps.mayBeNamed(one, kind) ? one : { ...one, params: withoutName(kind, one.params) }
  const message = messageOf(read, reader, await deps.appCode(one.portalId), now)
  await send(deps, one, now, () => sendMessage(deps, one, message))
}

/** A bell may ring twice: its tag lets the second take the first one's place. What else an earlier try may have left is looked for. */
async function sendMessage(deps: DeliverDeps, one: ClaimedDelivery, message: Message): Promise<string> {
  const channels = deps.channels(one.portalId)
  if (one.channel === 'bell')
    return channels.bell(message)
  const channel = one.channel === 'task' ? 'task' : 'todo'
  const earlier = one.attempts > 1 ? await channels.earlier(channel, message, one.startedAt) : null
  return earlier ?? channels[channel](message)
}

/** A line whose answer was lost is looked for before it is written again. */
async function writeLine(deps: DeliverDeps, one: ClaimedDelivery, now: Date): Promise<string> {
  const { title, text } = toldIn(one, await deps.writerOf(one), now)
  const line: TimelineLine = { of: one.channel === 'deal_timeline' ? 'deal' : 'company', entityId: one.entityId, title, text }
  const channels = deps.channels(one.portalId)
  const earlier = one.attempts > 1 ? await channels.earlierLine(line, one.startedAt) : null
  return earlier ?? channels.timeline(line)
}

async function send(deps: DeliverDeps, one: ClaimedDelivery, now: Date, work: () => Promise<string>): Promise<void> {
  let hostId: string
  try {
    hostId = await work()
  }
  catch (error) {
    if (!(error instanceof AppError))
      throw error
    return afterFailure(deps, one, now, error)
  }
  await deps.end(one, { state: 'sent', hostId }, now)
}

async function afterFailure(deps: DeliverDeps, one: ClaimedDelivery, now: Date, error: AppError): Promise<void> {
  const reason = String(error.details.hostCode ?? '') || error.code
  const mayPass = error.isRetryable || error.code === 'crm.login_lost'
  if (mayPass && one.attempts < mostTries)
    return deps.postpone(one, new Date(now.getTime() + patienceMs(one.attempts)), { isTry: true, reason })
  if (one.channel === 'todo' || one.channel === 'task')
    await deps.fallBack(one, now)
  await deps.end(one, { state: 'failed', reason }, now)
}

function toldIn(one: ClaimedDelivery, { language, timeZone }: Omit<Reader, 'quiet'>, now: Date): { title: string, text: string } {
  const told = tellNotice({ kind: one.kind, params: plainParams(one.params), vendor: one.vendor && plain(one.vendor), dueOn: one.dueOn }, { language, today: dayAt(now, timeZone) })
  return { title: told?.title ?? '', text: told?.text ?? '' }
}

function messageOf(one: ClaimedDelivery, reader: Reader, appCode: string | null, now: Date): Message {
  const { language, timeZone } = reader
  const today = dayAt(now, timeZone)
  const isAhead = one.dueOn !== null && one.dueOn > today
  return {
    userId: one.userId,
    ...toldIn(one, reader, now),
    path: one.link && portalPathOf(one.link, appCode),
    openLabel: noticeLanguage(language) === 'fr' ? 'Ouvrir dans Comptoir' : 'Open in Comptoir',
    // What follows on the same subject takes its place, so the bell never holds two steps of one ladder.
    tag: `comptoir:${one.alertKey ?? one.key}:${one.userId}`.slice(0, 200),
    companyId: one.companyId,
    deadline: isAhead && one.dueOn ? momentOf(one.dueOn, 18 * 60, timeZone) : new Date(now.getTime() + 24 * 3_600_000),
  }
}

/** Brackets of a name would be read as codes by the chat. */
const plain = (text: string): string => text.replaceAll('[', '(').replaceAll(']', ')')

const plainParams = (params: NoticeParams): NoticeParams => Object.fromEntries(Object.entries(params).map(([name, value]) => [name, plainValue(value)]))

function plainValue(value: NoticeValue): NoticeValue {
  if (typeof value === 'string')
    return plain(value)
  return value !== null && typeof value === 'object' && 'fr' in value ? { fr: plain(value.fr), en: plain(value.en) } : value
}
