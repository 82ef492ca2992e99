import type { VendorStatus } from './vendor-status.ts'

/** A status inside a notice, which is written where no page's texts are. */
export const statusWords: Readonly<Record<VendorStatus, { readonly fr: string, readonly en: string }>> = {
  prospect: { fr: 'prospect', en: 'prospect' },
  onboarding: { fr: 'en intégration', en: 'onboarding' },
  active: { fr: 'actif', en: 'active' },
  suspended: { fr: 'suspendu', en: 'suspended' },
  terminated: { fr: 'résilié', en: 'terminated' },
}
