export const productionFlags: readonly string[]
export const productionEnvironment: Readonly<Record<string, string>>
