import type { App, Portal, User } from '../state.ts'

/** A wrong request to the control API: answered with 400 and this text. */
export class ControlError extends Error {}

export function needApp(portal: Portal, clientId: string): App {
  const app = portal.apps.get(clientId)
  if (!app)
    throw new ControlError(`no app ${clientId}`)
  return app
}

export function needUser(portal: Portal, userId: unknown): User {
  const user = portal.users.get(Number(userId))
  if (!user)
    throw new ControlError(`no user ${String(userId)}`)
  return user
}
