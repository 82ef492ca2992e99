import { isMasked } from '@comptoir/shared/access/masks'
import { AppError } from '@comptoir/shared/errors'
import { changedFields, faultsOf, identifierFields, tidyPatch } from '@comptoir/shared/vendors/vendor-edit'
import type { VendorDraft } from '@comptoir/shared/vendors/vendor-draft.contract'
import { vendorFieldNames, type NewVendor, type Vendor, type VendorField, type VendorFields } from '@comptoir/shared/vendors/vendor-fields'
import { vendorApi } from '@comptoir/shared/vendors/vendor.contract'
import { computed, reactive, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { call } from '../../platform/api.ts'
import { errorText } from '../../platform/error-text.ts'
import { t } from '../../platform/i18n/i18n.ts'
import { draftOf, dropDraft, keepDraft, storedDraft } from './vendor-drafts.ts'
import { faultText } from './vendor-words.ts'

export interface VendorFormOptions {
  /** The vendor being edited; null when one is entered. */
  readonly vendor: Vendor | null
  readonly start?: Partial<NewVendor>
}

export interface VendorFormState {
  readonly values: VendorFields
  readonly errors: Ref<Partial<Record<VendorField, string>>>
  readonly isDirty: ComputedRef<boolean>
  readonly isSaving: Ref<boolean>
  readonly isDraft: Ref<boolean>
  /** What an earlier page left unsaved, until it is taken up or thrown away. */
  readonly offered: ShallowRef<VendorDraft | null>
  readonly failure: ShallowRef<unknown>
  /** What is stored now, when somebody saved in between. */
  readonly conflict: ShallowRef<Vendor | null>
  /** The vendor as saved; null when it was refused. */
  save: () => Promise<Vendor | null>
  keepMine: () => Promise<Vendor | null>
  takeTheirs: () => Vendor | null
  resume: () => void
  discard: () => void
}

const empty = Object.fromEntries(vendorFieldNames.map(field => [field, field === 'name' ? '' : null])) as unknown as VendorFields
/** A masked value is not one to type over or to send back: its field starts empty, and empty changes nothing. */
const readable = (value: string | number | null | undefined): string | number | null =>
  typeof value === 'string' && isMasked(value) ? null : value ?? null
const fieldsOf = (source: Partial<VendorFields>): VendorFields =>
  Object.fromEntries(vendorFieldNames.map(field => [field, readable(source[field]) ?? empty[field]])) as unknown as VendorFields

export function useVendorForm({ vendor, start = {} }: VendorFormOptions): VendorFormState {
  const subject = vendor?.vendorId ?? (start.companyId ? `new-${start.companyId}` : 'new')
  const read = shallowRef(vendor)
  const given = (): VendorFields => fieldsOf(read.value ?? start)
  const draft = draftOf(subject)
  const values = reactive<VendorFields>({ ...given(), ...draft })
  const errors = ref<Partial<Record<VendorField, string>>>({})
  const isSaving = ref(false)
  const isDraft = ref(draft !== null)
  const failure = shallowRef<unknown>(null)
  const conflict = shallowRef<Vendor | null>(null)
  const changed = computed(() => changedFields(tidyPatch(given()), tidyPatch(values)))
  const isDirty = computed(() => changed.value.length > 0)

  const offered = shallowRef<VendorDraft | null>(null)
  const typed = (): Partial<VendorFields> => Object.fromEntries(changed.value.map(field => [field, values[field]]))

  watch(values, () => {
    if (isDirty.value)
      keepDraft(subject, typed(), read.value?.version ?? null)
    else if (!offered.value)
      dropDraft(subject)
  })
  if (!draft)
    void storedDraft(subject).then(offer)

  /** What was saved after all is nothing to take up. */
  function offer(stored: VendorDraft | null): void {
    if (stored && changedFields(tidyPatch(given()), tidyPatch(stored.values)).length > 0)
      offered.value = stored
  }

  /** What has been typed meanwhile goes before it. */
  function resume(): void {
    Object.assign(values, { ...offered.value?.values, ...typed() })
    offered.value = null
    isDraft.value = true
  }

  const faulty = (): Partial<Record<VendorField, string>> => {
    const tidy = tidyPatch(values)
    const touched = Object.fromEntries(changedFields(given(), tidy).map(field => [field, tidy[field]]))
    return {
      ...!values.name.trim() && { name: t('ui.form.required') },
      ...Object.fromEntries(faultsOf(touched, given()).map(fault => [fault.field, faultText(fault)])),
    }
  }

  async function save(): Promise<Vendor | null> {
    errors.value = faulty()
    failure.value = null
    if (isSaving.value || Object.keys(errors.value).length > 0)
      return null
    isSaving.value = true
    try {
      const saved = await send(tidyPatch(values) as VendorFields)
      dropDraft(subject)
      read.value = saved
      return saved
    }
    catch (error) {
      refuse(error)
      return null
    }
    finally {
      isSaving.value = false
    }
  }

  function send(tidy: VendorFields): Promise<Vendor> {
    if (!read.value)
      return call(vendorApi.create, { body: { ...start, ...tidy } })
    const fields = Object.fromEntries(changedFields(given(), tidy).map(field => [field, tidy[field]]))
    return call(vendorApi.update, { params: { vendorId: read.value.vendorId }, body: { version: read.value.version, fields } })
  }

  function refuse(error: unknown): void {
    const { code, details } = error instanceof AppError ? error : new AppError('internal')
    if (code === 'vendor.changed_meanwhile')
      conflict.value = details.current as Vendor
    else if (code === 'vendor.code_taken')
      errors.value = { code: errorText(error) }
    else if (code === 'vendor.identifier_invalid' && identifierFields.some(field => field === details.field))
      errors.value = { [details.field as VendorField]: faultText(details as unknown as Parameters<typeof faultText>[0]) }
    else
      failure.value = error
  }

  /** What I changed stays typed, now over what is stored. */
  function keepMine(): Promise<Vendor | null> {
    const mine = changedFields(given(), tidyPatch(values))
    const kept = Object.fromEntries(mine.map(field => [field, values[field]]))
    read.value = conflict.value
    Object.assign(values, given(), kept)
    conflict.value = null
    return save()
  }

  function takeTheirs(): Vendor | null {
    read.value = conflict.value
    conflict.value = null
    discard()
    return read.value
  }

  function discard(): void {
    Object.assign(values, given())
    dropDraft(subject)
    offered.value = null
    isDraft.value = false
    errors.value = {}
    failure.value = null
  }

  return { values, errors, isDirty, isSaving, isDraft, offered, failure, conflict, save, keepMine, takeTheirs, resume, discard }
}
