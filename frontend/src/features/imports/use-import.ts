import { importApi, type Import } from '@comptoir/shared/imports/import.contract'
import type { OptionsPatch } from '@comptoir/shared/imports/import-file.schema'
import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { call } from '../../platform/api.ts'
import { useErrorToast } from '../../ui/use-error-toast.ts'
import { isUnderWay } from './import-words.ts'

export type WizardStep = 'file' | 'columns' | 'review'

export interface OpenImport {
  readonly record: ShallowRef<Import | null>
  readonly error: ShallowRef<unknown>
  readonly isBusy: Ref<boolean>
  /** Where the person is while the import waits for them. */
  readonly step: Ref<WizardStep>
  load: () => Promise<void>
  /** Null takes a choice back. */
  configure: (set: OptionsPatch, reset?: readonly string[]) => Promise<void>
  /** Reads another sheet of the workbook, from the beginning. */
  chooseSheet: (sheet: string) => Promise<void>
  preview: () => Promise<void>
  start: () => Promise<void>
  cancel: () => Promise<void>
  undo: () => Promise<void>
  discard: () => Promise<boolean>
  /** Takes over what another call answered. */
  take: (next: Import) => void
}

const watchMs = 600

/** One import: its settings, its steps, and its progress while it runs. */
export function useImport(importId: string): OpenImport {
  const record = shallowRef<Import | null>(null)
  const error = shallowRef<unknown>(null)
  const isBusy = ref(false)
  const step = ref<WizardStep>('file')
  const { showError } = useErrorToast()
  const params = { importId }
  let timer: ReturnType<typeof setTimeout>
  let isGone = false

  function take(next: Import): void {
    if (next.state === 'previewed' && record.value?.state !== 'previewed')
      step.value = 'review'
    if (next.state === 'analysed' && step.value === 'review')
      step.value = 'columns'
    record.value = next
    error.value = null
  }

  async function load(): Promise<void> {
    try {
      const next = await call(importApi.get, { params })
      if (!isGone)
        take(next)
    }
    catch (cause) {
      error.value = cause
    }
  }

  watch([record, error], () => {
    clearTimeout(timer)
    if (record.value && isUnderWay(record.value.state) && !isGone)
      timer = setTimeout(() => void load(), watchMs)
  })
  onScopeDispose(() => {
    isGone = true
    clearTimeout(timer)
  })

  async function act(work: () => Promise<Import>): Promise<void> {
    if (isBusy.value)
      return
    isBusy.value = true
    try {
      take(await work())
    }
    catch (cause) {
      showError(cause)
      // Somebody else may have moved the import on.
      await load()
    }
    isBusy.value = false
  }

  return {
    record, error, isBusy, step, load, take,
    configure: (set, reset = []) => act(() => call(importApi.configure, { params, body: { set, reset: [...reset] } })),
    chooseSheet: sheet => act(() => call(importApi.chooseSheet, { params, body: { sheet } })),
    preview: () => act(() => call(importApi.preview, { params })),
    start: () => act(() => call(importApi.start, { params })),
    cancel: () => act(() => call(importApi.cancel, { params })),
    undo: () => act(() => call(importApi.undo, { params })),
    discard: async () => {
      try {
        await call(importApi.discard, { params })
        return true
      }
      catch (cause) {
        showError(cause)
        return false
      }
    },
  }
}
