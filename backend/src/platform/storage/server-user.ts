import { spawnSync, type SpawnOptions } from 'node:child_process'
import { cpSync, existsSync, lstatSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { userInfo } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { PostgresBinaries } from './postgres-binaries.ts'

/** How to start PostgreSQL's programs: they refuse to run as root, so root lends them another user. */
export interface ServerUser {
  readonly uid: number | null
  readonly gid: number | null
  readonly binaries: PostgresBinaries
  command(program: string, args: readonly string[], options: SpawnOptions): [string, string[], SpawnOptions]
}

const idOf = (flag: '-u' | '-g', user: string): number | null => {
  const { status, stdout } = spawnSync('id', [flag, user], { encoding: 'utf8' })
  return status === 0 ? Number(stdout.trim()) : null
}

/**
 * The user PostgreSQL runs as. Root becomes `postgres`, or `nobody` where that user is missing. A checkout or data folder
 * inside a closed folder (a private home) is out of that user's reach: setpriv then keeps the right to pass through,
 * and the programs, which check their own place without that right, run from a copy that everybody can reach.
 */
export function serverUser(binaries: PostgresBinaries, home: string): ServerUser {
  if (process.platform === 'win32' || userInfo().uid !== 0)
    return { uid: null, gid: null, binaries, command: (program, args, options) => [program, [...args], options] }
  const uid = idOf('-u', 'postgres') ?? idOf('-u', 'nobody')
  const gid = idOf('-g', 'postgres') ?? idOf('-g', 'nobody')
  if (uid === null || gid === null)
    throw new Error('PostgreSQL does not run as root, and neither user postgres nor nobody exists here. Create one, run Comptoir as an ordinary user, or set DATABASE_URL.')
  const plain: ServerUser = { uid, gid, binaries, command: (program, args, options) => [program, [...args], { ...options, uid, gid }] }
  const privileges = ['--reuid', String(uid), '--regid', String(gid), '--clear-groups', '--inh-caps', '+dac_override', '--ambient-caps', '+dac_override']
  const passing: ServerUser = { uid, gid, binaries, command: (program, args, options) => ['setpriv', [...privileges, program, ...args], options] }
  const found = [plain, passing].find(user => canUse(user, home)) ?? [{ ...passing, binaries: copyWithinReach(binaries) }].find(user => canUse(user, home))
  if (!found)
    throw new Error(`PostgreSQL does not run as root, and user ${uid} can't reach ${home}. Choose a DATA_DIR that it can pass through (for instance under /var/lib), run Comptoir as an ordinary user, or set DATABASE_URL.`)
  return found
}

/** `initdb --show` finds its own place, the server beside it and the data folder's parent, and writes nothing. */
function canUse(user: ServerUser, home: string): boolean {
  const [command, args, options] = user.command('sh', ['-c', 'cd "$1" && "$2" --show -D "$1/probe"', 'sh', home, user.binaries.initdb], { cwd: '/' })
  return spawnSync(command, args, { uid: options.uid, gid: options.gid, cwd: '/', stdio: 'ignore', env: { ...process.env, LC_ALL: 'C' } }).status === 0
}

function copyWithinReach({ initdb, postgres }: PostgresBinaries): PostgresBinaries {
  const native = dirname(dirname(initdb))
  const version = basename(dirname(native))
  const copy = join('/var/tmp', `comptoir-postgresql-${version}-${Math.floor(lstatSync(postgres).mtimeMs)}`)
  if (!existsSync(copy)) {
    const draft = `${copy}.${process.pid}`
    mkdirSync(draft, { mode: 0o755 })
    cpSync(native, draft, { recursive: true, verbatimSymlinks: true })
    try {
      renameSync(draft, copy)
    }
    catch {
      // Another app was faster; its copy is the same.
      rmSync(draft, { recursive: true, force: true })
    }
  }
  const { uid } = lstatSync(copy)
  if (uid !== 0)
    throw new Error(`${copy} belongs to user ${uid}, not to root. Remove it and start again.`)
  return { initdb: join(copy, 'bin/initdb'), postgres: join(copy, 'bin/postgres') }
}
