import type { PortalModule } from '../module.ts'

export function registerControl(_module: PortalModule): void {}
