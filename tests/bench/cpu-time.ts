import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** What started from that process and still runs: its PostgreSQL. */
export function descendantsOf(pid: number): number[] {
  try {
    const children = execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' }).split('\n').filter(Boolean).map(Number)
    return children.flatMap(child => [child, ...descendantsOf(child)])
  }
  catch {
    return []
  }
}

export const familyOf = (pid: number): number[] => [pid, ...descendantsOf(pid)]

const millisecondsPerTick = 10

/** Milliseconds on a processor so far, together. Says what work costs on a machine that others use, too. Linux only; elsewhere 0. */
export const cpuTime = (pids: readonly number[]): number => pids.reduce((sum, pid) => sum + ticksOf(pid) * millisecondsPerTick, 0)

function ticksOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name before the last bracket may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return Number(fields[11]) + Number(fields[12])
  }
  catch {
    return 0
  }
}
