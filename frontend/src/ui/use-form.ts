import { AppError } from '@comptoir/shared/errors'
import { computed, reactive, ref, type ComputedRef, type Ref } from 'vue'
import { t } from '../platform/i18n/i18n.ts'

export type FieldErrors<V> = Partial<Record<keyof V & string, string>>

export interface FormOptions<V extends object> {
  readonly initial: V
  /** Text of each field that is not valid; called before every submit. */
  readonly validate?: (values: V) => FieldErrors<V>
  readonly submit: (values: V) => Promise<unknown>
  /** A failure that no field can show. */
  readonly onError?: (error: unknown) => void
}

export interface Form<V extends object> {
  readonly values: V
  readonly errors: Ref<FieldErrors<V>>
  readonly isDirty: ComputedRef<boolean>
  readonly isSaving: Ref<boolean>
  /** True when the values were accepted. */
  submit: () => Promise<boolean>
  /** Back to the values given last, or to new ones. */
  reset: (values?: V) => void
}

export function useForm<V extends object>({ initial, validate, submit: send, onError }: FormOptions<V>): Form<V> {
  let saved = structuredClone(initial)
  const savedText = ref(JSON.stringify(initial))
  const values = reactive(structuredClone(initial)) as V
  const errors = ref<FieldErrors<V>>({}) as Ref<FieldErrors<V>>
  const isSaving = ref(false)

  function reset(next?: V): void {
    saved = structuredClone(next ?? saved)
    savedText.value = JSON.stringify(saved)
    Object.assign(values, structuredClone(saved))
    errors.value = {}
  }

  async function submit(): Promise<boolean> {
    errors.value = validate?.(values) ?? {}
    if (isSaving.value || Object.keys(errors.value).length > 0)
      return false
    isSaving.value = true
    try {
      const sent = JSON.parse(JSON.stringify(values)) as V
      await send(sent)
      saved = sent
      savedText.value = JSON.stringify(sent)
      return true
    }
    catch (error) {
      const refused = refusedFields(error, values)
      errors.value = refused
      if (Object.keys(refused).length === 0)
        onError?.(error)
      return false
    }
    finally {
      isSaving.value = false
    }
  }

  return { values, errors, isDirty: computed(() => JSON.stringify(values) !== savedText.value), isSaving, submit, reset }
}

/** The server names the fields it refuses by their path: `/email`, `/lines/2/price`. */
function refusedFields<V extends object>(error: unknown, values: V): FieldErrors<V> {
  if (!(error instanceof AppError) || error.code !== 'request.invalid' || !Array.isArray(error.details.problems))
    return {}
  const problems = error.details.problems as readonly { readonly at?: string }[]
  const names = problems.map(({ at }) => at?.split('/')[1] ?? '').filter(name => Object.hasOwn(values, name))
  return Object.fromEntries(names.map(name => [name, t('ui.form.invalid')])) as FieldErrors<V>
}
