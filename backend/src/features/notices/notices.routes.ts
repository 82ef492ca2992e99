import type { FastifyInstance } from 'fastify'
import { noticeApi } from '@comptoir/shared/notices/notice.contract'
import { serve } from '../../platform/http/serve.ts'
import type { Database } from '../../platform/storage/database.ts'
import { actOnAlerts } from './alert-actions.postgres.ts'
import { countAlerts, listAlerts, readAlertHistory } from './alerts.postgres.ts'
import { preferencesPage, savePreferences } from './preferences.postgres.ts'
import { saveSettings, settingsPage } from './portal-settings.postgres.ts'

export interface NoticeDeps {
  readonly db: Database
  readonly now: () => Date
}

export function noticeRoutes(app: FastifyInstance, { db, now }: NoticeDeps): void {
  serve(app, noticeApi.alerts, ({ query }, caller) => listAlerts(db, caller, query, now()))
  serve(app, noticeApi.count, (_request, caller) => countAlerts(db, caller, now()))
  serve(app, noticeApi.history, async ({ params }, caller) => ({ events: await readAlertHistory(db, caller, params.alertId) }))
  serve(app, noticeApi.act, async ({ body }, caller) => ({ changed: await actOnAlerts(db, caller, body, now()) }))

  serve(app, noticeApi.preferences, (_request, caller) => preferencesPage(db, caller, now()))
  serve(app, noticeApi.savePreferences, async ({ body }, caller) => {
    await savePreferences(db, caller, body, now())
    return preferencesPage(db, caller, now())
  })
  serve(app, noticeApi.settings, (_request, caller) => settingsPage(db, caller.portal, now()))
  serve(app, noticeApi.saveSettings, async ({ body }, caller) => {
    await saveSettings(db, caller, body, now())
    return settingsPage(db, caller.portal, now())
  })
}
