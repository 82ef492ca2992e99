/** Cloud portals live under these; a box portal is known by its own domain once it is stored. */
const cloudZones = ['com', 'fr', 'de', 'eu', 'it', 'pl', 'es', 'com.br', 'com.tr', 'mx', 'co', 'in', 'id', 'vn', 'jp', 'cn', 'uk', 'ru', 'by', 'kz', 'ua']
const cloudHost = new RegExp(`^[a-z0-9][a-z0-9.-]*\\.bitrix24\\.(${cloudZones.map(zone => zone.replace('.', '\\.')).join('|')})$`, 'i')

/**
 * The origin that may frame the page: the stored portal's, or, before one is stored, the host's own word
 * where it names a Bitrix24 cloud portal (any host while insecure portals are allowed).
 */
export function frameAncestor({ storedEndpoint, claimedDomain, isInsecureAllowed }:
{ storedEndpoint: string | null, claimedDomain: string | null, isInsecureAllowed: boolean }): string | null {
  if (storedEndpoint)
    return new URL(storedEndpoint).origin
  if (!claimedDomain)
    return null
  if (cloudHost.test(claimedDomain))
    return `https://${claimedDomain.toLowerCase()}`
  if (!isInsecureAllowed || !/^[a-z0-9.-]+(:\d{1,5})?$/i.test(claimedDomain))
    return null
  // Some portals leave their port out of the name.
  const host = claimedDomain.includes(':') ? claimedDomain : `${claimedDomain}:*`
  return `http://${host} https://${host}`
}

/** No X-Frame-Options beside it: that header knows no list of hosts. */
export function contentSecurityPolicy(ancestor: string | null): string {
  const portal = ancestor ?? ''
  return [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' data: blob: https: ${portal}`.trim(),
    `font-src 'self' data:`,
    `connect-src 'self' ${portal}`.trim(),
    `worker-src 'self' blob:`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors ${ancestor ? `'self' ${ancestor}` : `'none'`}`,
  ].join('; ')
}
