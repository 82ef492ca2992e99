import { Type, type Static } from 'typebox'
import { DocumentReply } from '../documents/document.contract.ts'
import { endpoint } from '../http/endpoint.ts'
import { NullableInteger, NullableText } from '../http/nullable.ts'
import { InvoiceFields } from '../purchasing/purchasing-fields.ts'
import { Day, MaybePerson } from '../vendors/vendor-fields.ts'
import { fecFaults } from './fec.ts'
import { AccountingPreset } from './preset.contract.ts'
import { presetIds } from './presets.ts'

export const keyScopes = ['invoices:write', 'journal:read'] as const
export type KeyScope = (typeof keyScopes)[number]

const Account = Type.String({ minLength: 3, maxLength: 20, pattern: '^\\d{3}[0-9A-Za-z]*$' })
const JournalCode = Type.String({ minLength: 1, maxLength: 10, pattern: '^[A-Za-z0-9]+$' })
const Label = Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' })

export const AccountingFields = Type.Object({
  siren: NullableText({ maxLength: 20 }),
  purchaseJournal: JournalCode,
  purchaseJournalName: Label,
  bankJournal: JournalCode,
  bankJournalName: Label,
  payableAccount: Account,
  expenseAccount: Account,
  taxAccount: Account,
  bankAccount: Account,
  reverseDueAccount: Account,
  reverseTaxAccount: Account,
  /** Percent, for lines that name no rate of their own. */
  reverseRate: Type.Number({ minimum: 0, maximum: 100 }),
  categoryAccounts: Type.Record(Type.String({ maxLength: 120 }), Account),
  fecSeparator: Type.Enum(['tab', 'pipe']),
  fecEncoding: Type.Enum(['utf-8', 'iso-8859-15']),
  /** Entries are numbered from the first day of this month on. */
  fiscalYearMonth: Type.Integer({ minimum: 1, maximum: 12 }),
})
export type AccountingFields = Static<typeof AccountingFields>

export const AccountingKey = Type.Object({
  keyId: Type.String({ format: 'uuid' }),
  name: Type.String(),
  /** The end of the key: enough to tell keys apart, not to use one. */
  hint: Type.String(),
  scopes: Type.Array(Type.Enum([...keyScopes])),
  createdAt: Type.String(),
  createdBy: MaybePerson,
  lastUsedAt: NullableText(),
  revokedAt: NullableText(),
})
export type AccountingKey = Static<typeof AccountingKey>

export const Accounting = Type.Object({
  settings: AccountingFields,
  version: Type.Integer(),
  /** Categories of purchases in use: each may have an account of its own. */
  categories: Type.Array(Type.String()),
  keys: Type.Array(AccountingKey),
  /** Shipped ones first. */
  presets: Type.Array(AccountingPreset),
})
export type Accounting = Static<typeof Accounting>

/** The FEC layout, a shipped preset, or an own one by its id. */
const ExportFormat = Type.String({ pattern: `^(fec|${presetIds.join('|')}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$` })

export const ExportChoice = Type.Object({
  format: ExportFormat, from: Day, to: Day,
  /** An older version of the preset; the one in force without it. */
  version: Type.Optional(Type.Integer({ minimum: 1 })),
})
export type ExportChoice = Static<typeof ExportChoice>

export const ExportPreview = Type.Object({
  fileName: NullableText(),
  header: Type.Array(Type.String()),
  rows: Type.Array(Type.Array(Type.String())),
  rowCount: Type.Integer(),
  entryCount: Type.Integer(),
  debitMinor: Type.Integer(),
  creditMinor: Type.Integer(),
  currency: Type.String(),
  problems: Type.Array(Type.Object({
    code: Type.Enum([...fecFaults]), entryNumber: NullableInteger(), reference: NullableText(), isBlocking: Type.Boolean(),
  })),
})
export type ExportPreview = Static<typeof ExportPreview>

export const ExportFile = Type.Object({ ...DocumentReply.properties, sha256: Type.String() })
export type ExportFile = Static<typeof ExportFile>

/** A file that was written: enough to tell who has which, and to explain its columns. */
export const WrittenExport = Type.Object({
  exportId: Type.String(), format: Type.String(), name: NullableText(), version: NullableInteger(), from: Type.String(), to: Type.String(),
  fileName: Type.String(), sha256: Type.String(), rowCount: Type.Integer(), writtenAt: Type.String(), writtenBy: MaybePerson,
})
export type WrittenExport = Static<typeof WrittenExport>

