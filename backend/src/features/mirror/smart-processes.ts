import type { SmartProcesses } from '@comptoir/shared/mirror/smart-process.contract'

export interface SmartType {
  readonly entityTypeId: number
  readonly title: string
}

export interface SmartPorts {
  /** What the portal has. */
  readonly existing: () => Promise<readonly SmartType[]>
  readonly chosen: () => Promise<readonly SmartType[]>
}

/** One that the portal no longer has stays in the list as long as it is chosen: somebody must be able to let it go. */
export async function listSmartProcesses({ existing, chosen }: SmartPorts): Promise<SmartProcesses> {
  const [present, kept] = await Promise.all([existing(), chosen()])
  const isChosen = new Set(kept.map(({ entityTypeId }) => entityTypeId))
  const lost = kept.filter(({ entityTypeId }) => !present.some(type => type.entityTypeId === entityTypeId))
  return { processes: [...present, ...lost].map(({ entityTypeId, title }) => ({ entityTypeId, title, isChosen: isChosen.has(entityTypeId) })) }
}
