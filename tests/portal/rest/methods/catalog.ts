import type { PortalModule } from '../../module.ts'
import { listParam, mapParam, numberParam } from '../params.ts'
import { RestError } from '../registry.ts'
import { pick, plainList } from './plain-list.ts'

const denied = () => new RestError(400, '0', 'Insufficient permissions to save the document')

export function catalogMethods({ rest }: PortalModule): void {
  const options = { scope: 'catalog' }

  rest.method('catalog.document.list', options, ({ portal, caller, params }) => {
    if (caller.user.isExtranet)
      throw denied()
    const { rows, total, next } = plainList({
      items: portal.crm.stockDocuments,
      params,
      kinds: { total: 'number', status: 'text', contractorId: 'number' },
      who: caller.user.id,
      show: item => pick(item, listParam(params, 'select')),
    })
    return { result: { documents: rows }, total, ...next }
  })

  rest.method('catalog.document.element.list', options, ({ portal, caller, params }) => {
    if (caller.user.isExtranet)
      throw denied()
    const { rows, total, next } = plainList({
      items: portal.crm.stockElements,
      params,
      kinds: { amount: 'number', storeFrom: 'number', storeTo: 'number' },
      who: caller.user.id,
      show: item => pick(item, listParam(params, 'select')),
    })
    return { result: { documentElements: rows }, total, ...next }
  })

  rest.method('catalog.documentcontractor.list', options, ({ portal, caller, params }) => {
    if (caller.user.isExtranet)
      throw denied()
    const { rows, total, next } = plainList({
      items: portal.crm.contractorLinks,
      params,
      who: caller.user.id,
      show: item => pick(item, listParam(params, 'select')),
    })
    return { result: { documentContractor: rows }, total, ...next }
  })

  rest.method('catalog.documentcontractor.add', options, ({ portal, params }) => {
    const { documentId, entityTypeId, entityId } = mapParam(params, 'fields')
    if (!portal.crm.stockDocuments.has(Number(documentId)) || !portal.crm.items(Number(entityTypeId))?.has(Number(entityId)))
      throw new RestError(400, '0', 'Document or contractor was not found')
    const documentContractor = portal.crm.contractorLinks.insert({ documentId: Number(documentId), entityTypeId: Number(entityTypeId), entityId: Number(entityId) })
    return { documentContractor }
  })

  rest.method('catalog.documentcontractor.delete', options, ({ portal, params }) => {
    if (!portal.crm.contractorLinks.delete(numberParam(params, 'id')))
      throw new RestError(400, '0', 'Binding was not found')
    return true
  })
}
