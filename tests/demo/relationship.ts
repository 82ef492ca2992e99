import type { FileSubject } from '@comptoir/shared/files/file.contract'
import { addDays, addMonths, type Day } from '@comptoir/shared/insights/calendar'
import type { DocumentFields, VendorCompliance } from '@comptoir/shared/relationship/compliance.contract'
import type { Contract, NewContract, VendorContracts } from '@comptoir/shared/relationship/contract.contract'
import type { Session } from '@comptoir/shared/portal/portal.contract'
import type { Vendor } from '@comptoir/shared/vendors/vendor-fields'
import { peopleIds } from '../portal/data/people.ts'
import { call } from './install.ts'
import { paper } from './paper.ts'

type EnteredContract = Partial<NewContract> & { readonly noticeGivenOn?: Day, readonly file?: string }
/** `proof`: somebody has checked it. */
type EnteredDocument = Partial<DocumentFields> & { readonly proof?: string, readonly file?: string }

interface Papers {
  readonly vendor: string
  readonly contracts?: readonly EnteredContract[]
  readonly documents?: readonly EnteredDocument[]
}

/** Contracts at every point of their life and documents in every state, around today. */
const papers = (today: Day): readonly Papers[] => [
  {
    vendor: 'Nettoyage Lumière',
    // The last day to give notice is twelve days away.
    contracts: [{
      title: 'Entretien des bureaux', number: 'NL-2024-07', startsOn: addMonths(addDays(today, 12), -21), endsOn: addMonths(addDays(today, 12), 3),
      noticeDays: 3, isTacitlyRenewed: true, renewalMonths: 12, amountMinor: 11_400_00, currency: 'EUR', amountPeriod: 'year', ownerUserId: peopleIds.buyer,
      file: 'Contrat signé.pdf',
    }],
    documents: [
      { kind: 'kbis', issuedOn: addDays(today, -60), proof: 'Original vu' },
      { kind: 'urssaf', issuedOn: addMonths(today, -5), verificationCode: '7KQ2MPA4XTB91CZ', proof: 'Code contrôlé sur le site de l’Urssaf', file: 'Attestation de vigilance.pdf' },
      { kind: 'insurance', name: 'Police 4471-B', issuedOn: addMonths(today, -4), proof: 'Attestation reçue de l’assureur' },
    ],
  },
  {
    vendor: 'Hexagone Télécom',
    contracts: [{
      title: 'Lignes et accès internet', number: 'HT-55120', startsOn: addMonths(addDays(today, 41), -24), endsOn: addDays(today, 40), noticeDays: 2, isTacitlyRenewed: true,
      renewalMonths: 12, amountMinor: 690_00, currency: 'EUR', amountPeriod: 'month',
    }],
    documents: [{ kind: 'insurance', issuedOn: addDays(addMonths(today, -12), 20), proof: 'Attestation vérifiée' }],
  },
  {
    vendor: 'Optima Maintenance',
    contracts: [{
      title: 'Maintenance des serveurs', number: 'OM-2026-3', startsOn: addMonths(today, -7), endsOn: addMonths(today, 5), noticeDays: 30, noticeUnit: 'days', amountMinor: 14_800_00, currency: 'EUR',
      ownerUserId: peopleIds.manager,
    }],
    documents: [{ kind: 'urssaf', issuedOn: addDays(today, -6), verificationCode: 'P9D4WHE2KLA7XQ3' }],
  },
  {
    vendor: 'Cabinet Aubert Conseil',
    contracts: [
      { title: 'Mission d’organisation', startsOn: addMonths(today, -20), endsOn: addMonths(today, -8), noticeDays: null, amountMinor: 24_000_00, currency: 'EUR' },
      { title: 'Accompagnement comptable', startsOn: addMonths(today, 1), endsOn: addMonths(today, 13), noticeDays: 2, signedOn: null, amountMinor: 18_000_00, currency: 'EUR' },
    ],
  },
  { vendor: 'Transports Kervella', contracts: [{ title: 'Conditions de transport', startsOn: addMonths(today, -30), endsOn: null, noticeDays: null }] },
  {
    vendor: 'Imprimerie Delmas',
    contracts: [{
      title: 'Impression des catalogues', startsOn: addMonths(today, -22), endsOn: addMonths(today, 2), noticeDays: 1, isTacitlyRenewed: true, renewalMonths: 12, amountMinor: 36_500_00, currency: 'EUR',
      noticeGivenOn: addDays(today, -3), ownerUserId: peopleIds.buyer,
    }],
    documents: [{ kind: 'kbis', issuedOn: addMonths(today, -7) }],
  },
  { vendor: 'Traiteur Maison Roux', documents: [{ kind: 'insurance', name: 'Police MR-88', issuedOn: addDays(addMonths(today, -12), -9), proof: 'Attestation vérifiée' }] },
]

