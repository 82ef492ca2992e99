import { AppError } from '@comptoir/shared/errors'
import { fireEvent, render, type RenderResult } from '@testing-library/vue'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, type Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { loadKitLocale } from '../platform/b24ui-locale.ts'
import { loadTexts } from '../platform/i18n/i18n.ts'
import { openSession } from '../platform/session.ts'
import { aSession } from '../platform/testing/render.ts'
import App from './App.vue'

interface AppOptions { page?: Component, failure?: unknown, reopen?: () => Promise<unknown>, isAdmin?: boolean, isAdminOnly?: boolean }

async function anApp({ page = { render: () => h('p', 'the page') }, failure = null, reopen = () => Promise.resolve(), isAdmin = true, isAdminOnly = false }: AppOptions): Promise<RenderResult> {
  const session = aSession()
  const [locale] = await Promise.all([loadKitLocale('fr'), loadTexts('fr'), openSession({ ...session, viewer: { ...session.viewer, isAdmin } }, null)])
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: page, meta: { isAdminOnly } }] })
  await router.push('/')
  return render(App, { props: { locale, failure, reopen }, global: { plugins: [router, createPinia()] } })
}

describe('the app', () => {
  beforeEach(() => {
    // Vue reports what the boundary lets through in development.
    vi.spyOn(console, 'error').mockReturnValue()
    vi.spyOn(console, 'warn').mockReturnValue()
  })
  afterEach(() => vi.restoreAllMocks())

  it('shows the page', async () => {
    const { getByText } = await anApp({})
    expect(getByText('the page')).toBeTruthy()
  })

  it('puts a page that cannot be drawn in words, without its stack, and tries again', async () => {
    let isBroken = true
    const page = defineComponent(() => {
      if (isBroken)
        throw new AppError('internal', { details: { traceId: 'trace-7' } })
      return () => h('p', 'the page')
    })
    const { getByRole, getByText, container } = await anApp({ page })
    expect(getByRole('heading').textContent).toContain('Cette page n’a pas pu s’afficher')
    expect(getByText(/trace-7/)).toBeTruthy()
    expect(container.textContent).not.toMatch(/at .*\.(ts|vue)/)
    isBroken = false
    await fireEvent.click(getByRole('button', { name: 'Réessayer' }))
    expect(getByText('the page')).toBeTruthy()
  })

  it('leaves the page in place when only an action failed', async () => {
    const page = defineComponent(() => () => h('button', { onClick: () => Promise.reject(new AppError('crm.limit')) }, 'save'))
    const { getByRole, findAllByText } = await anApp({ page })
    await fireEvent.click(getByRole('button', { name: 'save' }))
    expect(await findAllByText(/trop de demandes/)).not.toHaveLength(0)
    expect(getByRole('button', { name: 'save' })).toBeTruthy()
  })

  it('sends whoever opened it outside the host back there', async () => {
    const { getByRole, queryByRole } = await anApp({ failure: new AppError('frame.outside') })
    expect(getByRole('heading').textContent).toContain('Ouvrez Comptoir depuis Bitrix24')
    expect(queryByRole('button', { name: 'Réessayer' })).toBeNull()
  })

  it('asks a silent host again', async () => {
    const reopen = vi.fn().mockRejectedValueOnce(new AppError('frame.silent')).mockResolvedValueOnce(null)
    const { getByRole, findByText } = await anApp({ failure: new AppError('frame.silent'), reopen })
    await fireEvent.click(getByRole('button', { name: 'Réessayer' }))
    expect(getByRole('heading').textContent).toContain('Le portail ne répond pas')
    await fireEvent.click(getByRole('button', { name: 'Réessayer' }))
    expect(await findByText('the page')).toBeTruthy()
  })

  it('keeps pages for administrators to administrators', async () => {
    const { getByRole } = await anApp({ isAdminOnly: true, isAdmin: false })
    expect(getByRole('heading').textContent).toContain('Réservé aux administrateurs')
  })
})
