import { AppError } from '@comptoir/shared/errors'
import { newKey, parseFrameName, readReply, settledOrigin, writeCommand } from './frame-wire.ts'
import { chosenEntity, parseFrameAuth, parseFrameInit, refusalOf, sliderPath, type FrameAuth, type FrameInit } from './frame-values.ts'

export interface FoundEntity {
  readonly id: string
  readonly name: string
  readonly phone?: string
  readonly email?: string
  readonly web?: string
}

export interface CreatedEntity {
  readonly entityType: 'company' | 'bank'
  readonly id: string
  readonly title: string
  /** By their names in the CRM. */
  readonly fields: Readonly<Record<string, string>>
}

/** The few commands Comptoir gives its host; the rest of the SDK stays out of the first screen. */
export interface Frame {
  /** Where the portal lives: for links that open in a tab of their own. */
  readonly origin: string
  /** Asked once; later callers share the answer. */
  init: () => Promise<FrameInit>
  refreshAuth: () => Promise<FrameAuth>
  getInterface: () => Promise<readonly string[]>
  setTitle: (title: string) => Promise<void>
  resizeWindow: (width: number | '100%', height: number) => Promise<void>
  setPropertyValue: (values: Readonly<Record<string, unknown>>) => Promise<void>
  reloadData: () => Promise<void>
  /** Resolves when the opened page is closed. */
  openPath: (path: string, options?: { widthPx?: number }) => Promise<void>
  /** To the host's search field for details: what was found. */
  showFoundEntities: (found: readonly FoundEntity[]) => void
  /** Hears of every option that the user of the search field chooses, by its id. */
  onEntityChosen: (hear: (id: string) => void) => void
  /** What the card is to be filled with. */
  showCreatedEntity: (entity: CreatedEntity) => void
  openApplication: (params: Readonly<Record<string, unknown>>) => Promise<void>
  closeApplication: () => void
  setInstallFinish: () => void
}

export interface FrameTimes {
  /** How long the host may take to hand over the page's data or a fresh token. */
  readonly handshakeMs: number
  /** Commands the host may leave unanswered settle by themselves after this. */
  readonly courtesyMs: number
}

const usualTimes: FrameTimes = { handshakeMs: 10_000, courtesyMs: 900 }

/** Null when the page was opened outside the host. */
export function connectFrame(page: Window, times: FrameTimes = usualTimes): Frame | null {
  const name = parseFrameName(page.name)
  if (!name || page.parent === page)
    return null
  const { sid } = name
  const origin = settledOrigin(name.origin, page.location?.ancestorOrigins?.[0] ?? page.document?.referrer ?? null)
  const waiting = new Map<string, (value: unknown) => void>()
  /** Events come under the key that their handler was bound with, as often as they happen. */
  const listening = new Map<string, (value: unknown) => void>()

  page.addEventListener('message', (event) => {
    const reply = event.origin === origin && event.source === page.parent ? readReply(event.data) : null
    if (!reply)
      return
    listening.get(reply.key)?.(reply.value)
    const settle = waiting.get(reply.key)
    waiting.delete(reply.key)
    settle?.(reply.value)
  })

  const post = (command: string, params: object | null = null): string => {
    const key = newKey()
    page.parent.postMessage(writeCommand(command, params, key, sid), origin)
    return key
  }
  const ask = (command: string, params: object | null = null): Promise<unknown> =>
    new Promise(resolve => waiting.set(post(command, params), resolve))

  const askInTime = (command: string): Promise<unknown> => new Promise((resolve, reject) => {
    const key = post(command)
    const timer = setTimeout(() => {
      waiting.delete(key)
      reject(new AppError('frame.silent', { details: { command } }))
    }, times.handshakeMs)
    waiting.set(key, (value) => {
      clearTimeout(timer)
      resolve(value)
    })
  })

  const tell = (command: string, params: object | null = null): Promise<unknown> => new Promise((resolve) => {
    const key = post(command, params)
    const timer = setTimeout(() => {
      waiting.delete(key)
      resolve(null)
    }, times.courtesyMs)
    waiting.set(key, (value) => {
      clearTimeout(timer)
      resolve(value)
    })
  })

  const hear = (event: string, listener: (value: unknown) => void): void => void listening.set(post('placementBindEvent', { event }), listener)
  const openTab = (path: string): void => void page.open(new URL(path, origin), '_blank', 'noopener')
  return { origin, ...commandsOver({ post, ask, askInTime, tell, hear, openTab }) }
}

interface Wire {
  openTab: (path: string) => void
  post: (command: string, params?: object | null) => string
  ask: (command: string, params?: object | null) => Promise<unknown>
  askInTime: (command: string) => Promise<unknown>
  tell: (command: string, params?: object | null) => Promise<unknown>
  hear: (event: string, listener: (value: unknown) => void) => void
}

function commandsOver({ post, ask, askInTime, tell, hear, openTab }: Wire): Omit<Frame, 'origin'> {
  let first: Promise<FrameInit> | null = null
  const start = async (): Promise<FrameInit> => {
    const init = parseFrameInit(await askInTime('getInitData'))
    if (init.isFirstRun)
      post('setInstall', { install: true })
    return init
  }
  return {
    init: () => first ??= start().catch((error: unknown) => {
      first = null
      throw error
    }),
    refreshAuth: async () => parseFrameAuth(await askInTime('refreshAuth')),
    getInterface: async () => {
      const answer = await tell('getInterface') as { command?: unknown } | null
      return Array.isArray(answer?.command) ? answer.command.map(String) : []
    },
    setTitle: async title => void await tell('setTitle', { title }),
    resizeWindow: async (width, height) => void await tell('resizeWindow', { width, height }),
    setPropertyValue: async values => void await tell('setPropertyValue', values),
    reloadData: async () => void await tell('reloadData'),
    openPath: async (path, { widthPx } = {}) => {
      const refusal = refusalOf(await ask('openPath', { path: sliderPath(path, widthPx) }))
      if (refusal === 'METHOD_NOT_SUPPORTED_ON_DEVICE')
        openTab(path)
      else if (refusal)
        throw new AppError('crm.refused', { details: { reason: refusal } })
    },
    showFoundEntities: found => void post('crmShowFoundEntities', { data: found }),
    onEntityChosen: (listener) => {
      hear('onCrmEntityIsNeedToCreate', (told) => {
        const id = chosenEntity(told)
        if (id !== null)
          listener(id)
      })
    },
    showCreatedEntity: entity => void post('crmShowCreatedEntity', entity),
    openApplication: async params => void await ask('openApplication', params),
    closeApplication: () => void post('closeApplication'),
    setInstallFinish: () => void post('setInstallFinish'),
  }
}
