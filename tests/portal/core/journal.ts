/** Everything worth looking at afterwards, by channel; each entry is also told to subscribers. */
export type JournalChannel = 'rest' | 'delivery' | 'notification' | 'task' | 'workflow' | 'frame' | 'lifecycle' | 'crm' | 'bi'

export interface JournalEntry {
  seq: number
  at: string
  channel: JournalChannel
  [detail: string]: unknown
}

export interface Journal {
  write(channel: JournalChannel, details: Record<string, unknown>): JournalEntry
  read(channel?: JournalChannel, sinceSeq?: number): JournalEntry[]
  subscribe(listener: (entry: JournalEntry) => void): () => void
  clear(): void
}

const keptPerChannel = 5000

export function createJournal(now: () => number): Journal {
  const channels = new Map<JournalChannel, JournalEntry[]>()
  const listeners = new Set<(entry: JournalEntry) => void>()
  let seq = 0

  return {
    write(channel, details) {
      const entry: JournalEntry = { ...details, seq: ++seq, at: new Date(now()).toISOString(), channel }
      const kept = channels.get(channel) ?? []
      channels.set(channel, kept)
      kept.push(entry)
      if (kept.length > keptPerChannel * 1.2)
        kept.splice(0, kept.length - keptPerChannel)
      for (const listener of listeners)
        listener(entry)
      return entry
    },
    read(channel, sinceSeq = 0) {
      const entries = channel ? channels.get(channel) ?? [] : [...channels.values()].flat().sort((a, b) => a.seq - b.seq)
      return entries.filter(entry => entry.seq > sinceSeq)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    clear: () => channels.clear(),
  }
}
