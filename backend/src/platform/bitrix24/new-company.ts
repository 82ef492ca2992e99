import { AppError } from '@comptoir/shared/errors'
import type { CrmClient } from './client.ts'
import { toList, toMap } from './php-query.ts'

export interface NewCompany {
  /** Ours: the same key never makes a second company. */
  readonly key: string
  readonly title: string
  readonly typeId: string | null
  readonly categoryId: number | null
  readonly phone: string | null
  readonly email: string | null
  readonly website: string | null
}

const companyType = 4
const originator = 'comptoir'

/**
 * The company of a key, made when there is none yet: an answer that got lost on its way leaves a company behind,
 * and the next try finds it. Answers its id.
 */
export async function findOrAddCompany(client: Pick<CrmClient, 'call'>, company: NewCompany): Promise<number> {
  const { result: found } = await client.call('crm.item.list', {
    entityTypeId: companyType, select: ['id'], filter: { originatorId: originator, originId: company.key }, start: -1,
  })
  const [known] = toList(toMap(found).items)
  if (known)
    return idOf(known)
  const { result: added } = await client.call('crm.item.add', { entityTypeId: companyType, fields: fieldsOf(company) })
  return idOf(toMap(added).item)
}

function fieldsOf({ key, title, typeId, categoryId, phone, email, website }: NewCompany): Record<string, unknown> {
  const ways = [['PHONE', phone], ['EMAIL', email], ['WEB', website]] as const
  return {
    title,
    originatorId: originator,
    originId: key,
    ...typeId !== null && { typeId },
    ...categoryId !== null && { categoryId },
    fm: ways.flatMap(([kind, value]) => value ? [{ typeId: kind, valueType: 'WORK', value }] : []),
  }
}

function idOf(item: unknown): number {
  const id = Number(toMap(item).id)
  if (!Number.isSafeInteger(id) || id < 1)
    throw new AppError('crm.refused', { details: { reason: 'no_id' } })
  return id
}
