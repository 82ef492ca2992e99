import { readonly, ref } from 'vue'

const spoken = ref('')

/** What the page's one polite live region says. */
export const announcement = readonly(spoken)

/** Tells people who cannot see the change: saved, loaded, moved to another page. */
export function announce(text: string): void {
  // The same text twice would not be read again: a trailing no-break space makes it new.
  spoken.value = spoken.value === text ? `${text}\u00A0` : text
}
