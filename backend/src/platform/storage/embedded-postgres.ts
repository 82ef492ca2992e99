import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { randomBytes } from 'node:crypto'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { findPostgresBinaries, type PostgresBinaries } from './postgres-binaries.ts'
import { serverUser, type ServerUser } from './server-user.ts'
import { withStartLock } from './start-lock.ts'

export interface EmbeddedPostgres {
  readonly connection: { host: string, port: number, user: string, password: string, database: string }
  /** True when a server that a killed app left behind was found running and taken over. */
  readonly wasTakenOver: boolean
  stop(): Promise<void>
}

export interface EmbeddedPostgresOptions {
  readonly dataDir: string
  /** Extra server settings, e.g. `fsync=off` in tests. */
  readonly settings?: Readonly<Record<string, string>>
  readonly binaries?: PostgresBinaries | null
  readonly pickPort?: () => Promise<number>
}

const user = 'comptoir'
/** Session-level: it falls with the connection, so a dead owner never blocks the next one. */
const ownerLock = 4_310_431

const smallFootprint = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '40',
  shared_buffers: '48MB',
  work_mem: '16MB',
  jit: 'off',
  max_wal_size: '1GB',
  checkpoint_timeout: '15min',
  max_parallel_workers_per_gather: '1',
  autovacuum_max_workers: '2',
  log_min_messages: 'fatal',
  timezone: 'UTC',
}

/** Starts, or takes over, the PostgreSQL that belongs to `dataDir`. One app at a time; a second gets a clear error. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const binaries = options.binaries === undefined ? await findPostgresBinaries() : options.binaries
  if (!binaries)
    throw new Error(`No PostgreSQL comes with Comptoir for ${process.platform}-${process.arch}. Set DATABASE_URL to a PostgreSQL 15 or newer.`)
  const home = join(options.dataDir, 'postgres')
  const cluster = join(home, 'cluster')
  await mkdir(home, { recursive: true, mode: 0o711 })
  const runAs = serverUser(binaries, home)
  return withStartLock(join(home, 'starting.lock'), async () => {
    const password = await ensureCluster({ runAs, home, cluster })
    const left = await runningServer(cluster)
    const server = left ?? await startServer({ runAs, cluster, settings: options.settings ?? {} }, options.pickPort ?? freePort)
    return takeOwnership({ server, password, dataDir: options.dataDir, wasTakenOver: left !== null })
  })
}

interface Server { readonly port: number, readonly pid: number, readonly child: ChildProcess | null }

async function takeOwnership({ server, password, dataDir, wasTakenOver }:
{ server: Server, password: string, dataDir: string, wasTakenOver: boolean }): Promise<EmbeddedPostgres> {
  const connection = { host: '127.0.0.1', port: server.port, user, password, database: 'postgres' }
  const owner = new pg.Client({ ...connection, application_name: 'comptoir owner' })
  owner.on('error', () => undefined)
  await owner.connect()
  const { rows } = await owner.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [ownerLock])
  if (!rows[0]?.held) {
    await owner.end()
    throw new Error(`Another Comptoir already uses the data folder ${dataDir}. Stop it, or choose another DATA_DIR.`)
  }
  return {
    connection,
    wasTakenOver,
    stop: async () => {
      await owner.end().catch(() => undefined)
      await stopServer(server, join(dataDir, 'postgres', 'cluster'))
    },
  }
}

interface ClusterPlace { runAs: ServerUser, home: string, cluster: string }

/** Creates the cluster once; a creation that was cut short leaves only a folder with another name. */
async function ensureCluster({ runAs, home, cluster }: ClusterPlace): Promise<string> {
  const passwordFile = join(home, 'password')
  const known = await readFile(passwordFile, 'utf8').catch(() => null)
  const version = await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(() => null)
  if (known !== null && version !== null)
    return known.trim()
  if (version !== null)
    throw new Error(`${home} holds a database but not its password file. Restore ${passwordFile} or choose another DATA_DIR.`)
  const password = randomBytes(24).toString('base64url')
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
  const draft = `${cluster}.new`
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { mode: 0o700 })
  if (runAs.uid !== null && runAs.gid !== null) {
    await chown(draft, runAs.uid, runAs.gid)
    await chown(passwordFile, runAs.uid, runAs.gid)
  }
  await run(runAs, runAs.binaries.initdb, [
    '-D', draft, '-U', user, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-instructions',
  ])
  await rename(draft, cluster)
  return password
}

