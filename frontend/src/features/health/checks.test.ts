import type { Health } from '@comptoir/shared/health/health.contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { setFormats } from '../../platform/format/format.ts'
import { loadTexts } from '../../platform/i18n/i18n.ts'
import { checksOf, type Check } from './checks.ts'
import { lagText, queueText, reasonText, sizeText } from './health-words.ts'
import { supportFile } from './support-file.ts'
import { aHealth, aRequest } from './testing/a-health.ts'

beforeAll(async () => {
  setFormats({ language: 'fr', timeZone: 'Europe/Paris', currency: 'EUR' })
  await loadTexts('fr', ['health'])
})

const check = (key: Check['key'], change: Partial<Health>) => checksOf(aHealth(change)).find(one => one.key === key)
const { login, sync, limiter } = aHealth()

describe('the checks', () => {
  it('are all in order on a good day', () => {
    expect(checksOf(aHealth()).map(({ tone }) => tone)).toEqual(['success', 'success', 'success', 'success', 'success'])
  })

  it.each<[Check['key'], Partial<Health>, Check['tone'], RegExp]>([
    ['login', { login: { ...login, status: 'lost', expiresAt: null } }, 'alert', /rouvrir l’application/],
    ['login', { login: { ...login, status: 'ending' } }, 'warning', /14 mai 2026/],
    ['scope', { missingScope: ['im', 'task'] }, 'alert', /im, task/],
    ['sync', { sync: { ...sync, errorCode: 'crm.forbidden' } }, 'alert', /./],
    ['sync', { sync: { ...sync, status: 'failed' } }, 'alert', /Synchronisation/],
    ['sync', { sync: { ...sync, status: 'paused' } }, 'warning', /suspendue/],
    ['sync', { sync: { ...sync, lagSeconds: null } }, 'info', /première lecture/],
    ['sync', { sync: { ...sync, lagSeconds: 7 * 3600 } }, 'warning', /7 heures/],
    ['work', { queues: [{ queue: 'a', waiting: 0, active: 0, failed: 2 }] }, 'alert', /2 tâches abandonnées/],
    ['work', { runs: [{ state: 'failed', count: 1 }] }, 'warning', /1 exécution/],
    ['limits', { limiter: { ...limiter, speed: 0.5 } }, 'warning', /50/],
  ])('of %s tell what is wrong and what to do', (key, change, tone, text) => {
    expect(check(key, change)).toMatchObject({ tone, text: expect.stringMatching(text) as string })
  })
})

describe('the words', () => {
  it('say sizes and delays as people do', () => {
    expect(sizeText(48 * 1024 ** 2)).toMatch(/^48.Mio$/)
    expect(sizeText(1.5 * 1024 ** 3)).toMatch(/^1,5.Gio$/)
    expect(sizeText(10)).toMatch(/^0.Kio$|^0,0.Kio$/)
    expect([lagText(null), lagText(0), lagText(120), lagText(200_000)]).toEqual([null, '0 seconde', '2 minutes', '2 jours'])
  })

  it('say where to look for a reason that has no words', () => {
    expect(reasonText({ errorCode: null })).toMatch(/journal du serveur/)
    expect(reasonText({ errorCode: 'crm.forbidden' })).toMatch(/droits/)
  })

  it('name the queues they know and leave the others as they are', () => {
    expect([queueText('mirror.sync'), queueText('new.queue')]).toEqual(['Synchronisation', 'new.queue'])
  })
})

describe('the support file', () => {
  it('holds states and codes, and no more of a request than its outline', () => {
    const request = { ...aRequest({ errorCode: 'ACCESS_DENIED' }), answer: { NAME: 'Ada' } }
    const text = supportFile(aHealth(), [request])
    expect(JSON.parse(text)).toMatchObject({ version: '1.0.0', failedRequests: [{ method: 'crm.item.list', errorCode: 'ACCESS_DENIED' }] })
    expect(text).not.toContain('Ada')
  })
})
