import type { Frame } from './frame/frame.ts'

let connected: Frame | null = null

export function provideHost(frame: Frame | null): void {
  connected = frame
}

/** The host around the page; null when the page was opened on its own. */
export const host = (): Frame | null => connected
