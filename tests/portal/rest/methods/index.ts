import type { PortalModule } from '../../module.ts'
import { activityMethods } from './activities.ts'
import { appMethods } from './app.ts'
import { catalogMethods } from './catalog.ts'
import { commentMethods } from './comments.ts'
import { contactLinkMethods } from './contact-links.ts'
import { currencyMethods } from './currencies.ts'
import { directoryMethods } from './directories.ts'
import { driveMethods } from './drive.ts'
import { eventMethods } from './events.ts'
import { itemMethods } from './items.ts'
import { messageMethods } from './messages.ts'
import { offlineEventMethods } from './offline-events.ts'
import { oldProductRowMethods } from './old-product-rows.ts'
import { oldCrmMethods } from './old-crm.ts'
import { placementMethods } from './placements.ts'
import { portalMethods } from './portal.ts'
import { productRowMethods } from './product-rows.ts'
import { requisiteMethods } from './requisites.ts'
import { statusMethods } from './statuses.ts'
import { taskActionMethods } from './task-actions.ts'
import { taskMarkMethods } from './task-marks.ts'
import { taskMethods } from './tasks.ts'
import { timelineNoteMethods } from './timeline-notes.ts'
import { timelineMethods } from './timeline.ts'
import { userFieldMethods } from './user-fields.ts'
import { userMethods } from './users.ts'

const families = [
  activityMethods, appMethods, catalogMethods, commentMethods, contactLinkMethods, currencyMethods, directoryMethods, driveMethods, eventMethods, itemMethods,
  messageMethods, offlineEventMethods, oldCrmMethods, oldProductRowMethods, placementMethods, portalMethods, productRowMethods, requisiteMethods, statusMethods,
  taskActionMethods, taskMarkMethods, taskMethods, timelineMethods, timelineNoteMethods, userFieldMethods, userMethods,
]

export function registerMethods(module: PortalModule): void {
  for (const register of families)
    register(module)
}
