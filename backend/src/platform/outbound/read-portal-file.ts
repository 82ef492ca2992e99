import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { publicHttps, readAddress, type Outbound, type ReadLimits } from './read-address.ts'

/** A portal on this machine or in the house, for the stand-in and for tests. */
const anywhere = (protocol: 'https:' | 'http:'): Outbound =>
  ({ ...publicHttps, protocol, request: protocol === 'https:' ? httpsRequest : httpRequest, isAllowed: () => true })

/** A file at an address that the portal named: it carries its own key, and is judged like any address from outside. */
export const readPortalFile = (address: string, limits: ReadLimits, { allowInsecure }: { readonly allowInsecure: boolean }): Promise<Buffer> =>
  readAddress(address, { accept: '*/*' }, limits, allowInsecure ? anywhere(address.startsWith('https:') ? 'https:' : 'http:') : publicHttps)
