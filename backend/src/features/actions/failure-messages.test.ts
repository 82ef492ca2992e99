import { expect, it } from 'vitest'
import { AppError } from '@comptoir/shared/errors'
import { failureMessage } from './failure-messages.ts'

it('says what to correct in words, not in codes', () => {
  expect(failureMessage('fr', 'vendor-management', new AppError('request.invalid', { details: { reason: 'period' } }))).toMatch(/^Les dates de la période ne conviennent pas/)
  const problems = [{ field: 'paymentAmount', reason: 'out_of_range' }, { field: 'dueOn', reason: 'not_a_day' }]
  expect(failureMessage('fr', 'vendor-management', new AppError('action.settings_invalid', { details: { problems } })).replaceAll('\u00A0', ' '))
    .toBe('Paramètres de l’action à corriger : Montant (hors limites), Échéance (pas une date). Ouvrez-les dans le concepteur, corrigez et enregistrez.')
})
