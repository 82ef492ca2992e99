import type { PortalModule } from '../../module.ts'
import type { Caller, RestCall } from '../registry.ts'
import type { User } from '../../state.ts'
import { toPortalTime } from '../../core/zoned-time.ts'
import { pageSize, readStart } from '../list.ts'
import { listParam, mapParam, param, textParam, upperKeys } from '../params.ts'

const userScope = 'user|user_basic|user_brief'

/** What the widest of the three user scopes lets the app see. */
function shown(user: User, { scopes }: Caller, now: number): Record<string, unknown> {
  const brief = {
    ID: String(user.id),
    XML_ID: String(user.id),
    ACTIVE: user.isActive,
    NAME: user.name,
    LAST_NAME: user.lastName,
    SECOND_NAME: '',
    TITLE: '',
    IS_ONLINE: user.id === 1 ? 'Y' : 'N',
    TIME_ZONE: user.timeZone,
    LAST_LOGIN: toPortalTime(now - 3_600_000),
    DATE_REGISTER: toPortalTime(now - 400 * 86_400_000),
    LAST_ACTIVITY_DATE: user.id === 1 ? toPortalTime(now) : '',
    TIMESTAMP_X: toPortalTime(now - 86_400_000),
    PERSONAL_BIRTHDAY: '',
    PERSONAL_MOBILE: '',
    PERSONAL_CITY: '',
    PERSONAL_GENDER: user.gender,
    WORK_POSITION: user.position,
    UF_DEPARTMENT: user.departmentIds,
    UF_EMPLOYMENT_DATE: '',
    USER_TYPE: user.isExtranet ? 'extranet' : 'employee',
  }
  const hasMail = scopes.has('user') || scopes.has('user_basic')
  return hasMail ? { ...brief, EMAIL: user.email, PERSONAL_WWW: '', WORK_PHONE: '', WORK_COMPANY: '' } : brief
}

function findUsers({ portal, caller, params }: RestCall): unknown {
  const wanted = Object.entries(upperKeys({ ...mapParam(params, 'FILTER'), ...(param(params, 'ID') === undefined ? {} : { ID: param(params, 'ID') }) }))
  const values = (user: User, key: string): unknown[] => {
    const row = shown(user, caller, portal.clock.now())
    return [row[key]].flat()
  }
  const same = (have: unknown, want: unknown) => typeof have === 'boolean' ? have === (want === true || want === 'true' || want === 'Y' || want === '1' || want === 1) : String(have).toLowerCase() === String(want).toLowerCase()
  const found = [...portal.users.values()].filter(user => wanted.every(([key, want]) => {
    const name = key.replace(/^[@=%]+/, '')
    const list = Array.isArray(want) ? want : want !== null && typeof want === 'object' ? Object.values(want) : [want]
    return key.startsWith('%')
      ? values(user, name).some(have => String(have).toLowerCase().includes(String(list[0]).toLowerCase()))
      : values(user, name).some(have => list.some(entry => same(have, entry)))
  }))
  const key = textParam(params, 'sort').toUpperCase() || 'ID'
  const direction = textParam(params, 'order').toUpperCase() === 'DESC' ? -1 : 1
  const sortKey = (user: User) => key === 'ID' ? user.id : String(values(user, key)[0])
  found.sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : sortKey(a) > sortKey(b) ? 1 : 0) * direction)
  const start = readStart(param(params, 'start'))
  const page = found.slice(Math.max(0, start), Math.max(0, start) + pageSize).map(user => shown(user, caller, portal.clock.now()))
  return { result: page, total: start < 0 ? 0 : found.length, ...(start >= 0 && start + pageSize < found.length ? { next: start + pageSize } : {}) }
}

/** `U5` a user, `G1` administrators, `AU` everyone signed in, `D3`/`DR3` a department, `CR` everybody. */
function belongs(user: User, code: string): boolean {
  const [, kind, id] = /^(AU|CR|UA|DR|D|U|G)(\d*)$/.exec(code) ?? []
  if (kind === 'AU' || kind === 'CR' || kind === 'UA')
    return true
  if (kind === 'U')
    return user.id === Number(id)
  if (kind === 'G')
    return id === '2' || (id === '1' && user.isAdmin)
  return kind !== undefined && user.departmentIds.includes(Number(id))
}

export function userMethods({ rest }: PortalModule): void {
  rest.method('profile', { scope: null }, ({ caller: { user } }) => ({
    ID: String(user.id),
    ADMIN: user.isAdmin,
    NAME: user.name,
    LAST_NAME: user.lastName,
    PERSONAL_GENDER: user.gender,
    TIME_ZONE: user.timeZone,
  }))
  rest.method('user.current', { scope: userScope }, ({ portal, caller }) => shown(caller.user, caller, portal.clock.now()))
  rest.method('user.get', { scope: userScope }, findUsers)
  rest.method('user.search', { scope: userScope }, findUsers)
  rest.method('user.fields', { scope: userScope }, ({ portal, caller }) => Object.fromEntries(Object.keys(shown(caller.user, caller, portal.clock.now())).map(name => [name, name])))
  rest.method('user.admin', { scope: null }, ({ caller }) => caller.user.isAdmin)
  rest.method('user.access', { scope: null }, ({ caller, params }) => listParam(params, 'ACCESS').some(code => belongs(caller.user, String(code))))
  rest.method('access.name', { scope: null }, ({ portal, params }) => Object.fromEntries(listParam(params, 'ACCESS').map(String).map((code) => {
    const user = code.startsWith('U') ? portal.users.get(Number(code.slice(1))) : undefined
    return [code, { provider: user ? 'user' : 'group', name: user ? `${user.name} ${user.lastName}` : code, provider_id: code }]
  })))
  rest.method('department.get', { scope: 'department' }, ({ portal, params }) => {
    const id = textParam(params, 'ID')
    const rows = [...portal.departments.values()].filter(department => id === '' || String(department.id) === id)
      .map(department => ({
        ID: String(department.id),
        NAME: department.name,
        SORT: department.sort,
        ...(department.parentId === null ? {} : { PARENT: String(department.parentId) }),
        ...(department.headId === null ? {} : { UF_HEAD: String(department.headId) }),
      }))
    return { result: rows, total: rows.length }
  })
}
