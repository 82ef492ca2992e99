import type { Component } from 'vue'
import { addTexts } from '../platform/i18n/i18n.ts'
import type { SectionEntry } from '../platform/sections.ts'
import { dealSectionEntries, vendorSectionEntries, type SectionFile } from './section-entries.ts'

const files = import.meta.glob<{ default: Component }>('../features/*/*Section.vue')

/** A section is loaded only when its tab is opened, together with its words. */
const entryOf = ({ id, group, section, texts }: SectionFile): SectionEntry => ({
  id,
  group,
  async load() {
    const load = files[`../features/${section}.vue`]
    if (!load)
      throw new Error(`no section ${section}`)
    const [loaded] = await Promise.all([load(), addTexts(texts)])
    return loaded.default
  },
})

export const ofVendors: readonly SectionEntry[] = vendorSectionEntries.map(entryOf)
export const ofDeals: readonly SectionEntry[] = dealSectionEntries.map(entryOf)
