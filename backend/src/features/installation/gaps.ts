import { AppError } from '@comptoir/shared/errors'

/** What the portal refuses of a step: its plan, its version or its rights may lack one of many things. */
export interface Gaps {
  /** Runs one part of the step. `isThere`: despite the refusal the portal has it. */
  attempt(part: string, run: () => Promise<unknown>, isThere: (hostCode: string) => boolean | Promise<boolean>): Promise<void>
  /** @throws AppError installation.incomplete, unless the administrator goes on without */
  close(): void
}

export function noteGaps(areAccepted: boolean): Gaps {
  const refused: string[] = []
  return {
    async attempt(part, run, isThere) {
      try {
        await run()
      }
      catch (error) {
        if (!isRefusal(error))
          throw error
        const hostCode = String(error.details.hostCode ?? '')
        if (!await isThere(hostCode))
          refused.push(hostCode ? `${part} (${hostCode})` : part)
      }
    },
    close() {
      if (refused.length > 0 && !areAccepted)
        throw new AppError('installation.incomplete', { details: { refused: refused.join(', ') } })
    },
  }
}

/** For reading what is there: a portal that does not tell is treated as empty. */
export function refusedAsEmpty(error: unknown): unknown[] {
  if (isRefusal(error))
    return []
  throw error
}

const isRefusal = (error: unknown): error is AppError =>
  error instanceof AppError && (error.code === 'crm.refused' || error.code === 'crm.forbidden' || error.code === 'crm.not_found')
