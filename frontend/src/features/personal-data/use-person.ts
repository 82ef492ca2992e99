import { personalDataApi, type PersonMatch, type PersonSearch } from '@comptoir/shared/personal-data/personal-data.contract'
import { computed, ref, shallowRef } from 'vue'
import { call } from '../../platform/api.ts'
import { textLanguage } from '../../platform/i18n/i18n.ts'
import { saveDocument } from '../../platform/save-file.ts'

/** A person that is looked for, what was found, and what of it is to go. */
export function usePerson() {
  /** What was searched, which the field may have left behind. */
  const term = ref('')
  const found = shallowRef<PersonSearch | null>(null)
  const chosen = ref<string[]>([])
  const isBusy = ref(false)
  const erasable = computed(() => found.value?.matches.filter(({ isErasable }) => isErasable) ?? [])

  async function busy<T>(work: () => Promise<T>): Promise<T> {
    isBusy.value = true
    return work().finally(() => (isBusy.value = false))
  }

  const search = (typed: string): Promise<void> => busy(async () => {
    found.value = await call(personalDataApi.search, { body: { term: typed.trim() } })
    term.value = typed.trim()
    chosen.value = []
  })

  const download = (format: 'json' | 'xlsx'): Promise<void> => busy(async () =>
    saveDocument(await call(personalDataApi.export, { body: { term: term.value, format, language: textLanguage() } })))

  const erase = (): Promise<void> => busy(async () => {
    found.value = await call(personalDataApi.erase, { body: { term: term.value, matchIds: chosen.value } })
    chosen.value = []
  })

  function toggle({ matchId }: PersonMatch): void {
    chosen.value = chosen.value.includes(matchId) ? chosen.value.filter(id => id !== matchId) : [...chosen.value, matchId]
  }

  return { term, found, chosen, erasable, isBusy, search, download, erase, toggle }
}
