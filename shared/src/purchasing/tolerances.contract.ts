import { Type, type Static } from 'typebox'
import { endpoint } from '../http/endpoint.ts'
import { VendorId } from '../vendors/vendor-fields.ts'
import { Tolerance } from './purchasing.contract.ts'

export const Tolerances = Type.Object({
  /** Of every vendor without one of its own. */
  portal: Tolerance,
  /** Nobody has set it: these are the usual values. */
  isUsual: Type.Boolean(),
  vendors: Type.Array(Type.Object({ vendorId: VendorId, vendorName: Type.String(), mayEdit: Type.Boolean(), ...Tolerance.properties })),
})
export type Tolerances = Static<typeof Tolerances>

export const tolerancesApi = {
  list: endpoint({ method: 'GET', path: '/api/match-tolerances', summary: 'The portal\'s tolerance, and the vendors with one of their own', reply: Tolerances, errors: [] }),
}