/** The papers of the company's suppliers, entered as a person would; left alone once there are any. */
export async function furnishRelationship(appUrl: string, session: Session, now: Date): Promise<void> {
  const today = now.toISOString().slice(0, 10)
  const { vendors } = await call(appUrl, session, 'GET', '/api/vendors?limit=100') as { vendors: readonly { vendorId: string, name: string }[] }
  for (const { vendor: name, contracts = [], documents = [] } of papers(today)) {
    const vendorId = vendors.find(vendor => vendor.name === name)?.vendorId
    if (!vendorId || await hasPapers(appUrl, session, vendorId))
      continue
    const { vendor } = await call(appUrl, session, 'GET', `/api/vendors/${vendorId}`) as { vendor: Vendor }
    await call(appUrl, session, 'PATCH', `/api/vendors/${vendorId}`, { version: vendor.version, fields: { country: 'France' } })
    for (const contract of contracts)
      await enterContract(appUrl, session, vendorId, contract)
    for (const document of documents)
      await enterDocument(appUrl, session, vendorId, document)
  }
}

async function hasPapers(appUrl: string, session: Session, vendorId: string): Promise<boolean> {
  const { contracts } = await call(appUrl, session, 'GET', `/api/vendors/${vendorId}/contracts`) as VendorContracts
  const { documents } = await call(appUrl, session, 'GET', `/api/vendors/${vendorId}/compliance`) as VendorCompliance
  return contracts.length > 0 || documents.length > 0
}

const blank: Omit<NewContract, 'title' | 'startsOn'> = {
  number: null, endsOn: null, noticeDays: null, noticeUnit: 'months', isTacitlyRenewed: false, renewalMonths: null, amountMinor: null, currency: null,
  amountPeriod: 'total', ownerUserId: null, documents: [], note: null, signedOn: null,
}

async function enterContract(appUrl: string, session: Session, vendorId: string, { noticeGivenOn, file, ...fields }: EnteredContract): Promise<void> {
  const signedOn = fields.startsOn ? addDays(fields.startsOn, -14) : null
  const { contractId, version } = await call(appUrl, session, 'POST', `/api/vendors/${vendorId}/contracts`, { ...blank, signedOn, ...fields }) as Contract
  if (file)
    await keep(appUrl, session, vendorId, { subject: 'contract', subjectId: contractId, name: file })
  if (noticeGivenOn)
    await call(appUrl, session, 'POST', `/api/contracts/${contractId}/notice`, { version, givenOn: noticeGivenOn })
}

async function enterDocument(appUrl: string, session: Session, vendorId: string, { proof, file, ...fields }: EnteredDocument): Promise<void> {
  const { documents } = await call(appUrl, session, 'POST', `/api/vendors/${vendorId}/documents`, {
    name: null, link: null, issuedOn: null, validFrom: null, validTo: null, verificationCode: null, note: null, ...fields,
  }) as VendorCompliance
  const entered = documents.find(({ kind, verifiedAt }) => kind === fields.kind && verifiedAt === null)
  if (file && entered)
    await keep(appUrl, session, vendorId, { subject: 'document', subjectId: entered.documentId, name: file })
  if (proof && entered)
    await call(appUrl, session, 'POST', `/api/documents/${entered.documentId}/verification`, { version: entered.version, proof })
}

const keep = (appUrl: string, session: Session, vendorId: string, { name, ...place }: { readonly subject: FileSubject, readonly subjectId: string, readonly name: string }): Promise<unknown> =>
  call(appUrl, session, 'POST', `/api/vendors/${vendorId}/files`, { ...place, name, content: paper([name.replace(/\.pdf$/, ''), 'Document de démonstration']).toString('base64') })