/** A vendor by what its accounting program knows of it; the first that is given and fits decides. */
export const DeliveredInvoice = Type.Object({
  vendor: Type.Object({
    vendorId: Type.Optional(Type.String({ format: 'uuid' })),
    siren: Type.Optional(Type.String({ maxLength: 20 })),
    vatNumber: Type.Optional(Type.String({ maxLength: 20 })),
    code: Type.Optional(Type.String({ maxLength: 60 })),
    /** As the journal names it. */
    auxiliary: Type.Optional(Type.String({ maxLength: 20 })),
  }),
  invoice: Type.Object({
    ...Type.Pick(InvoiceFields, ['kind', 'number', 'issuedOn', 'dueOn', 'currency', 'taxMinor', 'paymentReference']).properties,
    lines: Type.Array(Type.Object({
      description: Type.String({ minLength: 1, maxLength: 300, pattern: '\\S' }),
      quantity: Type.Optional(Type.Number({ minimum: -1_000_000_000, maximum: 1_000_000_000 })),
      netMinor: Type.Integer({ minimum: -1_000_000_000_000, maximum: 1_000_000_000_000 }),
      taxRate: Type.Optional(Type.Number({ minimum: 0, maximum: 100 })),
      /** As in EN 16931: `AE` and `K` are taxed under reverse charge. */
      taxCategory: Type.Optional(Type.String({ pattern: '^[A-Z]{1,2}$' })),
      account: Type.Optional(Type.String({ maxLength: 20 })),
      category: Type.Optional(Type.String({ maxLength: 120 })),
    }), { minItems: 1, maxItems: 1000 }),
  }),
})
export type DeliveredInvoice = Static<typeof DeliveredInvoice>

export const JournalPage = Type.Object({
  lines: Type.Array(Type.Object({
    entryId: Type.String(), entryOn: Type.String(), journal: Type.String(), account: Type.String(), accountName: Type.String(),
    auxiliary: NullableText(), auxiliaryName: NullableText(), reference: Type.String(), referenceOn: Type.String(), text: Type.String(),
    debitMinor: Type.Integer(), creditMinor: Type.Integer(), lettering: NullableText(), foreignMinor: NullableInteger(), foreignCurrency: NullableText(),
  })),
  currency: Type.String(),
  leftOut: Type.Array(Type.Object({ reason: Type.Enum(['no_rate']), reference: Type.String(), vendor: Type.String() })),
  nextCursor: NullableText(),
})
export type JournalPage = Static<typeof JournalPage>

const keyParams = Type.Object({ keyId: Type.String({ format: 'uuid' }) })

export const accountingApi = {
  get: endpoint({
    method: 'GET', path: '/api/accounting', access: 'admin', summary: 'Journals, accounts, presets and keys', reply: Accounting, errors: [],
  }),
  saveSettings: endpoint({
    method: 'PUT', path: '/api/accounting/settings', access: 'admin', summary: 'Set journals and accounts',
    body: Type.Object({ version: Type.Integer({ minimum: 0 }), fields: AccountingFields }), reply: Accounting,
    errors: ['accounting.changed_meanwhile', 'vendor.identifier_invalid'],
  }),
  preview: endpoint({
    method: 'GET', path: '/api/accounting/preview', access: 'admin', summary: 'The first rows of an export, and what the self-check finds',
    query: ExportChoice, reply: ExportPreview, errors: ['accounting.preset_not_found', 'accounting.period_backwards'],
  }),
  export: endpoint({
    method: 'POST', path: '/api/accounting/exports', isOnceAClick: true, access: 'admin', summary: 'Write an export of the purchase journal, and remember that it was written',
    body: ExportChoice, reply: ExportFile, errors: ['accounting.siren_missing', 'accounting.not_sound', 'accounting.preset_not_found', 'accounting.period_backwards'],
  }),
  exports: endpoint({
    method: 'GET', path: '/api/accounting/exports', access: 'admin', summary: 'The latest files that were written', reply: Type.Array(WrittenExport), errors: [],
  }),
  addKey: endpoint({
    method: 'POST', path: '/api/accounting/keys', isOnceAClick: true, access: 'admin', summary: 'Make a key for an accounting program; key and secret are shown this once',
    body: Type.Object({ name: Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' }), scopes: Type.Array(Type.Enum([...keyScopes]), { minItems: 1, maxItems: 2, uniqueItems: true }) }),
    reply: Type.Object({ key: Type.String(), signingSecret: Type.String(), accounting: Accounting }), errors: [],
  }),
  revokeKey: endpoint({
    method: 'POST', path: '/api/accounting/keys/:keyId/revocation', access: 'admin', summary: 'Take a key out of use for good',
    params: keyParams, reply: Accounting, errors: ['accounting.key_not_found'],
  }),
}

/** For programs, not for people: a key opens it, no session does. */
export const accountingDoors = {
  deliver: endpoint({
    method: 'POST', path: '/bx/accounting/invoices', access: 'open', summary: 'Deliver a vendor\'s invoice; signed, and the same delivery twice is one invoice',
    body: DeliveredInvoice, reply: Type.Object({ invoiceId: Type.String(), isNew: Type.Boolean() }),
    errors: ['accounting.key_invalid', 'accounting.scope_missing', 'accounting.signature_invalid', 'accounting.delivery_differs', 'accounting.vendor_unknown'],
  }),
  journal: endpoint({
    method: 'GET', path: '/bx/accounting/journal', access: 'open', summary: 'Entries of the purchase journal, page by page; reading marks nothing',
    query: Type.Object({
      from: Day, to: Day, cursor: Type.Optional(Type.String({ maxLength: 200 })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
    }),
    reply: JournalPage, errors: ['accounting.key_invalid', 'accounting.scope_missing', 'accounting.period_backwards'],
  }),
}
