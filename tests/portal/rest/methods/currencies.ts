import type { PortalModule } from '../../module.ts'
import type { Currency } from '../../crm/store.ts'
import type { RestCall } from '../registry.ts'
import { toPortalTime } from '../../core/zoned-time.ts'
import { emitEvent } from '../../events/emit.ts'
import { listParam, mapParam, numberParam, textParam, upperKeys } from '../params.ts'
import { RestError } from '../registry.ts'
import { described } from './described.ts'

const failed = (description: string) => new RestError(400, '', description)

const localization = {
  FULL_NAME: ['string', 'Nom'],
  FORMAT_STRING: ['string', 'Modèle d’affichage'],
  DEC_POINT: ['string', 'Séparateur décimal'],
  THOUSANDS_VARIANT: ['string', 'Séparateur des milliers'],
  THOUSANDS_SEP: ['string', 'Séparateur des milliers, libre'],
  DECIMALS: ['int', 'Décimales'],
  HIDE_ZERO: ['char', 'Masquer les zéros'],
} as const

const fields = described({
  CURRENCY: ['string', 'Devise'],
  AMOUNT_CNT: ['int', 'Nombre d’unités'],
  AMOUNT: ['double', 'Cours'],
  BASE: ['char', 'Devise de base', 'r'],
  SORT: ['int', 'Tri'],
  DATE_UPDATE: ['datetime', 'Date de modification', 'r'],
  LID: ['string', 'Langue', 'r'],
  FORMAT_STRING: ['string', 'Modèle d’affichage', 'r'],
  FULL_NAME: ['string', 'Nom', 'r'],
  DEC_POINT: ['string', 'Séparateur décimal', 'r'],
  THOUSANDS_SEP: ['string', 'Séparateur des milliers', 'r'],
  DECIMALS: ['int', 'Décimales', 'r'],
  LANG: ['currency_localization', 'Langues', '*'],
})

function shown({ portal }: RestCall, { code, fullName, amount, amountCount, isBase, formatString, sort }: Currency): Record<string, unknown> {
  return {
    CURRENCY: code,
    AMOUNT_CNT: String(amountCount),
    AMOUNT: amount.toFixed(4),
    SORT: String(sort),
    BASE: isBase ? 'Y' : 'N',
    FULL_NAME: fullName,
    LID: portal.settings.defaultLanguage,
    FORMAT_STRING: formatString,
    DEC_POINT: ',',
    THOUSANDS_SEP: '&nbsp;',
    DECIMALS: '2',
    DATE_UPDATE: toPortalTime(portal.clock.now() - 86_400_000),
  }
}

function find({ portal, params }: RestCall, unknown: string): Currency {
  const code = textParam(params, 'id').toUpperCase()
  const found = portal.crm.currencies.find(currency => currency.code === code)
  if (!found)
    throw failed(unknown)
  return found
}

const languages = (currency: Currency) => currency.languages ??= {}

function languagesOf({ portal }: RestCall, currency: Currency): unknown {
  const { fullName, formatString } = currency
  const own = { FORMAT_STRING: formatString, FULL_NAME: fullName, DEC_POINT: ',', THOUSANDS_SEP: '&nbsp;', DECIMALS: '2', THOUSANDS_VARIANT: 'B', HIDE_ZERO: 'Y' }
  return { [portal.settings.defaultLanguage]: own, ...languages(currency) }
}

/** A name or a format in the portal's language is what lists show. */
function localize({ portal }: RestCall, currency: Currency, wanted: unknown): void {
  for (const [language, given] of Object.entries((wanted ?? {}) as Record<string, Record<string, unknown>>)) {
    languages(currency)[language] = { ...languages(currency)[language], ...given }
    if (language === portal.settings.defaultLanguage) {
      currency.fullName = String(given.FULL_NAME ?? currency.fullName)
      currency.formatString = String(given.FORMAT_STRING ?? currency.formatString)
    }
  }
}

function fill(call: RestCall, currency: Currency): void {
  const { AMOUNT, AMOUNT_CNT, SORT, LANG } = upperKeys(mapParam(call.params, 'fields'))
  Object.assign(currency, {
    ...(AMOUNT === undefined ? {} : { amount: Number(AMOUNT) }),
    ...(AMOUNT_CNT === undefined ? {} : { amountCount: Number(AMOUNT_CNT) }),
    ...(SORT === undefined ? {} : { sort: Number(SORT) }),
  })
  localize(call, currency, LANG)
}

