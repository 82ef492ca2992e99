import { describe, expect, it } from 'vitest'
import { filesOf } from './placement-files.ts'

const manifest = {
  'index.html': { file: 'assets/index.js', isEntry: true, imports: ['_vue.js'], dynamicImports: ['src/features/vendors/DealTabPlacement.vue'] },
  '_vue.js': { file: 'assets/vue.js' },
  '_figure.js': { file: 'assets/figure.js', imports: ['_vue.js'], dynamicImports: ['../node_modules/chart.js/dist/chart.js'] },
  '../node_modules/chart.js/dist/chart.js': { file: 'assets/chart.js' },
  'src/features/vendors/DealTabPlacement.vue': { file: 'assets/deal.js', imports: ['_figure.js', '_vue.js'] },
  'src/features/installation/InstallPage.vue': { file: 'assets/install.js', imports: ['_vue.js'] },
  'src/locales/fr.json': { file: 'assets/fr.js' },
  '../node_modules/b24ui/dist/runtime/locale/fr.js': { file: 'assets/kit-fr.js' },
}

describe('the files of a placement', () => {
  const { placements, texts } = filesOf(manifest)

  it('are the entry, the page and all they import, and nothing of other pages', () => {
    expect(placements.install?.scripts.toSorted()).toEqual(['assets/index.js', 'assets/install.js', 'assets/vue.js'])
  })

  it('name the chart library apart, where a chart is on the screen', () => {
    expect(placements['deal-tab']).toMatchObject({ chart: ['assets/chart.js'] })
    expect(placements.install?.chart).toEqual([])
  })

  it('name the texts by language', () => {
    expect(texts.fr).toEqual(['assets/fr.js', 'assets/kit-fr.js'])
  })
})
