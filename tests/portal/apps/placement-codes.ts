import type { Portal } from '../state.ts'

const cards = ['LEAD', 'DEAL', 'CONTACT', 'COMPANY', 'QUOTE', 'SMART_INVOICE', 'ORDER']
const cardPlaces = ['DETAIL_TAB', 'DETAIL_TOOLBAR', 'DETAIL_ACTIVITY', 'LIST_MENU', 'LIST_TOOLBAR', 'ACTIVITY_TIMELINE_MENU', 'DOCUMENTGENERATOR_BUTTON']
const automated = ['LEAD', 'DEAL', 'SMART_INVOICE']

const crmWide = ['CRM_ANALYTICS_MENU', 'CRM_ANALYTICS_TOOLBAR', 'CRM_FUNNELS_TOOLBAR', 'CRM_SMART_INVOICE_FUNNELS_TOOLBAR', 'CRM_DETAIL_SEARCH', 'CRM_REQUISITE_AUTOCOMPLETE', 'CRM_BANK_DETAIL_AUTOCOMPLETE']
const portalWide = [
  'LEFT_MENU', 'REST_APP_URI', 'PAGE_BACKGROUND_WORKER', 'BI_ANALYTICS_MENU', 'CALENDAR_GRIDVIEW', 'CALL_CARD', 'CONTACT_CENTER', 'SETTING_CONNECTOR', 'TELEPHONY_ANALYTICS_MENU',
  'USER_PROFILE_MENU', 'USER_PROFILE_TOOLBAR', 'IM_SIDEBAR', 'IM_NAVIGATION', 'IM_CONTEXT_MENU', 'IM_TEXTAREA', 'IMMOBILE_CONTEXT_MENU',
  'TASK_LIST_CONTEXT_MENU', 'TASK_USER_LIST_TOOLBAR', 'TASK_GROUP_LIST_TOOLBAR', 'TASK_ROBOT_DESIGNER_TOOLBAR', 'TASK_VIEW_TAB', 'TASK_VIEW_SIDEBAR', 'TASK_VIEW_TOP_PANEL',
  'SONET_GROUP_DETAIL_TAB', 'SONET_GROUP_TOOLBAR', 'SONET_GROUP_ROBOT_DESIGNER_TOOLBAR',
]

/** Codes that can be bound once only. */
export const singleCodes = new Set(['PAGE_BACKGROUND_WORKER', 'REST_APP_URI'])
/** Codes that can be bound for one user. */
export const personalCodes = new Set(['PAGE_BACKGROUND_WORKER', 'LEFT_MENU'])

/** Every place of the portal that an app with these scopes may take. */
export function placementCodes({ crm }: Portal, scopes: readonly string[]): string[] {
  if (!scopes.includes('crm'))
    return portalWide
  const all = [...cards, ...crm.types.map(({ entityTypeId }) => `DYNAMIC_${entityTypeId}`)]
  return [
    ...all.flatMap(card => cardPlaces.map(place => `CRM_${card}_${place}`)),
    ...[...automated, ...crm.types.map(({ entityTypeId }) => `DYNAMIC_${entityTypeId}`)].map(card => `CRM_${card}_ROBOT_DESIGNER_TOOLBAR`),
    ...crm.types.map(({ entityTypeId }) => `CRM_DYNAMIC_${entityTypeId}_FUNNELS_TOOLBAR`),
    ...crmWide,
    ...portalWide,
  ]
}