function announce({ portal, caller }: RestCall, change: 'ADD' | 'UPDATE' | 'DELETE', code: string): void {
  emitEvent(portal, `ONCRMCURRENCY${change}`, { FIELDS: { ID: code } }, { userId: caller.user.id })
}

function add(call: RestCall): string {
  const { portal, params } = call
  const code = String(upperKeys(mapParam(params, 'fields')).CURRENCY ?? '').toUpperCase()
  if (!/^[A-Z]{3}$/.test(code) || portal.crm.currencies.some(known => known.code === code))
    throw new RestError(400, 'ERROR_CORE', 'The currency code is missing, wrong or taken')
  const currency: Currency = { code, fullName: code, amount: 1, amountCount: 1, isBase: false, formatString: `# ${code}`, sort: 100 }
  fill(call, currency)
  portal.crm.currencies.push(currency)
  announce(call, 'ADD', code)
  return code
}

function remove(call: RestCall): true {
  const { currencies } = call.portal.crm
  const currency = find(call, 'Not found')
  if (currency.isBase)
    throw failed('Cannot delete base currency.')
  currencies.splice(currencies.indexOf(currency), 1)
  announce(call, 'DELETE', currency.code)
  return true
}

function sorted(call: RestCall): Currency[] {
  const wanted = Object.entries(upperKeys(mapParam(call.params, 'order')))
  const valueOf = (currency: Currency, key: string) => key === 'SORT' ? currency.sort : String(shown(call, currency)[key] ?? '')
  return call.portal.crm.currencies.toSorted((a, b) => {
    for (const [key, direction] of wanted) {
      const [left, right] = [valueOf(a, key), valueOf(b, key)]
      if (left !== right)
        return (left < right ? -1 : 1) * (String(direction).toLowerCase() === 'desc' ? -1 : 1)
    }
    return 0
  })
}

export function currencyMethods({ rest }: PortalModule): void {
  const anybody = { scope: 'crm' }
  const administrators = { scope: 'crm', admin: true, adminError: { status: 400, code: '', description: 'Access denied.' } }
  const nameless = 'The parameter id is invalid or not defined.'

  rest.method('crm.currency.list', anybody, call => ({ result: sorted(call).map(currency => shown(call, currency)), total: numberParam(call.params, 'start') < 0 ? 0 : call.portal.crm.currencies.length }))
  rest.method('crm.currency.get', anybody, (call) => {
    const currency = find(call, 'Not found')
    return { ...shown(call, currency), LANG: languagesOf(call, currency) }
  })
  rest.method('crm.currency.fields', anybody, () => fields)
  rest.method('crm.currency.add', administrators, add)
  rest.method('crm.currency.update', administrators, (call) => {
    const currency = find(call, 'Not found')
    fill(call, currency)
    announce(call, 'UPDATE', currency.code)
    return true
  })
  rest.method('crm.currency.delete', administrators, remove)
  rest.method('crm.currency.base.get', anybody, ({ portal }) => portal.crm.currencies.find(({ isBase }) => isBase)!.code)
  rest.method('crm.currency.base.set', administrators, (call) => {
    const base = find(call, 'Not found')
    call.portal.crm.currencies.forEach((currency) => { currency.isBase = currency === base })
    announce(call, 'UPDATE', base.code)
    return true
  })
  rest.method('crm.currency.localizations.fields', anybody, () => described(localization))
  rest.method('crm.currency.localizations.get', anybody, call => languagesOf(call, find(call, nameless)))
  rest.method('crm.currency.localizations.set', administrators, (call) => {
    localize(call, find(call, nameless), mapParam(call.params, 'localizations'))
    return true
  })
  rest.method('crm.currency.localizations.delete', administrators, (call) => {
    const currency = find(call, nameless)
    currency.languages = Object.fromEntries(Object.entries(languages(currency)).filter(([language]) => !listParam(call.params, 'lids').includes(language)))
    return true
  })
}
