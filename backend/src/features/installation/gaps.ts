import { AppError } from '@comptoir/shared/errors'

/** What the portal refuses of a step: its plan, its version or its rights may lack one of many things. */
export interface Gaps {
  /** Runs one part of the step. `isFine`: despite the refusal the portal has it, or it can be done without. */
  attempt(part: string, run: () => Promise<unknown>, isFine: (hostCode: string) => boolean | Promise<boolean>): Promise<void>
  /**
   * Answers what was refused.
   * @throws AppError installation.incomplete, unless the administrator goes on without
   */
  close(): readonly string[]
}

export function noteGaps(areAccepted: boolean): Gaps {
  const refused: string[] = []
  return {
    async attempt(part, run, isFine) {
      try {
        await run()
      }
      catch (error) {
        if (!isRefusal(error))
          throw error
        const hostCode = String(error.details.hostCode ?? '')
        if (!await isFine(hostCode))
          refused.push(hostCode ? `${part} (${hostCode})` : part)
      }
    },
    close() {
      if (refused.length > 0 && !areAccepted)
        throw new AppError('installation.incomplete', { details: { refused: refused.join(', ') } })
      return refused
    },
  }
}

/** Its version has never heard of such a thing: nobody can grant it. */
export const isUnknownToPortal = (hostCode: string): boolean =>
  ['ERROR_PLACEMENT_NOT_FOUND', 'ERROR_EVENT_NOT_FOUND', 'ERROR_METHOD_NOT_FOUND'].includes(hostCode)

/** For reading what is there: a portal that does not tell is treated as empty. */
export function refusedAsEmpty(error: unknown): unknown[] {
  if (isRefusal(error))
    return []
  throw error
}

const isRefusal = (error: unknown): error is AppError =>
  error instanceof AppError && (error.code === 'crm.refused' || error.code === 'crm.forbidden' || error.code === 'crm.not_found')
