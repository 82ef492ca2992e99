import { checkSiren, checkSiret } from '@comptoir/shared/vendors/identifiers'

/** SIREN and SIRET among the numbers a party bears, whichever scheme they were written under. */
export function frenchIdentity(ids: readonly (string | null)[], vatNumber: string | null): { siren: string | null, siret: string | null } {
  const digits = ids.flatMap(id => id ? [id.replace(/[\s.]/g, '')] : [])
  const siret = digits.find(id => /^\d{14}$/.test(id) && checkSiret(id).ok) ?? null
  const siren = digits.find(id => /^\d{9}$/.test(id) && checkSiren(id).ok) ?? siret?.slice(0, 9)
    ?? /^FR[0-9A-Z]{2}(\d{9})$/.exec(vatNumber ?? '')?.[1] ?? null
  return { siren, siret }
}

export const plainCode = (text: string | null): string | null => text?.replace(/[\s.-]/g, '').toUpperCase() || null

/** An account that a transfer can go to; numbers of other systems stand in the same place. */
export function accountNumber(text: string | null): string | null {
  const code = plainCode(text)
  return code !== null && /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(code) ? code : null
}

const creditCodes = new Set(['81', '83', '261', '262', '296', '308', '381', '396', '420', '458', '532'])
export const kindOfCode = (typeCode: string): 'invoice' | 'credit_note' => creditCodes.has(typeCode) ? 'credit_note' : 'invoice'
