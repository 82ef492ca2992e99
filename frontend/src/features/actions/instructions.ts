import type { ActionId } from '@comptoir/shared/actions/definitions'
import { textLanguage } from '../../platform/i18n/i18n.ts'
import { holdsWords } from './search-words.ts'

export interface InstructionStep {
  readonly text: string
  /** Name of the screenshot that shows the step. */
  readonly picture?: string
  /** What the screenshot shows, for those who cannot see it. */
  readonly pictureText?: string
}

export interface InstructionSection {
  readonly id: string
  readonly title: string
  readonly intro: string
  readonly steps: readonly InstructionStep[]
  /** What is good to know beside the steps. */
  readonly note?: string
}

export interface Instructions {
  readonly summary: string
  readonly sections: readonly InstructionSection[]
}

/** How to use an action, in the language of the texts; loaded when it is read. */
export async function loadInstructions(actionId: ActionId): Promise<Instructions> {
  const { instructions } = textLanguage() === 'fr' ? await import('./instructions.fr.ts') : await import('./instructions.en.ts')
  return instructions[actionId]
}

const textsOf = ({ title, intro, steps, note }: InstructionSection): string =>
  [title, intro, ...steps.map(({ text }) => text), note ?? ''].join(' ')

/** Sections that hold every word, with the steps that do; all steps where only the section as a whole does. */
export function findSections(sections: readonly InstructionSection[], words: readonly string[]): readonly InstructionSection[] {
  if (words.length === 0)
    return sections
  return sections.filter(section => holdsWords(textsOf(section), words)).map((section) => {
    const steps = section.steps.filter(({ text }) => holdsWords(text, words))
    return steps.length > 0 ? { ...section, steps } : section
  })
}
