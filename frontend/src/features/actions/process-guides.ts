import type { ProcessId } from '@comptoir/shared/processes/process.contract'
import { textLanguage } from '../../platform/i18n/i18n.ts'
import type { InstructionStep } from './instructions.ts'

export interface ProcessGuide {
  readonly steps: readonly InstructionStep[]
  /** How it is started, by hand and by itself. */
  readonly start: string
}

/** How to build a process by hand, in the language of the texts; loaded when it is read. */
export async function loadGuide(id: ProcessId): Promise<ProcessGuide> {
  const { guides } = textLanguage() === 'fr' ? await import('./process-guides.fr.ts') : await import('./process-guides.en.ts')
  return guides[id]
}
