import type { PortalModule } from '../module.ts'

export function registerEvents(_module: PortalModule): void {}
