import { draftFields, vendorDraftApi, type VendorDraft } from '@comptoir/shared/vendors/vendor-draft.contract'
import type { VendorFields } from '@comptoir/shared/vendors/vendor-fields'
import { call } from '../../platform/api.ts'

/** What was typed and not saved, without the fields that were left as they were. */
type Typed = Partial<VendorFields>

const pauseMs = 800
/** Whole, as long as the page lives: a form closed by mistake is as it was, account included. */
const here = new Map<string, Typed>()
const timers = new Map<string, ReturnType<typeof setTimeout>>()
/** Of these the server holds a draft, for a reload of the frame. */
const stored = new Set<string>()
/** In the order in which it was typed. A draft that the server does not take lives as long as the page. */
let sending: Promise<unknown> = Promise.resolve()

export const draftOf = (subject: string): Typed | null => here.get(subject) ?? null

export async function storedDraft(subject: string): Promise<VendorDraft | null> {
  const { draft } = await call(vendorDraftApi.get, { params: { vendorId: subject } }).catch(() => ({ draft: null }))
  if (draft)
    stored.add(subject)
  return draft
}

export function keepDraft(subject: string, typed: Typed, version: number | null): void {
  here.set(subject, typed)
  clearTimeout(timers.get(subject))
  const values = Object.fromEntries(draftFields.filter(field => typed[field] !== undefined).map(field => [field, typed[field]]))
  if (Object.keys(values).length > 0)
    timers.set(subject, setTimeout(() => store(subject, { values, version }), pauseMs))
  else
    unstore(subject)
}

export function dropDraft(subject: string): void {
  here.delete(subject)
  clearTimeout(timers.get(subject))
  unstore(subject)
}

function store(subject: string, draft: VendorDraft): void {
  stored.add(subject)
  send(() => call(vendorDraftApi.keep, { params: { vendorId: subject }, body: draft }))
}

function unstore(subject: string): void {
  if (stored.delete(subject))
    send(() => call(vendorDraftApi.drop, { params: { vendorId: subject } }))
}

function send(request: () => Promise<unknown>): void {
  sending = sending.then(request).catch(() => null)
}
