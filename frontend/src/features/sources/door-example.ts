import { idempotencyHeader, signatureHeader } from '@comptoir/shared/http/signature'
import type { DoorSecrets, Source } from '@comptoir/shared/sources/source.contract'

/** What a row may look like, under the names this source reads. */
function exampleBody({ settings }: Pick<Source, 'settings'>): string {
  const columns = settings?.columns
  const values = { day: '2026-01-15', channel: 'Google Ads', campaign: 'Marque', impressions: 12_500, clicks: 310, cost: 185.4, currency: settings?.currency ?? 'EUR' }
  const row = Object.fromEntries(Object.entries(values).flatMap(([field, value]) => {
    const name = columns ? columns[field as keyof typeof values] : field
    return name === null ? [] : [[name, value]]
  }))
  const path = settings?.rowsPath?.split('.').filter(part => part !== '') ?? []
  return JSON.stringify(path.reduceRight<unknown>((inner, part) => ({ [part]: inner }), [row]))
}

const quoted = (text: string): string => `'${text.replaceAll('\'', String.raw`'\''`)}'`

/** A delivery as a shell sends it: by its key alone, or signed as well. */
export function doorExample({ source, doorUrl, secrets, isSigned }: { source: Pick<Source, 'settings'>, doorUrl: string, secrets: DoorSecrets | null, isSigned: boolean }): string {
  const setting = [`KEY=${secrets?.key ?? 'cpt_…'}`, ...isSigned ? [`SECRET=${secrets?.signingSecret ?? 'cps_…'}`] : [], `BODY=${quoted(exampleBody(source))}`]
  const signing = ['NOW=$(date +%s)', 'MAC=$(printf %s "$NOW.$BODY" | openssl dgst -sha256 -hmac "$SECRET" -r | cut -d" " -f1)']
  const headers = ['Content-Type: application/json', 'Authorization: Bearer $KEY', `${idempotencyHeader}: 2026-01-15`, ...isSigned ? [`${signatureHeader}: t=$NOW,v1=$MAC`] : []]
  return [...setting, ...isSigned ? signing : [], `curl ${quoted(doorUrl)} \\`, ...headers.map(header => `  -H "${header}" \\`), '  -d "$BODY"'].join('\n')
}
