import { describe, expect, it } from 'vitest'
import type { Deadline } from '@comptoir/shared/relationship/deadline.contract'
import { deadlinesDocument } from './deadlines-document.ts'

const aDeadline = (values: Partial<Deadline>): Deadline => ({
  kind: 'contract.notice', subjectId: 's', vendorId: 'v', vendorName: 'Papeterie Morel', vendorStatus: 'active', companyId: null,
  dueOn: '2026-12-04', title: 'Entretien', isMandatory: true, owner: null, amount: null, ...values,
})

describe('the deadlines as a file', () => {
  it('names what has no name of its own, and writes amounts in their own currency', () => {
    const document = deadlinesDocument({
      today: '2026-11-22', owners: [], isCut: false,
      deadlines: [aDeadline({}), aDeadline({ kind: 'document.expiry', title: 'urssaf', owner: { userId: 3, name: 'Nadia Benali' } }), aDeadline({ kind: 'payment.due', title: 'F-12', amount: { minor: 12_345, currency: 'USD' } })],
    }, { language: 'fr', timeZone: 'Europe/Paris', now: new Date('2026-11-22T08:00:00Z') })
    expect(document.blocks).toMatchObject([{ rows: [
      ['2026-12-04', 'Papeterie Morel', 'Dernier jour de préavis', 'Entretien', 'les administrateurs', null, null],
      ['2026-12-04', 'Papeterie Morel', 'Document à renouveler', 'Attestation de vigilance Urssaf', 'Nadia Benali', null, null],
      ['2026-12-04', 'Papeterie Morel', 'Paiement à échéance', 'F-12', 'les administrateurs', 123.45, 'USD'],
    ] }])
  })
})
