/** Analyses that a rule can decide by, each with the verdicts that may count as yes, the usual one first. */
const verdicts: Readonly<Record<string, readonly string[]>> = {
  'metric-threshold': ['reached', 'not_reached'],
  'comparison': ['down', 'up', 'stable'],
  'anomaly': ['above', 'below', 'normal'],
  'forecast': ['below_target', 'uncertain', 'above_target', 'refused'],
  'data-quality': ['bad', 'attention', 'good'],
  'segment': ['member', 'not_member'],
  'scenario': ['down', 'up', 'stable'],
}

export const decidingAnalyses: readonly string[] = Object.keys(verdicts)

export const verdictsOf = (operation: string): readonly string[] => verdicts[operation] ?? []
