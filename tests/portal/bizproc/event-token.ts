import type { Portal } from '../state.ts'
import { createHmac, randomBytes, randomInt } from 'node:crypto'

/** `66e81a641752f8.56521481`: seconds and microseconds in hex, then noise. */
export function newWorkflowId(portal: Portal): string {
  const now = portal.clock.now()
  const seconds = Math.floor(now / 1000).toString(16).padStart(8, '0')
  const micro = ((now % 1000) * 1000 + portal.nextId('workflow') % 1000).toString(16).slice(0, 5).padStart(5, '0')
  return `${seconds}${micro}${randomInt(10)}.${String(randomInt(10 ** 8)).padStart(8, '0')}`
}

/** `<workflow>|<step>|<salt>.<signature>`. */
export function newEventToken(portal: Portal, workflowId: string, stepName: string): string {
  const salt = randomBytes(16).toString('hex')
  const signature = createHmac('sha256', portal.bizproc.secret).update(`${workflowId}|${stepName}|${salt}`).digest('hex')
  return `${workflowId}|${stepName}|${salt}.${signature}`
}

export const workflowIdOf = (eventToken: string): string => eventToken.split('|', 1)[0] ?? ''
