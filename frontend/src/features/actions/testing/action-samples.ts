import type { ActionPreview, ActionRun, CatalogueEntry } from '@comptoir/shared/actions/action.contract'

export const aPreview = (values: Partial<ActionPreview> = {}): ActionPreview => ({
  returns: { success: true, verdict: 'ok', message: '12 450,00 € dépensés', link: null, total: 12_450, currency: 'EUR', purchaseCount: 3, share: 4.5, vendorName: 'Chaises & Cie', vendorStatus: 'active' },
  message: '12 450,00 € dépensés chez Chaises & Cie.',
  effects: [], problems: [], expressions: [], failure: null, ...values,
})

export const aRun = (values: Partial<ActionRun> = {}): ActionRun => ({
  runId: '00000000-0000-4000-8000-000000000001',
  actionId: 'vendor-management',
  operation: 'total-spend',
  document: { entityTypeId: 2, entityId: 123 },
  state: 'answered',
  isSuccess: true,
  settings: { operation: 'total-spend', vendorSource: 'document', period: 'this_year' },
  returns: { success: true, verdict: 'ok', total: 12_450, currency: 'EUR' },
  message: '12 450,00 € dépensés',
  effects: [],
  errorCode: null,
  receivedAt: '2026-03-05T09:00:00.000Z',
  finishedAt: '2026-03-05T09:00:01.500Z',
  durationMs: 1500,
  workflowId: 'wf-1',
  rerunOf: null,
  ...values,
})

export const anEntry = (values: Partial<CatalogueEntry> = {}): CatalogueEntry => ({
  actionId: 'vendor-management', activity: 'installed', robot: 'installed', installedVersion: '1', currentVersion: '1', ...values,
})

/** What the designer's dialog hands over, in the host's spelling. */
export const dialogOptions = (values: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> => ({
  code: 'comptoir_vendor_management',
  activity_name: 'A1_2',
  current_values: [],
  document_type: ['crm', 'CCrmDocumentDeal', 'DEAL'],
  document_fields: { TITLE: { Name: 'Titre', Type: 'string' }, OPPORTUNITY: { NAME: 'Montant', TYPE: 'double' } },
  template: {
    parameters: [],
    variables: { Limit: { Name: 'Plafond', Type: 'double' } },
    constants: [], global_variables: [], global_constants: [],
    return_activities: [{ Id: 'A9_9', Title: 'Analyse', Type: 'x', Return: [{ Id: 'value', Name: 'Valeur', Type: 'double' }] }],
  },
  ...values,
})
