import type { PortalModule } from '../../module.ts'
import { appMethods } from './app.ts'

export function registerMethods(module: PortalModule): void {
  appMethods(module)
}
