/** One line of a list that is searched. */
export interface PickOption {
  readonly id: string
  readonly label: string
  /** Told in small letters behind the label. */
  readonly hint?: string
}
