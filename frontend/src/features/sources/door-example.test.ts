import { execFileSync, spawnSync } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isFresh, readSignature } from '@comptoir/shared/http/signature'
import { doorExample } from './door-example.ts'

const columns = { day: 'Jour', channel: null, campaign: 'Nom de l\'annonce', impressions: null, clicks: null, cost: 'Coût', currency: null }
const source = { settings: { columns, dateOrder: 'ymd' as const, decimal: '.' as const, costUnit: 'major' as const, currency: 'EUR', channel: 'Radio', rowsPath: 'data.rows' } }
const secrets = { key: 'cpt_key', signingSecret: 'cps_secret' }
const doorUrl = 'https://app.test/bx/sources/deliver'

/** Runs the example with a curl that only tells what it was given. */
function sent(example: string): string[] {
  return execFileSync('sh', ['-c', `curl() { printf '%s\\n' "$@"; }\n${example}`], { encoding: 'utf8' }).trimEnd().split('\n')
}

describe('the example of a delivery', () => {
  it('sends a row under the names the source reads, where it looks for rows', () => {
    const said = sent(doorExample({ source, doorUrl, secrets, isSigned: false }))
    expect(said).toContain('Authorization: Bearer cpt_key')
    expect(JSON.parse(said.at(-1)!)).toEqual({ data: { rows: [{ 'Jour': '2026-01-15', 'Nom de l\'annonce': 'Marque', 'Coût': 185.4 }] } })
  })

  it.skipIf(spawnSync('sh', ['-c', 'command -v openssl']).status !== 0)('signs what it sends, so that the door opens to it', () => {
    const said = sent(doorExample({ source, doorUrl, secrets, isSigned: true }))
    const signature = readSignature(said.find(line => line.startsWith('x-comptoir-signature: '))?.slice(22))!
    expect(isFresh(signature, new Date())).toBe(true)
    expect(signature.mac).toBe(createHmac('sha256', secrets.signingSecret).update(`${signature.at}.${said.at(-1)!}`).digest('hex'))
  })
})
