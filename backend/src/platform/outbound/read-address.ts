import { lookup as systemLookup, type LookupAddress } from 'node:dns'
import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { AppError } from '@comptoir/shared/errors'
import { isPublicAddress } from './public-address.ts'

export interface ReadLimits {
  readonly maxBytes: number
  /** For the whole of it, redirects included. */
  readonly timeoutMs: number
}

/** What an address is read with; tests bring their own. */
export interface Outbound {
  readonly protocol: 'https:' | 'http:'
  readonly request: (url: URL, options: RequestOptions, onAnswer: (answer: IncomingMessage) => void) => ClientRequest
  readonly lookup: (host: string, done: (error: Error | null, addresses: readonly LookupAddress[]) => void) => void
  readonly isAllowed: (address: string) => boolean
}

export const publicHttps: Outbound = {
  protocol: 'https:',
  request: httpsRequest,
  lookup: (host, done) => systemLookup(host, { all: true, verbatim: true }, done),
  isAllowed: isPublicAddress,
}

const mostRedirects = 3
const redirects = [301, 302, 303, 307, 308]

/**
 * An address that a person wrote, checked as far as it can be without asking anybody.
 * @throws AppError source.address_refused
 */
export function checkAddress(text: string, { protocol, isAllowed }: Pick<Outbound, 'protocol' | 'isAllowed'> = publicHttps): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  const refuse = (reason: string): never => { throw new AppError('source.address_refused', { details: { reason } }) }
  if (!url)
    return refuse('malformed')
  if (url.protocol !== protocol)
    return refuse('insecure')
  if (url.username !== '' || url.password !== '')
    return refuse('credentials')
  const host = url.hostname.replace(/^\[|\]$/g, '')
  // Names are judged when they are resolved; a bare number never is.
  if (isIP(host) !== 0 && !isAllowed(host))
    return refuse('private')
  return url
}

/**
 * Reads an address on the public Internet. The socket goes to the very address that was judged, so a name that
 * resolves differently a moment later gains nothing; each redirect is judged anew and gets no secrets of another host.
 * @throws AppError source.address_refused, source.address_unreachable, source.answer_refused, source.answer_too_large
 */
export async function readAddress(address: string, headers: Readonly<Record<string, string>>, limits: ReadLimits, outbound: Outbound = publicHttps): Promise<Buffer> {
  const signal = AbortSignal.timeout(limits.timeoutMs)
  let url = checkAddress(address, outbound)
  const { origin } = url
  for (let hops = 0; hops <= mostRedirects; hops++) {
    const answer = await ask(url, url.origin === origin ? headers : {}, signal, outbound)
    const status = answer.statusCode ?? 0
    if (redirects.includes(status) && answer.headers.location !== undefined) {
      answer.destroy()
      if (!URL.canParse(answer.headers.location, url.href))
        throw new AppError('source.address_refused', { details: { reason: 'malformed' } })
      url = checkAddress(new URL(answer.headers.location, url).href, outbound)
      continue
    }
    if (status < 200 || status > 299) {
      answer.destroy()
      throw new AppError(status >= 500 || status === 429 ? 'source.address_unreachable' : 'source.answer_refused', { details: { status } })
    }
    return readBody(answer, limits.maxBytes, signal)
  }
  throw new AppError('source.address_refused', { details: { reason: 'redirects' } })
}

function ask(url: URL, headers: Readonly<Record<string, string>>, signal: AbortSignal, outbound: Outbound): Promise<IncomingMessage> {
  const options: RequestOptions = {
    headers: { 'accept': 'application/json, text/csv, */*;q=0.5', 'accept-encoding': 'identity', 'user-agent': 'Comptoir', ...headers },
    signal, agent: false, lookup: judgedLookup(outbound),
  }
  return new Promise((resolve, reject) => {
    const request = outbound.request(url, options, resolve)
    request.once('error', (cause: unknown) => reject(cause instanceof AppError ? cause : new AppError('source.address_unreachable', { cause })))
    request.end()
  })
}

/** All addresses of a name have to be public: one that is not is a trap or a mistake. */
function judgedLookup({ lookup, isAllowed }: Outbound): LookupFunction {
  return (host, options, done) => lookup(host, (error, addresses) => {
    const first = addresses?.[0]
    if (error || !first)
      return done(error ?? new AppError('source.address_unreachable'), '', 4)
    if (!addresses.every(({ address }) => isAllowed(address)))
      return done(new AppError('source.address_refused', { details: { reason: 'private' } }), '', 4)
    return options.all ? done(null, [...addresses]) : done(null, first.address, first.family)
  })
}

async function readBody(answer: IncomingMessage, maxBytes: number, signal: AbortSignal): Promise<Buffer> {
  const pieces: Buffer[] = []
  let size = 0
  try {
    for await (const piece of answer as AsyncIterable<Buffer>) {
      size += piece.length
      if (size > maxBytes)
        throw new AppError('source.answer_too_large', { details: { maxBytes } })
      pieces.push(piece)
      signal.throwIfAborted()
    }
  }
  catch (cause) {
    throw cause instanceof AppError ? cause : new AppError('source.address_unreachable', { cause })
  }
  return Buffer.concat(pieces)
}
