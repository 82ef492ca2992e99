/** Stands in for `@vue/devtools-api`. */
export const setupDevtoolsPlugin = (): void => undefined
