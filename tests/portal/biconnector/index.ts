import type { PortalModule } from '../module.ts'
import { registerConnectorMethods } from './connectors.ts'
import { registerDatasetMethods } from './datasets.ts'
import { registerSourceMethods } from './sources.ts'

/** BI Builder: what apps declare to it by REST. Its screens are drawn in `host`. */
export function registerBiconnector({ rest }: PortalModule): void {
  registerConnectorMethods(rest)
  registerSourceMethods(rest)
  registerDatasetMethods(rest)
}
