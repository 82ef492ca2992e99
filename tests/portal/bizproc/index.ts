import type { PortalModule } from '../module.ts'

export function registerBizproc(_module: PortalModule): void {}