async function run(runAs: ServerUser, program: string, args: readonly string[]): Promise<void> {
  const [command, list, options] = runAs.command(program, args, { cwd: '/', env: cleanEnvironment(), stdio: ['ignore', 'ignore', 'pipe'] })
  const child = spawn(command, list, options)
  let complaint = ''
  child.stderr?.on('data', (chunk: Buffer) => { complaint += chunk.toString() })
  const [code] = await once(child, 'close') as [number | null]
  if (code !== 0)
    throw new Error(`${program} failed: ${complaint.trim() || `exit ${code}`}`)
}

/** PG* variables of the machine's own PostgreSQL would redirect ours. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('PG'))
  return { ...Object.fromEntries(own), LC_ALL: 'C' }
}

interface Launch { readonly runAs: ServerUser, readonly cluster: string, readonly settings: Readonly<Record<string, string>> }

const mostPorts = 5

/** A port that was free a moment ago may be somebody else's by now: then another one. */
async function startServer(launch: Launch, pickPort: () => Promise<number>): Promise<Server> {
  for (let tries = 1; ; tries++) {
    try {
      return await launchOn(await pickPort(), launch)
    }
    catch (error) {
      if (tries === mostPorts || !/could not create any TCP\/IP sockets/.test(String(error)))
        throw error
    }
  }
}

async function launchOn(port: number, { runAs, cluster, settings }: Launch): Promise<Server> {
  const flags = Object.entries({ ...smallFootprint, ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  // Its own process group: Ctrl-C must reach the app first, which then closes the database in order.
  const [command, list, options] = runAs.command(runAs.binaries.postgres, ['-D', cluster, '-p', String(port), ...flags],
    { cwd: '/', env: cleanEnvironment(), detached: true, stdio: ['ignore', 'ignore', 'pipe'] })
  const child = spawn(command, list, options)
  let complaint = ''
  child.stderr?.on('data', (chunk: Buffer) => { complaint = (complaint + chunk.toString()).slice(-4000) })
  const ended = once(child, 'exit').then(() => { throw new Error(`PostgreSQL did not start: ${complaint.trim()}`) })
  ended.catch(() => undefined)
  await Promise.race([untilAccepting(cluster), ended])
  child.unref()
  ;(child.stderr as unknown as { unref?: () => void })?.unref?.()
  return { port, pid: child.pid ?? 0, child }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string')
    throw new Error('No free port on the loopback address.')
  return address.port
}

interface PidFile { pid: number, port: number, isReady: boolean }

/** Lines of postmaster.pid: process id, folder, start time, port, socket folder, address, shared memory, state. */
async function readPidFile(cluster: string): Promise<PidFile | null> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => null)
  const lines = text?.split('\n') ?? []
  const pid = Number(lines[0])
  const port = Number(lines[3])
  return pid > 0 && port > 0 ? { pid, port, isReady: lines[7]?.trim() === 'ready' } : null
}

async function untilAccepting(cluster: string): Promise<void> {
  const deadline = Date.now() + 60_000
  while (!(await readPidFile(cluster))?.isReady) {
    if (Date.now() > deadline)
      throw new Error('PostgreSQL did not become ready within a minute.')
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  }
  catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function runningServer(cluster: string): Promise<Server | null> {
  const file = await readPidFile(cluster)
  if (!file || !isAlive(file.pid))
    return null
  // The process id may have been given to a stranger since: only a server that listens there is ours.
  if (!await listens(file.port))
    return null
  return { port: file.port, pid: file.pid, child: null }
}

async function listens(port: number): Promise<boolean> {
  const socket = connect({ port, host: '127.0.0.1' })
  const answered = await Promise.race([
    once(socket, 'connect').then(() => true, () => false),
    new Promise<boolean>(resolve => setTimeout(resolve, 2_000, false).unref()),
  ])
  socket.destroy()
  return answered
}

/** Fast shutdown: open transactions are rolled back, everything committed is on disk. */
async function stopServer({ pid, child }: Server, cluster: string): Promise<void> {
  if (!isAlive(pid))
    return
  const gone = child && child.exitCode === null && child.signalCode === null ? once(child, 'exit') : null
  process.kill(pid, 'SIGINT')
  if (gone) {
    child?.ref()
    await gone
    return
  }
  // Its last act is to remove the file; the process itself may linger until somebody reaps it.
  while (isAlive(pid) && (await readPidFile(cluster))?.pid === pid)
    await new Promise(resolve => setTimeout(resolve, 20))
}
