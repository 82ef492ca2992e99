import { describe, expect, it } from 'vitest'
import { errorOfFault, faultOfAnswer, faultOfSilence } from './rest-fault.ts'

const kindOf = (status: number, body: unknown) => faultOfAnswer(status, body)?.kind ?? null

describe('a fault of the host', () => {
  it.each([
    [401, 'expired_token', 'expired'],
    [401, 'invalid_token', 'expired'],
    [401, 'NO_AUTH_FOUND', 'expired'],
    [401, 'METHOD_CONFIRM_WAITING', 'forbidden'],
    [401, 'INVALID_CREDENTIALS', 'forbidden'],
    [403, 'insufficient_scope', 'forbidden'],
    [403, 'user_access_error', 'forbidden'],
    [400, 'ACCESS_DENIED', 'forbidden'],
    [403, 'allowed_only_intranet_user', 'forbidden'],
    [503, 'QUERY_LIMIT_EXCEEDED', 'limit'],
    [429, 'OPERATION_TIME_LIMIT', 'operating'],
    [503, 'OVERLOAD_LIMIT', 'forbidden'],
    [500, 'PORTAL_DELETED', 'gone'],
    [500, 'INTERNAL_SERVER_ERROR', 'unavailable'],
    [500, 'SOMETHING_NEW', 'unavailable'],
    [400, 'NOT_FOUND', 'not_found'],
    [400, 'INVALID_ARG_VALUE', 'invalid'],
    [400, 'ERROR_BATCH_LENGTH_EXCEEDED', 'invalid'],
    [404, 'ERROR_METHOD_NOT_FOUND', 'invalid'],
    [402, 'PAYMENT_REQUIRED', 'forbidden'],
    [200, 'ERROR_ARGUMENT', 'invalid'],
    [400, 'invalid_grant', 'login_lost'],
  ])('with status %i and code %s is %s', (status, error, kind) => {
    expect(kindOf(status, { error, error_description: '' })).toBe(kind)
  })

  it('is read from the sentence where old methods send no code', () => {
    expect(kindOf(400, { error: '', error_description: 'Access denied' })).toBe('forbidden')
    expect(kindOf(400, { error: '', error_description: 'Not found' })).toBe('not_found')
    expect(kindOf(400, { error: '0', error_description: 'Title is required' })).toBe('invalid')
    expect(kindOf(500, { error: 0, error_description: '' })).toBe('unavailable')
  })

  it('is read from the status where the body says nothing', () => {
    expect(kindOf(503, null)).toBe('limit')
    expect(kindOf(429, null)).toBe('limit')
    expect(kindOf(401, null)).toBe('expired')
    expect(kindOf(403, null)).toBe('forbidden')
    expect(kindOf(502, null)).toBe('unavailable')
    expect(kindOf(404, null)).toBe('unavailable')
  })

  it('is understood in the shape of the third REST version too', () => {
    expect(kindOf(400, { error: { code: 'BITRIX_REST_V3_EXCEPTION_X', message: 'no' } })).toBe('invalid')
  })

  it('is absent from a good answer', () => {
    expect(faultOfAnswer(200, { result: [] })).toBeNull()
  })

  it('leaves a write untouched only when the host refused it up front', () => {
    expect(faultOfAnswer(503, { error: 'QUERY_LIMIT_EXCEEDED' })?.isUntouched).toBe(true)
    expect(faultOfAnswer(401, { error: 'expired_token' })?.isUntouched).toBe(true)
    expect(faultOfSilence('timeout').isUntouched).toBe(false)
    expect(faultOfAnswer(500, null)?.isUntouched).toBe(false)
  })

  it('becomes one error with the code of the catalogue', () => {
    const error = errorOfFault(faultOfAnswer(403, { error: 'insufficient_scope' })!, { method: 'user.get' })
    expect(error.code).toBe('crm.forbidden')
    expect(error.details).toMatchObject({ method: 'user.get', hostCode: 'insufficient_scope', hostStatus: 403 })
  })
})
