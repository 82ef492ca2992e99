import { describe, expect, it } from 'vitest'
import { filesOf } from './placement-files.ts'

const manifest = {
  'index.html': { file: 'assets/index.js', isEntry: true, imports: ['_vue.js'], dynamicImports: ['src/features/vendors/DealTabPlacement.vue'] },
  '_vue.js': { file: 'assets/vue.js' },
  '_figure.js': { file: 'assets/figure.js', imports: ['_vue.js'], dynamicImports: ['../node_modules/chart.js/dist/chart.js'] },
  '../node_modules/chart.js/dist/chart.js': { file: 'assets/chart.js' },
  'src/features/vendors/DealTabPlacement.vue': { file: 'assets/deal.js', imports: ['_figure.js', '_vue.js'] },
  'src/features/installation/InstallPage.vue': { file: 'assets/install.js', imports: ['_vue.js'] },
  'virtual:texts/common.fr': { file: 'assets/common-fr.js' },
  'virtual:texts/common.en': { file: 'assets/common-en.js' },
  'virtual:texts/vendors.fr': { file: 'assets/vendors-fr.js' },
  'virtual:texts/imports.fr': { file: 'assets/imports-fr.js' },
  '../node_modules/b24ui/dist/runtime/locale/fr.js': { file: 'assets/kit-fr.js' },
}

describe('the files of a page', () => {
  const { pages, placements } = filesOf(manifest)

  it('are the entry, the page and all they import, and nothing of other pages', () => {
    expect(pages['installation/InstallPage']?.scripts.toSorted()).toEqual(['assets/index.js', 'assets/install.js', 'assets/vue.js'])
  })

  it('name the chart library apart, where a chart is on the screen', () => {
    expect(pages['vendors/DealTabPlacement']?.chart).toEqual(['assets/chart.js'])
    expect(pages['installation/InstallPage']?.chart).toEqual([])
  })

  it('name the texts of every page and its own, by language, and no others', () => {
    expect(pages['vendors/DealTabPlacement']?.texts).toEqual({
      fr: ['assets/common-fr.js', 'assets/vendors-fr.js', 'assets/kit-fr.js'],
      en: ['assets/common-en.js'],
    })
  })

  it('are found by the placement that starts with the page', () => {
    expect(placements['deal-tab']).toBe('vendors/DealTabPlacement')
  })
})
