import { usualCompanyDays } from '@comptoir/shared/calendar/company-days'
import type { VendorCompliance } from '@comptoir/shared/relationship/compliance.contract'
import type { Contract, VendorContracts } from '@comptoir/shared/relationship/contract.contract'
import type { Deadline, DeadlineList } from '@comptoir/shared/relationship/deadline.contract'

export const idOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

export const aContract = (values: Partial<Contract> = {}): Contract => ({
  contractId: idOf(1), vendorId: idOf(9), title: 'Entretien', number: null, startsOn: '2026-01-01', endsOn: '2026-12-31', noticeDays: 1, noticeUnit: 'months',
  isTacitlyRenewed: true, renewalMonths: 12, amountMinor: 120_000, currency: 'EUR', amountPeriod: 'year', ownerUserId: 7, documents: [], note: null,
  status: 'signed', phase: 'running', signedOn: '2025-12-15', currentEndsOn: '2026-12-31', noticeOn: '2026-11-30', strictNoticeOn: '2026-11-30', noticeEndsOn: '2026-12-31',
  isRenewalCertain: false, noticeGivenOn: null, terminatedOn: null, terminationReason: null, amount: { minor: 120_000, currency: 'EUR' }, isAmountHidden: false,
  owner: { userId: 7, name: 'Ada Morel' }, version: 3, updatedAt: '2026-01-01T00:00:00Z', updatedBy: null, ...values,
})

export const someContracts = (values: Partial<VendorContracts> = {}): VendorContracts => ({
  asOf: '2026-11-22', companyDays: usualCompanyDays, contracts: [aContract()], mayEdit: true, mayTerminate: true, maySeeAmounts: true, moves: { onSignature: null, onLastEnd: null }, people: [{ userId: 7, name: 'Ada Morel' }], ...values,
})

export const aCompliance = (values: Partial<VendorCompliance> = {}): VendorCompliance => ({
  asOf: '2026-11-22', verdict: 'incomplete', nextDeadline: null, country: 'FR', isCountryAssumed: false, holds: [], mayEdit: true, mayLift: true,
  requirements: [{
    kind: 'urssaf', title: null, country: 'FR', isMandatory: true, applies: true, ground: 'spend', threshold: { minor: 500_000, currency: 'EUR' }, compared: { minor: 812_300, currency: 'EUR' },
    validityMonths: 6, maxAgeMonths: null, needsCode: true, state: 'received', documentId: idOf(2), validTo: '2027-04-30',
  }],
  documents: [{
    documentId: idOf(2), vendorId: idOf(9), kind: 'urssaf', name: null, link: null, issuedOn: '2026-11-01', validFrom: '2026-11-01', validTo: '2027-04-30', verificationCode: '7K2P', note: null,
    receivedOn: '2026-11-20', isTooOld: false, isExpired: false, verifiedAt: null, verifiedBy: null, verificationNote: null, version: 1,
  }],
  ...values,
})

export const aDeadline = (values: Partial<Deadline> = {}): Deadline => ({
  kind: 'contract.notice', subjectId: idOf(1), vendorId: idOf(9), vendorName: 'Papeterie Morel', vendorStatus: 'active', companyId: 5, dueOn: '2026-11-30', title: 'Entretien',
  isMandatory: true, owner: { userId: 7, name: 'Ada Morel' }, amount: null, ...values,
})

export const someDeadlines = (values: Partial<DeadlineList> = {}): DeadlineList => ({
  today: '2026-11-22', deadlines: [aDeadline()], owners: [{ userId: 7, name: 'Ada Morel' }], isCut: false, ...values,
})
