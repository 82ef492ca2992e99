import { raiseAlert, resolveAlert } from '../../platform/notices/outbox.postgres.ts'
import type { Tx } from '../../platform/storage/database.ts'

const names: Readonly<Record<string, { readonly fr: string, readonly en: string }>> = {
  deals: { fr: 'affaires', en: 'deals' }, companies: { fr: 'entreprises', en: 'companies' }, leads: { fr: 'prospects', en: 'leads' },
  contacts: { fr: 'contacts', en: 'contacts' }, invoices: { fr: 'factures', en: 'invoices' }, activities: { fr: 'activités', en: 'activities' },
}

interface Counts { readonly entity: string, readonly portal: number, readonly mirror: number }

/**
 * Lists of which the portal and we count different numbers. The moves between stages are ours to keep: the portal forgets those
 * of a deal that went to another pipeline, and may keep those of a deal that was deleted.
 */
export async function readDifferences(tx: Tx, portalId: number): Promise<Counts[]> {
  const rows = await tx.selectFrom('sync_states').select(['entity', 'portal_count as portal', 'mirror_count as mirror'])
    .where('portal_id', '=', portalId).where('entity', '<>', 'stage_changes').whereRef('portal_count', '<>', 'mirror_count').orderBy('entity').execute()
  return rows.map(({ entity, portal, mirror }) => ({ entity, portal: portal ?? 0, mirror: mirror ?? 0 }))
}

/**
 * A check names what differs and what it names is read again: only a list that differs in two checks on end is told of,
 * to whoever installed the app, and the alert ends with the first check that finds both sides equal.
 */
export async function judgeDifferences(tx: Tx, portalId: number, before: readonly Counts[], now: Date): Promise<void> {
  const lasting = (await readDifferences(tx, portalId)).filter(({ entity }) => before.some(one => one.entity === entity))
  if (lasting.length === 0) {
    await resolveAlert(tx, portalId, 'counts_differ', 'counts_equal', now)
    return
  }
  const { installer_user_id: installer } = await tx.selectFrom('portals').select('installer_user_id').where('portal_id', '=', portalId).executeTakeFirstOrThrow()
  const told = (language: 'fr' | 'en') => {
    const number = new Intl.NumberFormat(language)
    return lasting.map(({ entity, portal, mirror }) => `${names[entity]?.[language] ?? entity} (${number.format(portal)} / ${number.format(mirror)})`).join(', ')
  }
  await raiseAlert(tx, {
    portalId, key: 'counts_differ', kind: 'counts_differ', ownerUserId: installer,
    audience: installer === null ? null : [installer], recipients: installer === null ? null : [installer],
    params: { lists: { fr: told('fr'), en: told('en') } }, link: { to: 'page', path: '/synchronization' }, at: now,
  })
}
