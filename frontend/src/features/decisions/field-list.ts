export interface Choice {
  readonly value: string
  readonly label: string
}

/** One labelled field of a form, told as data. */
export interface ListedField {
  readonly label: string
  /** What it takes is chosen from these, else typed. */
  readonly items?: readonly Choice[]
  readonly type?: 'text' | 'number' | 'time' | 'date'
  readonly unit?: string
  readonly help?: string
  readonly value: string
  readonly set: (value: string) => void
}

/** Named things as choices, after a first one that stands for none of them. */
export const choicesOf = (rows: readonly { readonly id: string, readonly name: string }[], first?: string): Choice[] =>
  [...first === undefined ? [] : [{ value: '', label: first }], ...rows.map(({ id, name }) => ({ value: id, label: name }))]
