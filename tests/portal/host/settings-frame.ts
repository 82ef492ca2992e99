import type { Portal } from '../state.ts'
import type { FrameTarget } from './frames.ts'
import type { Viewer } from './viewer.ts'
import { registrationOf } from '../bizproc/app-step.ts'
import { findStep } from '../bizproc/model.ts'
import { settingsOptions, settingsPlacement } from '../bizproc/settings-dialog.ts'

export interface SettingsRequest {
  templateId: number
  stepName: string
}

/** The page that an app brings for the settings of its action; null when it brings none. */
export function settingsTarget(portal: Portal, { language }: Viewer, { templateId, stepName }: SettingsRequest, uri: string): FrameTarget | null {
  const template = portal.bizproc.templates.get(templateId)
  const step = template && findStep(template, stepName)
  const registration = step?.type === 'app' ? registrationOf(portal, step)?.registration : null
  const options = template && settingsOptions(portal, template, stepName, { language })
  if (!registration?.usePlacement || !registration.placementHandler || !options)
    return null
  return { clientId: registration.clientId, placement: settingsPlacement, handler: registration.placementHandler, options, uri }
}
