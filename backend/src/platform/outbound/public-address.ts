import { BlockList, isIP } from 'node:net'

/** Everything that is not the public Internet: RFC 6890 and its registries, for both families. */
const closed4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24],
  ['192.88.99.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4],
]
/** Of IPv6 only global unicast is open, less what it carries of the others: translations, tunnels, documentation. */
const open6: readonly (readonly [string, number])[] = [['2000::', 3]]
const closed6: readonly (readonly [string, number])[] = [['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['3fff::', 20]]

function listOf(ranges: readonly (readonly [string, number])[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList()
  for (const [net, prefix] of ranges)
    list.addSubnet(net, prefix, family)
  return list
}

const lists = { closed4: listOf(closed4, 'ipv4'), open6: listOf(open6, 'ipv6'), closed6: listOf(closed6, 'ipv6') }

export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4)
    return !lists.closed4.check(address, 'ipv4')
  return family === 6 && lists.open6.check(address, 'ipv6') && !lists.closed6.check(address, 'ipv6')
}
