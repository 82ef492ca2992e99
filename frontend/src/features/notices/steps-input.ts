const most = 365

/** `90, 30, 7, 0` → days, largest first; null when it is not a list of days. */
export function readSteps(text: string): number[] | null {
  const parts = text.split(/[,;\s]+/).filter(part => part !== '')
  const days = parts.map(Number)
  return days.every(day => Number.isInteger(day) && day >= 0 && day <= most) && days.length <= 8
    ? [...new Set(days)].sort((a, b) => b - a)
    : null
}

export const writeSteps = (steps: readonly number[]): string => steps.join(', ')
