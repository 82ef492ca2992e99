import type { PortalModule } from '../module.ts'
import { registerAppActions } from './actions-apps.ts'
import { registerBiActions } from './actions-bi.ts'
import { registerBizprocActions } from './actions-bizproc.ts'
import { registerCrmActions, registerFaultActions, registerViewerActions } from './actions-crm.ts'
import { registerAssets } from './assets.ts'
import { registerFrames } from './frame-routes.ts'
import { registerLookups } from './lookups.ts'
import { registerPages } from './pages.ts'

/** The portal's screens, and the half of the frame protocol that the server answers. */
export function registerHost(module: PortalModule): void {
  const { app, portal } = module
  registerAssets(app)
  registerPages(app, portal)
  registerFrames(app, module)
  registerLookups(app, portal)
  registerCrmActions(app, portal)
  registerViewerActions(app, portal)
  registerFaultActions(app, portal)
  registerAppActions(app, portal)
  registerBizprocActions(app, portal)
  registerBiActions(app, portal)
}
