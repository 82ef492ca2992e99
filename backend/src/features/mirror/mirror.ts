import type { SyncState } from '@comptoir/shared/mirror/mirror.contract'
import type { SmartProcesses } from '@comptoir/shared/mirror/smart-process.contract'

/** What the rest of the application may ask of the mirror. */
export interface Mirror {
  /** Schedules the runs; once, after the jobs have started. */
  resume(): Promise<void>
  /** Begins the first full reading of a portal, as soon as a worker is free. */
  start(portalId: number): Promise<void>
  /** Ends what runs for a portal that is going away. */
  stop(portalId: number): Promise<void>
  /** Pipelines, stages, currencies, people: what a fresh installation needs before anything else. */
  readDirectories(portalId: number): Promise<void>
  /** A hint from an event: the record is read again soon. Events of other kinds are ignored. `entityTypeId` is 0 where the event names none. */
  noteChange(portalId: number, event: string, entityId: number, entityTypeId: number): Promise<void>
  /** Reads one record now, because somebody is looking at it. Answers whether the portal has it. */
  readDeal(portalId: number, dealId: number): Promise<boolean>
  readCompany(portalId: number, companyId: number): Promise<boolean>
  state(portal: { id: number, timeZone: string }): Promise<SyncState>
  runNow(portalId: number): Promise<void>
  pause(portalId: number): Promise<void>
  unpause(portalId: number): Promise<void>
  rebuild(portalId: number): Promise<void>
  smartProcesses(portalId: number): Promise<SmartProcesses>
  chooseSmartProcesses(portalId: number, entityTypeIds: readonly number[], userId: number): Promise<SmartProcesses>
}
