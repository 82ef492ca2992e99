import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startEmbeddedPostgres } from './embedded-postgres.ts'

const module = join(import.meta.dirname, 'embedded-postgres.ts')

describe('the embedded PostgreSQL', () => {
  let dataDir: string
  beforeEach(async () => { dataDir = await mkdtemp(join(tmpdir(), 'comptoir pg ')) })
  afterEach(async () => { await rm(dataDir, { recursive: true, force: true }) })

  it('keeps its data from one start to the next, in a folder with a space in its name', async () => {
    const first = await startEmbeddedPostgres({ dataDir })
    await query(first.connection, 'create table kept as select 42 as answer')
    await first.stop()
    const second = await startEmbeddedPostgres({ dataDir })
    expect(await query(second.connection, 'select answer from kept')).toEqual([{ answer: 42 }])
    expect(second.wasTakenOver).toBe(false)
    await second.stop()
  })

  it('takes another port when somebody else was faster', async () => {
    const stranger = createServer().listen(0, '127.0.0.1')
    await once(stranger, 'listening')
    const { port } = stranger.address() as AddressInfo
    const free = createServer().listen(0, '127.0.0.1')
    await once(free, 'listening')
    const next = (free.address() as AddressInfo).port
    free.close()
    const ports = [port, next]
    const owner = await startEmbeddedPostgres({ dataDir, pickPort: async () => ports.shift()! })
    expect(owner.connection.port).toBe(next)
    await owner.stop()
    stranger.close()
  })

  it('refuses a second owner and says which folder is taken', async () => {
    const owner = await startEmbeddedPostgres({ dataDir })
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(`Another Comptoir already uses the data folder ${dataDir}`)
    await owner.stop()
  })

  it('takes over the server that a killed app left behind', async () => {
    const script = `const { startEmbeddedPostgres } = await import(${JSON.stringify(module)});
      await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)} }); process.kill(process.pid, 'SIGKILL')`
    const killed = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
    expect(killed.signal).toBe('SIGKILL')
    const next = await startEmbeddedPostgres({ dataDir })
    expect(next.wasTakenOver).toBe(true)
    await next.stop()
  })

  // Only root lends the server another user, and only then can a folder be closed to it.
  it.runIf(process.getuid?.() === 0)('runs for root in a folder that is closed to everybody else', async () => {
    const closed = join(dataDir, 'closed')
    await mkdir(closed, { mode: 0o700 })
    const server = await startEmbeddedPostgres({ dataDir: join(closed, 'data') })
    expect(await query(server.connection, 'select 1 as one')).toEqual([{ one: 1 }])
    await server.stop()
  })

  it('asks for DATABASE_URL where no server comes with the package', async () => {
    await expect(startEmbeddedPostgres({ dataDir, binaries: null })).rejects.toThrow('DATABASE_URL')
  })

  it('lets nobody in without the password beside the data', async () => {
    const server = await startEmbeddedPostgres({ dataDir })
    expect((await readFile(join(dataDir, 'postgres/password'), 'utf8')).trim()).toBe(server.connection.password)
    await expect(query({ ...server.connection, password: 'wrong' }, 'select 1')).rejects.toThrow(/password authentication failed/)
    await server.stop()
  })
})

async function query(connection: pg.ClientConfig, sql: string): Promise<unknown[]> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  }
  finally {
    await client.end()
  }
}
