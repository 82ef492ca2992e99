import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export interface Config {
  readonly publicUrl: string
  readonly clientId: string
  readonly clientSecret: string
  readonly oauthServer: string
  readonly allowInsecurePortals: boolean
  readonly databaseUrl: string | null
  readonly dataDir: string
  readonly encryptionKey: Buffer
  readonly host: string
  readonly port: number
  readonly logLevel: string
  readonly version: string
}

export class ConfigError extends Error {}

type Environment = Readonly<Record<string, string | undefined>>

/** Reads and checks the environment once. A wrong or missing value stops the start with its name and what it should hold. */
export function readConfig(env: Environment, root = join(import.meta.dirname, '../..')): Config {
  const allowInsecurePortals = flag(env, 'ALLOW_INSECURE_PORTALS')
  const dataDir = resolve(root, env.DATA_DIR || '.data')
  return Object.freeze({
    publicUrl: url(env, 'PUBLIC_URL', { isHttpAllowed: allowInsecurePortals, hint: 'the address under which the portal reaches Comptoir, for instance https://comptoir.example.com' }),
    clientId: required(env, 'CLIENT_ID', 'the application id that Bitrix24 shows after the app was added (local.… or app.…)'),
    clientSecret: required(env, 'CLIENT_SECRET', 'the application key that Bitrix24 shows beside the id'),
    oauthServer: url(env, 'OAUTH_SERVER', { isHttpAllowed: allowInsecurePortals, fallback: 'https://oauth.bitrix.info', hint: 'the authorization server' }),
    allowInsecurePortals,
    databaseUrl: databaseUrl(env),
    dataDir,
    encryptionKey: encryptionKey(env, dataDir),
    host: env.HOST || '0.0.0.0',
    port: port(env),
    logLevel: env.LOG_LEVEL || 'info',
    version: packageVersion(root),
  })
}

function required(env: Environment, name: string, hint: string): string {
  const value = env[name]?.trim()
  if (!value)
    throw new ConfigError(`${name} is missing. It should hold ${hint}.`)
  return value
}

function flag(env: Environment, name: string): boolean {
  const value = env[name]?.trim().toLowerCase() ?? ''
  if (['1', 'true', 'yes', 'on'].includes(value))
    return true
  if (['', '0', 'false', 'no', 'off'].includes(value))
    return false
  throw new ConfigError(`${name} is "${value}". It should be true or false.`)
}

function url(env: Environment, name: string, { hint, fallback, isHttpAllowed }: { hint: string, fallback?: string, isHttpAllowed: boolean }): string {
  const value = env[name]?.trim() || fallback
  if (!value)
    throw new ConfigError(`${name} is missing. It should hold ${hint}.`)
  const parsed = URL.canParse(value) ? new URL(value) : null
  const isSecure = parsed?.protocol === 'https:'
  if (!parsed || (!isSecure && parsed.protocol !== 'http:') || parsed.search || parsed.hash)
    throw new ConfigError(`${name} is "${value}". It should be an address such as https://comptoir.example.com: ${hint}.`)
  if (!isSecure && !isHttpAllowed)
    throw new ConfigError(`${name} is "${value}". It should start with https:// (Bitrix24 refuses http); ALLOW_INSECURE_PORTALS=true allows http for a portal on your own machine.`)
  return parsed.href.replace(/\/+$/, '')
}

function databaseUrl(env: Environment): string | null {
  const value = env.DATABASE_URL?.trim()
  if (!value)
    return null
  if (!/^postgres(ql)?:\/\//.test(value))
    throw new ConfigError('DATABASE_URL should start with postgres://. Leave it out and Comptoir runs a PostgreSQL of its own.')
  return value
}

function port(env: Environment): number {
  const value = Number(env.PORT || 3000)
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    throw new ConfigError(`PORT is "${env.PORT}". It should be a number from 1 to 65535.`)
  return value
}

/** 32 bytes that encrypt the portal's tokens at rest. Kept beside the embedded database unless the environment gives one. */
function encryptionKey(env: Environment, dataDir: string): Buffer {
  const given = env.ENCRYPTION_KEY?.trim()
  if (given) {
    const key = Buffer.from(given, /^[0-9a-f]{64}$/i.test(given) ? 'hex' : 'base64')
    if (key.length !== 32)
      throw new ConfigError('ENCRYPTION_KEY should be 32 bytes, as 64 hexadecimal digits or in base64 (openssl rand -hex 32).')
    return key
  }
  if (env.DATABASE_URL?.trim())
    throw new ConfigError('ENCRYPTION_KEY is missing. With DATABASE_URL, give 32 bytes as 64 hexadecimal digits (openssl rand -hex 32), the same for every instance.')
  const file = join(dataDir, 'encryption.key')
  mkdirSync(dataDir, { recursive: true })
  try {
    writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { flag: 'wx', mode: 0o600 })
  }
  catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
      throw new ConfigError(`DATA_DIR ${dataDir} can't be written: ${(error as Error).message}`)
  }
  return Buffer.from(readFileSync(file, 'utf8').trim(), 'hex')
}

const packageVersion = (root: string): string =>
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version
