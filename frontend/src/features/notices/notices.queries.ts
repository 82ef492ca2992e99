import { noticeApi, type NoticePreferences, type NoticeSettings } from '@comptoir/shared/notices/notice.contract'
import { useQuery, useQueryCache } from '@pinia/colada'
import { call } from '../../platform/api.ts'

const preferencesKey = ['notices', 'preferences']
const settingsKey = ['notices', 'settings']

export const usePreferences = () => useQuery({ key: preferencesKey, query: ({ signal }) => call(noticeApi.preferences, {}, { signal }), staleTime: 0 })

export const useNoticeSettings = () => useQuery({ key: settingsKey, query: ({ signal }) => call(noticeApi.settings, {}, { signal }), staleTime: 0 })

export interface NoticeWrites {
  savePreferences: (body: NoticePreferences) => Promise<void>
  saveSettings: (body: NoticeSettings) => Promise<void>
}

export function useNoticeWrites(): NoticeWrites {
  const cache = useQueryCache()
  return {
    async savePreferences(body) {
      cache.setQueryData(preferencesKey, await call(noticeApi.savePreferences, { body }))
    },
    async saveSettings(body) {
      cache.setQueryData(settingsKey, await call(noticeApi.saveSettings, { body }))
    },
  }
}
