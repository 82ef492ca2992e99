/**
 * Values of the workflow designer that are filled in when the step runs: `{=Document:TITLE}`, `{=A1_2:score}`, `{{Title}}`.
 */
const expressions = /\{=[A-Za-z_][\w]*:[^{}]+\}|\{\{[^{}]+\}\}/g

export const hasExpression = (text: string): boolean => text.match(expressions) !== null

export const expressionsIn = (text: string): readonly string[] => text.match(expressions) ?? []

/** A field of the record the workflow runs on, `{=Document:COMPANY_ID}` → `COMPANY_ID`; null for anything else. */
export const documentField = (expression: string): string | null =>
  /^\{=Document:([^{}]+)\}$/.exec(expression)?.[1] ?? null

/** Replaces what `known` knows; the rest stays as it is and is listed. */
export function fillIn(text: string, known: ReadonlyMap<string, string>): { readonly text: string, readonly open: readonly string[] } {
  const open: string[] = []
  const filled = text.replace(expressions, (expression) => {
    const value = known.get(expression)
    if (value === undefined)
      open.push(expression)
    return value ?? expression
  })
  return { text: filled, open }
}
