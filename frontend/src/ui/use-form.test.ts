import { AppError } from '@comptoir/shared/errors'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { loadTexts } from '../platform/i18n/i18n.ts'
import { useForm } from './use-form.ts'

const initial = { name: 'Alpha', lines: [{ price: 1 }] }

describe('a form', () => {
  beforeAll(() => loadTexts('fr'))

  it('is dirty from the first change to the next save', async () => {
    const form = useForm({ initial, submit: () => Promise.resolve() })
    expect(form.isDirty.value).toBe(false)
    form.values.lines[0]!.price = 2
    expect(form.isDirty.value).toBe(true)
    await expect(form.submit()).resolves.toBe(true)
    expect(form.isDirty.value).toBe(false)
  })

  it('goes back to what was saved', () => {
    const form = useForm({ initial, submit: () => Promise.resolve() })
    form.values.name = 'Beta'
    form.reset()
    expect(form.values.name).toBe('Alpha')
  })

  it('sends nothing while a field is not valid', async () => {
    const submit = vi.fn(() => Promise.resolve())
    const form = useForm({ initial: { name: '' }, validate: ({ name }) => name ? {} : { name: 'Obligatoire' }, submit })
    await expect(form.submit()).resolves.toBe(false)
    expect(form.errors.value).toEqual({ name: 'Obligatoire' })
    expect(submit).not.toHaveBeenCalled()
  })

  it('shows what the server refused at the field it refused', async () => {
    const refused = new AppError('request.invalid', { details: { in: 'body', problems: [{ at: '/lines/0/price', message: 'must be >= 0' }] } })
    const form = useForm({ initial, submit: () => Promise.reject(refused) })
    await form.submit()
    expect(form.errors.value).toEqual({ lines: 'Cette valeur n’est pas valable.' })
  })

  it('hands on a failure that no field can show', async () => {
    const onError = vi.fn()
    const gone = new AppError('network.offline')
    const form = useForm({ initial, submit: () => Promise.reject(gone), onError })
    await form.submit()
    expect(onError).toHaveBeenCalledWith(gone)
    expect(form.isSaving.value).toBe(false)
  })
})
