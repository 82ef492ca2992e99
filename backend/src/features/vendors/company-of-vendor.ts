import type { VendorRule } from '@comptoir/shared/installation/installation.contract'
import type { Vendor } from '@comptoir/shared/vendors/vendor-fields'

/** What a new company of the CRM takes over, marked as the administrator marks vendors. */
export const newCompanyOf = ({ vendorId, name, phone, email, website }: Vendor, rule: VendorRule | null | undefined) => ({
  key: vendorId,
  title: name,
  typeId: rule?.kind === 'type' ? rule.typeId : null,
  categoryId: rule?.kind === 'category' ? rule.categoryId : null,
  phone, email, website,
})
