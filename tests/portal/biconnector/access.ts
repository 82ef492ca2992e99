import type { BiConnector, BiDataset, BiSource } from '../state.bi.ts'
import type { MethodOptions, RestCall } from '../rest/registry.ts'
import type { Portal, User } from '../state.ts'
import { RestError } from '../rest/registry.ts'
import { biError, idOf } from './field-rules.ts'

const context = { status: 403, code: 'ACCESS_DENIED', description: 'Access denied! Application context required' }

/** Everything but the description of fields: only an app, and each sees only what it made. */
export const appOnly: MethodOptions = { scope: 'biconnector', appContext: true, contextError: context }
export const everybody: MethodOptions = { scope: 'biconnector' }

/** Who may open the Analytics hub: administrators, and whom they let in. */
export const mayUseBi = ({ isAdmin, hasBiAccess = false }: User): boolean => isAdmin || hasBiAccess

/** The app that calls, for somebody who may open the Analytics hub. */
export function clientIdOf({ caller }: RestCall): string {
  if (!mayUseBi(caller.user))
    throw new RestError(403, 'ACCESS_DENIED', 'Access denied!')
  return caller.app!.clientId
}

export const connectorsOf = ({ bi }: Portal, clientId: string): BiConnector[] =>
  [...bi.connectors.values()].filter(connector => connector.clientId === clientId)

export function sourcesOf(portal: Portal, clientId: string): BiSource[] {
  const own = new Set(connectorsOf(portal, clientId).map(({ id }) => id))
  return [...portal.bi.sources.values()].filter(({ connectorId }) => own.has(connectorId))
}

export function datasetsOf(portal: Portal, clientId: string): BiDataset[] {
  const own = new Set(sourcesOf(portal, clientId).map(({ id }) => id))
  return [...portal.bi.datasets.values()].filter(({ sourceId }) => own.has(sourceId))
}

export function connectorBy(call: RestCall, id: number): BiConnector {
  const clientId = clientIdOf(call)
  const known = connectorsOf(call.portal, clientId).find(connector => connector.id === id)
  if (!known)
    throw biError('CONNECTOR_NOT_FOUND', 'Connector was not found.')
  return known
}

export function sourceBy(call: RestCall, id: number): BiSource {
  const clientId = clientIdOf(call)
  const known = sourcesOf(call.portal, clientId).find(source => source.id === id)
  if (!known)
    throw biError('SOURCE_NOT_FOUND', 'Source was not found.')
  return known
}

export function datasetBy(call: RestCall): BiDataset {
  const clientId = clientIdOf(call)
  const id = idOf(call.params)
  const known = datasetsOf(call.portal, clientId).find(dataset => dataset.id === id)
  if (!known)
    throw biError('DATASET_NOT_FOUND', 'Dataset was not found.')
  return known
}

/** `2025-03-24 07:25:59` */
export const biTime = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ')
