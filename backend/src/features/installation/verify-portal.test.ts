import { AppError } from '@comptoir/shared/errors'
import { describe, expect, it } from 'vitest'
import { provePortal, type AuthorizationServer, type TokenOwner } from './verify-portal.ts'

const owner: TokenOwner = { memberId: 'm1', clientEndpoint: 'https://a.bitrix24.fr/rest/', clientId: 'app', userId: 1, scope: ['crm'], version: '1' }
const claim = { accessToken: 'a', refreshToken: 'r', expiresAt: new Date(0), memberId: 'm1' }
const server = (known: Partial<TokenOwner>, refreshed: string | null = 'm1'): AuthorizationServer => ({
  ownerOf: async () => ({ ...owner, ...known }),
  refresh: async () => ({ accessToken: 'a2', refreshToken: 'r2', expiresAt: new Date(1), memberId: refreshed, clientEndpoint: owner.clientEndpoint, scope: [] }),
})

describe('the proof of a portal', () => {
  it('is the authorization server\'s word', async () => {
    expect(await provePortal(server({}), 'app', claim)).toMatchObject({ memberId: 'm1', clientEndpoint: owner.clientEndpoint, tokens: { accessToken: 'a' } })
  })

  it('comes from spending the refresh token where app.info names no portal', async () => {
    expect(await provePortal(server({ memberId: null }), 'app', claim)).toMatchObject({ memberId: 'm1', scope: ['crm'], tokens: { accessToken: 'a2', refreshToken: 'r2' } })
  })

  it('comes from the refresh token where app.info does not say whose app the token is for, or the token is over', async () => {
    expect(await provePortal(server({ clientId: null }), 'app', claim)).toMatchObject({ memberId: 'm1', tokens: { accessToken: 'a2' } })
    const over = { ...server({}), ownerOf: () => Promise.reject(new AppError('crm.login_lost', { details: { hostCode: 'expired_token' } })) }
    expect(await provePortal(over, 'app', claim)).toMatchObject({ memberId: 'm1', tokens: { accessToken: 'a2' } })
    await expect(provePortal(over, 'app', { ...claim, refreshToken: null })).rejects.toThrow('crm.login_lost')
    const invented = { ...over, ownerOf: () => Promise.reject(new AppError('crm.login_lost', { details: { hostCode: 'invalid_token' } })) }
    await expect(provePortal(invented, 'app', claim)).rejects.toThrow('crm.login_lost')
  })

  it.each([
    ['another app\'s token', server({ clientId: 'other' }), claim],
    ['a portal that is not the one claimed', server({ memberId: 'm2' }), claim],
    ['a refreshed portal that is not the one claimed', server({ memberId: null }, 'm2'), claim],
    ['no portal and no refresh token', server({ memberId: null }), { ...claim, refreshToken: null }],
    ['no portal in any answer', server({ clientEndpoint: null }, null), claim],
  ])('is refused for %s', async (_, authority, forged) => {
    await expect(provePortal(authority, 'app', forged)).rejects.toThrow('auth.forged')
  })
})
