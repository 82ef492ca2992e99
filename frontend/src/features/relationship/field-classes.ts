export const inputClass = 'plain-input w-full'
export const areaClass = 'plain-input w-full'
export const gridClass = 'grid grid-cols-[repeat(auto-fill,minmax(min(220px,100%),1fr))] gap-3'

/** What an empty field stands for. */
export const orNull = (text: string | null | undefined): string | null => text?.trim() || null

/** A whole number as typed; null when the field is empty or no number. */
export function wholeOrNull(text: string | number | null | undefined): number | null {
  const number = Number.parseInt(String(text ?? ''), 10)
  return Number.isNaN(number) ? null : number
}
