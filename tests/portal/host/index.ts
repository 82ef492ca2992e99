import type { PortalModule } from '../module.ts'

export function registerHost(_module: PortalModule): void {}
