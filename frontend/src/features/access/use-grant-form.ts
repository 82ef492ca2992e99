import { accessApi, type Grant, type GrantEffect, type GrantInput } from '@comptoir/shared/access/access.contract'
import { missingOf, tidyGrant } from '@comptoir/shared/access/grant'
import { computed, reactive, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { call } from '../../platform/api.ts'

export interface GrantFormState {
  readonly values: GrantInput
  readonly isWhole: ComputedRef<boolean>
  /** What the grant would be about; null while it is not whole or not counted yet. */
  readonly effect: ShallowRef<GrantEffect | null>
  readonly failure: ShallowRef<unknown>
  readonly isSaving: Ref<boolean>
  save: () => Promise<Grant | null>
}

const fresh: GrantInput = {
  subjectKind: 'user', subjectId: null, scopeKind: 'all', group: null, vendorId: null,
  role: 'viewer', groups: ['identity'], validUntil: null, note: null,
}

const inputOf = (grant: Grant): GrantInput =>
  ({ subjectKind: grant.subjectKind, subjectId: grant.subjectId, scopeKind: grant.scopeKind, group: grant.group, vendorId: grant.vendorId,
    role: grant.role, groups: [...grant.groups], validUntil: grant.validUntil, note: grant.note })

/** A grant being given or changed, with its effect counted while one types. */
export function useGrantForm(grant: Grant | null): GrantFormState {
  const values = reactive<GrantInput>(grant ? inputOf(grant) : { ...fresh, groups: [...fresh.groups] })
  const effect = shallowRef<GrantEffect | null>(null)
  const failure = shallowRef<unknown>(null)
  const isSaving = ref(false)
  const isWhole = computed(() => missingOf(values).length === 0)
  const aboutWhom = computed(() => JSON.stringify([values.subjectKind, values.subjectId, values.scopeKind, values.group, values.vendorId]))

  watch(aboutWhom, async (asked) => {
    effect.value = null
    if (!isWhole.value)
      return
    const counted = await call(accessApi.preview, { body: tidyGrant(values) }).catch(() => null)
    if (asked === aboutWhom.value)
      effect.value = counted
  }, { immediate: true })
  watch(() => values.subjectKind, () => {
    values.subjectId = null
  })

  async function save(): Promise<Grant | null> {
    isSaving.value = true
    failure.value = null
    try {
      const body = tidyGrant(values)
      return grant
        ? await call(accessApi.change, { params: { grantId: grant.grantId }, body: { ...body, version: grant.version } })
        : await call(accessApi.give, { body })
    }
    catch (error) {
      failure.value = error
      return null
    }
    finally {
      isSaving.value = false
    }
  }

  return { values, isWhole, effect, failure, isSaving, save }
}
