/** Where a notice leads: a part of a vendor, a page of the app, or a record of the CRM. */
export type NoticeLink =
  | { readonly to: 'vendor', readonly vendorId: string, readonly section?: string }
  | { readonly to: 'deal', readonly dealId: number }
  | { readonly to: 'page', readonly path: string }

/** The page of the app that a link stands for; null when it leads out of the app. */
export function appPathOf(link: NoticeLink): string | null {
  switch (link.to) {
    case 'vendor': return `/vendors/${link.vendorId}${link.section ? `?tab=${link.section}` : ''}`
    case 'page': return link.path
    case 'deal': return null
  }
}

/** The address inside the portal that opens it; the app's own pages open in a slider by the app's code. */
export function portalPathOf(link: NoticeLink, appCode: string | null): string | null {
  if (link.to === 'deal')
    return `/crm/deal/details/${link.dealId}/`
  const path = appPathOf(link)
  // The brackets of the key would end a BB code.
  return appCode && path ? `/marketplace/view/${appCode}/?${encodeURIComponent('params[to]')}=${encodeURIComponent(path)}` : null
}
