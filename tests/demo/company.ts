import type { Session } from '@comptoir/shared/portal/portal.contract'
import { createTemplate, newAppStep, newBuiltInStep } from '../portal/bizproc/designer.ts'
import type { AppStep, ConditionStep, NotifyStep, Step } from '../portal/bizproc/model.ts'
import { suppliers } from '../portal/data/companies.ts'
import type { App, Portal } from '../portal/state.ts'
import { call } from './install.ts'

/** A small number without pattern that is the same in every demo. */
function scatter(...salts: readonly number[]): number {
  let state = 0x9E3779B9
  for (const salt of salts) {
    state = Math.imul(state ^ (salt + 0x7F4A7C15), 0x85EBCA6B)
    state ^= state >>> 13
  }
  return state >>> 0
}

const categories: readonly [category: string, department: string, cents: number][] = [
  ['Impressions', 'Marketing', 420_00], ['Transport', 'Logistique', 780_00], ['Sous-traitance', 'Production', 3_400_00], ['Composants', 'Production', 5_200_00],
  ['Entretien', 'Services généraux', 260_00], ['Emballages', 'Logistique', 940_00], ['Maintenance', 'Informatique', 1_150_00], ['Télécom', 'Informatique', 640_00],
  ['Fournitures', 'Services généraux', 310_00], ['Matières', 'Production', 4_100_00], ['Réceptions', 'Direction', 520_00], ['Conseil', 'Direction', 2_300_00],
]

/** Fourteen months of invoices of the company's suppliers, as an accounting program of that country writes them. */
export function purchaseFile(today: Date): string {
  const lines = ['Date facture;Fournisseur;N° facture;Libellé;Catégorie;Service;Montant TTC']
  for (let back = 13; back >= 0; back--) {
    suppliers.forEach(([name], at) => {
      const [category, department, usual] = categories[at % categories.length] ?? ['', '', 0]
      const count = scatter(at, back) % 4
      for (let number = 0; number < count; number++) {
        const day = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - back, 1 + scatter(at, back, number) % 27))
        if (day > today)
          continue
        // Every thirtieth invoice is a credit note.
        const sign = scatter(at, back, number, 1) % 30 === 0 ? -1 : 1
        const cents = sign * Math.round(usual * (0.6 + scatter(at, back, number, 2) % 90 / 100))
        lines.push([frenchDay(day), name, `F${at + 1}-${day.toISOString().slice(0, 7)}-${number + 1}`, `${category} ${frenchDay(day).slice(3)}`, category, department, frenchAmount(cents)].join(';'))
      }
    })
  }
  return `${lines.join('\r\n')}\r\n`
}

const frenchDay = (day: Date): string => day.toISOString().slice(0, 10).split('-').reverse().join('/')
const frenchAmount = (cents: number): string => (cents / 100).toFixed(2).replace('.', ',').replace(/\B(?=(\d{3})+(?!\d))/g, '\u00A0')

interface ImportState { importId: string, state: string }

/** The demo company's purchases, through the same import a person uses; left alone once anything was imported. */
export async function importPurchases(appUrl: string, session: Session, today: Date): Promise<void> {
  const { imports } = await call(appUrl, session, 'GET', '/api/imports') as { imports: readonly unknown[] }
  if (imports.length > 0)
    return
  const answer = await fetch(`${appUrl}/api/imports?name=${encodeURIComponent('achats-fournisseurs.csv')}`, {
    method: 'POST',
    headers: { 'authorization': `Bearer ${session.token}`, 'content-type': 'application/octet-stream' },
    body: purchaseFile(today),
  })
  const { importId } = await answer.json() as ImportState
  await call(appUrl, session, 'POST', `/api/imports/${importId}/preview`)
  await untilState(appUrl, session, importId, 'previewed')
  await call(appUrl, session, 'POST', `/api/imports/${importId}/start`)
  await untilState(appUrl, session, importId, 'done')
}

