import type { PortalModule } from '../../module.ts'
import type { Item } from '../../crm/collection.ts'
import type { RestCall } from '../registry.ts'
import { mayEdit, maySee } from '../../crm/access.ts'
import { upperName } from '../../crm/fields.ts'
import { listParam, numberParam, param } from '../params.ts'
import { RestError } from '../registry.ts'
import { ownedRows } from './owned-rows.ts'
import { replaceRows } from './product-rows.ts'

const failed = (description: string) => new RestError(400, '', description)
const families: [prefix: string, ownerType: string, entityTypeId: number][] = [['crm.lead', 'L', 1], ['crm.deal', 'D', 2], ['crm.quote', 'Q', 7]]

function ownerId({ portal, caller, params }: RestCall, entityTypeId: number, may: typeof maySee): number {
  const id = numberParam(params, 'id')
  if (id <= 0)
    throw failed('The parameter id is invalid or not defined.')
  if (!portal.crm.items(entityTypeId)!.has(id))
    throw failed('Not found.')
  if (!may(portal, caller.user, entityTypeId, id))
    throw failed('Access denied.')
  return id
}

/** The old family spells what the new one knows in upper case; ids are texts. */
function shown({ id, ownerId, priceAccount, ...row }: Item): Record<string, unknown> {
  const rest = Object.fromEntries(Object.entries(row).map(([name, value]) => [upperName(name), value]))
  return { ID: String(id), OWNER_ID: String(ownerId), ...rest, ORIGINAL_PRODUCT_NAME: row.productName, PRODUCT_DESCRIPTION: null, PRICE_ACCOUNT: Number(priceAccount).toFixed(2) }
}

const camelCase = (name: string) => name.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

function given(row: unknown): Record<string, unknown> {
  const fields = Object.fromEntries(Object.entries(row as object).map(([name, value]) => [camelCase(name), value]))
  const isPercentage = String(fields.discountTypeId) === '2'
  if (isPercentage && fields.discountRate === undefined)
    throw new RestError(400, 'ERROR_CORE', 'Discount Rate (DISCOUNT_RATE) is required if Percentage Discount Type (DISCOUNT_TYPE_ID) is defined.<br>')
  if (String(fields.discountTypeId) === '1' && fields.discountSum === undefined)
    throw new RestError(400, 'ERROR_CORE', 'Discount Sum (DISCOUNT_SUM) is required if Monetary Discount Type (DISCOUNT_TYPE_ID) is defined.<br>')
  return fields
}

export function oldProductRowMethods({ rest }: PortalModule): void {
  for (const [prefix, ownerType, entityTypeId] of families) {
    rest.method(`${prefix}.productrows.get`, { scope: 'crm' }, call => ownedRows(call.portal, ownerType, ownerId(call, entityTypeId, maySee)).map(shown))
    rest.method(`${prefix}.productrows.set`, { scope: 'crm' }, (call) => {
      const owner = { ownerType, ownerId: ownerId(call, entityTypeId, mayEdit) }
      if (param(call.params, 'rows') === undefined)
        throw failed('The parameter rows must be array.')
      replaceRows(call.portal, owner, listParam(call.params, 'rows').map(given), call.caller.user.id)
      return true
    })
  }
}
