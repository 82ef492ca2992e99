import { execFileSync, spawnSync } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isFresh, readSignature } from '@comptoir/shared/http/signature'
import { deliveryExample, journalExample } from './api-example.ts'

const secrets = { key: 'cpt_key', signingSecret: 'cps_secret' }

/** Runs an example with a curl that only tells what it was given. */
const sent = (example: string): string[] =>
  execFileSync('sh', ['-c', `curl() { printf '%s\\n' "$@"; }\n${example}`], { encoding: 'utf8' }).trimEnd().split('\n')

describe('the examples of the accounting API', () => {
  it.skipIf(spawnSync('sh', ['-c', 'command -v openssl']).status !== 0)('deliver an invoice under a signature that opens the door', () => {
    const said = sent(deliveryExample('https://app.test', secrets))
    expect(said).toEqual(expect.arrayContaining(['https://app.test/bx/accounting/invoices', 'Authorization: Bearer cpt_key', 'idempotency-key: F-2026-042']))
    const body = said.at(-1)!
    expect(JSON.parse(body)).toMatchObject({ vendor: { siren: '552032534' }, invoice: { number: 'F-2026-042', lines: [{ netMinor: 10_000 }] } })
    const signature = readSignature(said.find(line => line.startsWith('x-comptoir-signature: '))?.slice(22))!
    expect(isFresh(signature, new Date())).toBe(true)
    expect(signature.mac).toBe(createHmac('sha256', secrets.signingSecret).update(`${signature.at}.${body}`).digest('hex'))
  })
  it('read the journal by the key alone', () => {
    expect(sent(journalExample('https://app.test', secrets))).toEqual(['https://app.test/bx/accounting/journal?from=2026-01-01&to=2026-01-31&limit=500', '-H', 'Authorization: Bearer cpt_key'])
  })
})