async function untilState(appUrl: string, session: Session, importId: string, wanted: string): Promise<void> {
  for (const deadline = Date.now() + 60_000; ;) {
    const { state } = await call(appUrl, session, 'GET', `/api/imports/${importId}`) as ImportState
    if (state === wanted)
      return
    if (state === 'failed' || Date.now() > deadline)
      throw new Error(`The import of the demo company's purchases ended as "${state}".`)
    await new Promise(resolve => setTimeout(resolve, 150))
  }
}

/** The mirror has read the companies once the directory knows the suppliers. */
export async function untilVendors(appUrl: string, session: Session): Promise<void> {
  for (const deadline = Date.now() + 60_000; ;) {
    const { total } = await call(appUrl, session, 'GET', '/api/vendors?limit=1') as { total: number }
    if (total >= suppliers.length || Date.now() > deadline)
      return
    await new Promise(resolve => setTimeout(resolve, 200))
  }
}

const dealType = ['crm', 'CCrmDocumentDeal', 'DEAL'] as const
const companyType = ['crm', 'CCrmDocumentCompany', 'COMPANY'] as const

/** Two processes that ask Comptoir and branch on the answer, ready to be opened, changed and run. */
export function addSampleProcesses(portal: Portal, app: App, userId: number): void {
  const known = new Set([...portal.bizproc.templates.values()].map(({ name }) => name))
  const winRate = askStep(portal, app, 'comptoir_business_analytics', 'Taux de réussite des 12 derniers mois', {
    operation: 'metric-threshold', metric: 'win_rate', period: 'last_12_months', direction: 'at_least', threshold: '60',
  })
  const spend = askStep(portal, app, 'comptoir_vendor_management', 'Dépenses chez ce fournisseur', {
    operation: 'total-spend', vendorSource: 'document', period: 'last_12_months',
  })
  const samples = [
    {
      name: 'Suivi du taux de réussite', documentType: dealType, description: 'Mesure le taux de réussite et prévient selon le verdict.',
      steps: [winRate, branch(portal, 'Seuil atteint ?', [`{=${winRate.name}:reached}`, '=', 'Y'],
        notify(portal, userId, 'Prévenir : objectif tenu', `Objectif tenu. {=${winRate.name}:message}`),
        notify(portal, userId, 'Prévenir : à surveiller', `À surveiller. {=${winRate.name}:message}`))],
    },
    {
      name: 'Contrôle des dépenses fournisseur', documentType: companyType, description: 'Additionne les achats chez le fournisseur et prévient quand ils sont élevés.',
      steps: [spend, branch(portal, 'Plus de 50 000 € ?', [`{=${spend.name}:total}`, '>', '50000'],
        notify(portal, userId, 'Prévenir : dépenses élevées', `Dépenses élevées. {=${spend.name}:message}`),
        notify(portal, userId, 'Prévenir : rien à signaler', `Rien à signaler. {=${spend.name}:message}`))],
    },
  ]
  for (const sample of samples.filter(({ name }) => !known.has(name)))
    createTemplate(portal, { ...sample, userId })
}

function askStep(portal: Portal, app: App, code: string, title: string, properties: Readonly<Record<string, string>>): AppStep {
  const step = newAppStep(portal, { appId: app.clientId, code }, 'fr') as AppStep
  return { ...step, title, properties: { ...step.properties, ...properties } }
}

const branch = (portal: Portal, title: string, [left, operator, right]: [string, '=' | '>', string], yes: Step, no: Step): ConditionStep => ({
  ...newBuiltInStep(portal, 'condition', title) as ConditionStep,
  conditions: [{ left, operator, right }],
  then: [yes],
  else: [no],
})

const notify = (portal: Portal, userId: number, title: string, text: string): Step =>
  ({ ...newBuiltInStep(portal, 'notify', title) as NotifyStep, to: `user_${userId}`, text })
