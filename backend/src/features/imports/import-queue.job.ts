import { queue } from '../../platform/jobs/jobs.ts'

export interface ImportWork {
  readonly portalId: number
  readonly importId: string
  readonly step: 'preview' | 'run' | 'undo'
}

/** A step of an import. Every step goes on from what it has settled, so a delivery more costs nothing. */
export const importQueue = queue<ImportWork>({ name: 'import-steps', retries: 8, expireInSeconds: 60 * 60, concurrency: 2 })
