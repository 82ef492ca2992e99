import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'comptoir-config-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

const valid = {
  PUBLIC_URL: 'https://comptoir.example.com/',
  CLIENT_ID: 'local.1',
  CLIENT_SECRET: 's',
  DATA_DIR: dataDir,
}

describe('the configuration', () => {
  it('is complete with three values and says the rest itself', () => {
    expect(readConfig(valid)).toMatchObject({
      publicUrl: 'https://comptoir.example.com', oauthServer: 'https://oauth.bitrix.info',
      allowInsecurePortals: false, databaseUrl: null, port: 3000,
    })
  })

  it('generates the encryption key once and keeps it beside the data', () => {
    expect(readConfig(valid).encryptionKey).toEqual(readConfig(valid).encryptionKey)
    expect(readConfig(valid).encryptionKey).toHaveLength(32)
  })

  it.each([
    [{ PUBLIC_URL: '' }, /PUBLIC_URL is missing/],
    [{ PUBLIC_URL: 'comptoir' }, /PUBLIC_URL is "comptoir"/],
    [{ PUBLIC_URL: 'http://localhost:1' }, /PUBLIC_URL .*https/],
    [{ CLIENT_ID: ' ' }, /CLIENT_ID is missing/],
    [{ CLIENT_SECRET: undefined }, /CLIENT_SECRET is missing/],
    [{ OAUTH_SERVER: 'ftp://x' }, /OAUTH_SERVER is "ftp:\/\/x"/],
    [{ PORT: '70000' }, /PORT is "70000"/],
    [{ ALLOW_INSECURE_PORTALS: 'maybe' }, /ALLOW_INSECURE_PORTALS is "maybe"/],
    [{ DATABASE_URL: 'mysql://x' }, /DATABASE_URL should start with postgres/],
    [{ DATABASE_URL: 'postgres://x' }, /ENCRYPTION_KEY is missing/],
    [{ ENCRYPTION_KEY: 'short' }, /ENCRYPTION_KEY should be 32 bytes/],
  ])('stops the start and names the key: %o', (change, message) => {
    expect(() => readConfig({ ...valid, ...change })).toThrow(message)
  })
})
