import { spawnSync, type SpawnOptions } from 'node:child_process'
import { userInfo } from 'node:os'

/** How to start a PostgreSQL program: it refuses to run as root, so root lends it another user. */
export interface ServerUser {
  readonly uid: number | null
  readonly gid: number | null
  command(program: string, args: readonly string[], options: SpawnOptions): [string, string[], SpawnOptions]
}

const asMyself: ServerUser = {
  uid: null,
  gid: null,
  command: (program, args, options) => [program, [...args], options],
}

const idOf = (flag: '-u' | '-g', user: string): number | null => {
  const { status, stdout } = spawnSync('id', [flag, user], { encoding: 'utf8' })
  return status === 0 ? Number(stdout.trim()) : null
}

/**
 * The user PostgreSQL runs as. Root becomes `postgres`, or `nobody` where that user is missing; where a folder
 * on the way is closed to that user (a checkout in a private home), setpriv keeps the right to pass through it.
 */
export function serverUser(program: string, folder: string): ServerUser {
  if (process.platform === 'win32' || userInfo().uid !== 0)
    return asMyself
  const uid = idOf('-u', 'postgres') ?? idOf('-u', 'nobody')
  const gid = idOf('-g', 'postgres') ?? idOf('-g', 'nobody')
  if (uid === null || gid === null)
    throw new Error('PostgreSQL does not run as root, and neither user postgres nor nobody exists here. Create one, run Comptoir as an ordinary user, or set DATABASE_URL.')
  const plain: ServerUser = { uid, gid, command: (program, args, options) => [program, [...args], { ...options, uid, gid }] }
  const privileges = ['--reuid', String(uid), '--regid', String(gid), '--clear-groups', '--inh-caps', '+dac_override', '--ambient-caps', '+dac_override']
  const passing: ServerUser = { uid, gid, command: (program, args, options) => ['setpriv', [...privileges, program, ...args], options] }
  return [plain, passing].find(user => canUse(user, program, folder)) ?? plain
}

function canUse(user: ServerUser, program: string, folder: string): boolean {
  const [command, args, options] = user.command('sh', ['-c', 'cd "$1" && "$2" --version', 'sh', folder, program], { cwd: '/' })
  return spawnSync(command, args, { uid: options.uid, gid: options.gid, cwd: '/', stdio: 'ignore' }).status === 0
}
