import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isPublicAddress } from './public-address.ts'
import { checkAddress, readAddress, type Outbound } from './read-address.ts'

describe('an address of the network', () => {
  it.each([
    '0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '127.8.9.1', '169.254.169.254', '172.16.0.1', '172.31.255.255', '192.168.1.1', '198.18.0.1', '224.0.0.1', '255.255.255.255',
    '::', '::1', 'fe80::1', 'fc00::1', 'fd12::1', 'ff02::1', '::ffff:127.0.0.1', '::ffff:10.0.0.1', '64:ff9b::a00:1', '2001:db8::1', '2002:7f00:1::', 'no address',
  ])('%s is not public', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })

  it.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '193.252.1.1', '2a00:1450:4007::1', '2606:4700::1111'])('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })
})

describe('an address that a person wrote', () => {
  it.each([
    ['http://example.org/a', 'insecure'], ['ftp://example.org', 'insecure'], ['file:///etc/passwd', 'insecure'], ['https://me:secret@example.org', 'credentials'], ['nonsense', 'malformed'],
    ['https://127.0.0.1/a', 'private'], ['https://2130706433/', 'private'], ['https://0x7f.1/', 'private'], ['https://[::1]/', 'private'], ['https://[::ffff:10.0.0.1]/', 'private'], ['https://169.254.169.254/latest', 'private'],
  ])('%s is refused as %s', (address, reason) => {
    expect(() => checkAddress(address)).toThrow(expect.objectContaining({ code: 'source.address_refused', details: { reason } }))
  })

  it('may be a public one', () => {
    expect(checkAddress('https://example.org:8443/data?x=1').host).toBe('example.org:8443')
  })
})

describe('reading', () => {
  const packed = gzipSync(Buffer.alloc(10_000_000))
  let server: Server
  let port: number
  let seen: { url: string | undefined, secret: unknown }[] = []
  const answers: Readonly<Record<string, (answer: ServerResponse) => void>> = {
    '/rows': answer => answer.end('[{"a":1}]'),
    '/moved': answer => answer.writeHead(302, { location: '/rows' }).end(),
    '/away': answer => answer.writeHead(302, { location: `http://other.test:${port}/rows` }).end(),
    '/inside': answer => answer.writeHead(302, { location: `http://127.0.0.1:${port}/rows` }).end(),
    '/hidden': answer => answer.writeHead(302, { location: `http://hidden.test:${port}/rows` }).end(),
    '/loop': answer => answer.writeHead(302, { location: '/loop' }).end(),
    '/denied': answer => answer.writeHead(403).end(),
    '/broken': answer => answer.writeHead(503).end(),
    '/large': answer => answer.end('x'.repeat(5_000)),
    '/packed': answer => answer.writeHead(200, { 'content-encoding': 'gzip' }).end(packed),
    '/silent': () => undefined,
    '/drip': (answer) => {
      const drip = setInterval(() => answer.write(' '), 5)
      answer.once('close', () => clearInterval(drip))
    },
  }
  beforeAll(async () => {
    server = createServer((request: IncomingMessage, answer) => {
      seen.push({ url: request.url, secret: request.headers['x-secret'] })
      answers[request.url ?? '']?.(answer)
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    port = (server.address() as AddressInfo).port
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  /** Names of our own that lead to this server, one of them judged private. */
  const outbound: Outbound = {
    protocol: 'http:',
    request,
    lookup: (host, done) => done(null, host === 'hidden.test' ? [{ address: '127.0.0.1', family: 4 }, { address: '10.0.0.1', family: 4 }] : [{ address: '127.0.0.1', family: 4 }]),
    isAllowed: address => address === '127.0.0.1' && isNamed,
  }
  let isNamed = true
  const read = (path: string, limits = { maxBytes: 1_000, timeoutMs: 5_000 }) => readAddress(`http://source.test:${port}${path}`, { 'x-secret': 'sesame' }, limits, outbound)

  it('brings what is there, with its secret', async () => {
    seen = []
    expect(String(await read('/rows'))).toBe('[{"a":1}]')
    expect(String(await read('/moved'))).toBe('[{"a":1}]')
    expect(seen.every(({ secret }) => secret === 'sesame')).toBe(true)
  })

  it('gives no secret to another host', async () => {
    seen = []
    await read('/away')
    expect(seen).toEqual([{ url: '/away', secret: 'sesame' }, { url: '/rows', secret: undefined }])
  })

  it('follows nobody into a private network, nor a name with one private address', async () => {
    await expect(read('/hidden')).rejects.toMatchObject({ code: 'source.address_refused', details: { reason: 'private' } })
    isNamed = false
    await expect(read('/rows')).rejects.toMatchObject({ code: 'source.address_refused', details: { reason: 'private' } })
    isNamed = true
    const strict = { ...outbound, isAllowed: (address: string) => address === '127.0.0.1' && !seen.some(({ url }) => url === '/inside') }
    await expect(readAddress(`http://source.test:${port}/inside`, {}, { maxBytes: 100, timeoutMs: 5_000 }, strict)).rejects.toMatchObject({ details: { reason: 'private' } })
  })

  it.each([
    ['/loop', 'source.address_refused'], ['/denied', 'source.answer_refused'], ['/broken', 'source.address_unreachable'], ['/large', 'source.answer_too_large'],
  ])('%s ends as %s', async (path, code) => {
    await expect(read(path)).rejects.toMatchObject({ code })
  })

  it('never unpacks what came packed unasked', async () => {
    expect(await read('/packed', { maxBytes: 100_000, timeoutMs: 5_000 })).toEqual(packed)
  })

  it.each(['/silent', '/drip'])('does not wait for ever: %s', async (path) => {
    await expect(read(path, { maxBytes: 1_000_000, timeoutMs: 50 })).rejects.toMatchObject({ code: 'source.address_unreachable' })
  })
})
