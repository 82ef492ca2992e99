import type { PortalModule } from '../../module.ts'
import { activityMethods } from './activities.ts'
import { appMethods } from './app.ts'
import { catalogMethods } from './catalog.ts'
import { directoryMethods } from './directories.ts'
import { driveMethods } from './drive.ts'
import { eventMethods } from './events.ts'
import { itemMethods } from './items.ts'
import { messageMethods } from './messages.ts'
import { offlineEventMethods } from './offline-events.ts'
import { oldCrmMethods } from './old-crm.ts'
import { placementMethods } from './placements.ts'
import { portalMethods } from './portal.ts'
import { productRowMethods } from './product-rows.ts'
import { requisiteMethods } from './requisites.ts'
import { taskMethods } from './tasks.ts'
import { timelineMethods } from './timeline.ts'
import { userMethods } from './users.ts'

const families = [
  activityMethods, appMethods, catalogMethods, directoryMethods, driveMethods, eventMethods, itemMethods, messageMethods, offlineEventMethods, oldCrmMethods,
  placementMethods, portalMethods, productRowMethods, requisiteMethods, taskMethods, timelineMethods, userMethods,
]

export function registerMethods(module: PortalModule): void {
  for (const register of families)
    register(module)
}
