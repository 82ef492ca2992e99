import { AppError } from '@comptoir/shared/errors'
import type { RawSettings } from '@comptoir/shared/actions/settings'
import { portalLink, type OperationContext } from './operation.ts'
import type { ActionVendor, VendorPort } from './vendor-operations.ts'

type Finding = Pick<VendorPort, 'findById' | 'findByCompany' | 'findByCode' | 'companyOf'>

/** @throws AppError action.no_vendor, action.no_record */
export async function chooseVendor(vendors: Finding, context: OperationContext, values: RawSettings): Promise<ActionVendor> {
  const found = await findVendor(vendors, context, values)
  if (!found)
    throw new AppError('action.no_vendor', { details: { source: values.vendorSource, value: values.vendorExpression || values.vendorId || null } })
  return found
}

async function findVendor(vendors: Finding, context: OperationContext, values: RawSettings): Promise<ActionVendor | null> {
  if (values.vendorSource === 'fixed')
    return vendors.findById(context, values.vendorId ?? '')
  if (values.vendorSource === 'expression')
    return byExpression(vendors, context, values.vendorExpression ?? '')
  if (!context.document)
    throw new AppError('action.no_record')
  const companyId = await vendors.companyOf(context, context.document)
  return companyId === null ? null : vendors.findByCompany(context, companyId)
}

/** `15`, `CO_15` and `COMPANY_15` are how the host writes a company; anything else is a vendor code. */
async function byExpression(vendors: Finding, context: OperationContext, text: string): Promise<ActionVendor | null> {
  const byCode = await vendors.findByCode(context, text.trim())
  if (byCode)
    return byCode
  const companyId = Number(/^(?:CO_|COMPANY_)?(\d{1,9})$/i.exec(text.trim())?.[1])
  return Number.isInteger(companyId) ? vendors.findByCompany(context, companyId) : null
}

export const companyLink = ({ portal }: OperationContext, { companyId }: ActionVendor): string | null =>
  companyId === null ? null : portalLink(portal, `crm/company/details/${companyId}/`)
