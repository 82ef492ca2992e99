export const productionFlags: readonly string[]
export const productionEnvironment: Readonly<Record<string, string>>
export function compileAhead(node: string): void
