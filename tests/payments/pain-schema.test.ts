import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { painVersions, refusalsOf, type PainVersion, type Transfer, type TransferOrder } from '@comptoir/shared/payments/credit-transfer'
import { writePain } from '@comptoir/shared/payments/pain-file'
import { netTransfers, remittanceOf, type NetItem } from '@comptoir/shared/payments/netting'
import { structuredAddress } from '@comptoir/shared/payments/postal-address'

const folder = join(import.meta.dirname, '../../../shared/data/iso20022')
const schemas: Record<PainVersion, string> = { '001.001.09': 'pain.001.001.09.epc132-08-2023.xsd', '001.001.03': 'pain.001.001.03.xsd' }
const isThere = existsSync(join(folder, schemas['001.001.09']))

/** A generator with a memory: the same orders on every run. */
function randomness(seed: number) {
  let state = seed
  const next = (): number => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!
  const text = (length: number): string => Array.from({ length: Math.floor(next() * length) }, () => pick([
    'a', 'Z', ' ', '7', 'é', 'ß', 'Œ', '&', '<', '>', '"', '\'', '/', '//', '€', 'Ж', 'λ', '中', '\n', '\u0000', '😀', ';', ']]>', '-', '.',
  ])).join('')
  return { next, pick, text }
}

const ibans = ['FR7630006000011234567890189', 'DE89370400440532013000', 'CH9300762011623852957', 'GB29NWBK60161331926819', 'MC5811222000010123456789030', 'NO9386011117947', 'VA59001123000012345678']

function randomOrder(seed: number): TransferOrder {
  const { next, pick, text } = randomness(seed)
  const address = () => pick([null, structuredAddress({ address: text(120), postalCode: text(30), city: text(60), country: pick(['France', 'CH', 'Allemagne', text(5)]) })])
  const transfers = Array.from({ length: 1 + Math.floor(next() * 12) }, (_, index): Transfer => ({
    endToEndId: `CPT-${seed}-${index}`, executionOn: `2026-04-${String(1 + Math.floor(next() * 4)).padStart(2, '0')}`,
    amountMinor: 1 + Math.floor(next() ** 4 * 99_999_999_998), currency: 'EUR', remittance: text(300),
    creditor: { name: `A${text(160)}`, iban: pick(ibans), bic: pick([null, 'BNPAFRPPXXX', 'DEUTDEFF']), address: address() },
  }))
  return {
    messageId: `CPT-${seed}`, createdAt: new Date('2026-03-31T22:00:00Z'), transfers,
    debtor: { name: `Comptoir ${text(90)}`, iban: ibans[0]!, bic: pick([null, 'AGRIFRPP']), address: address() },
  }
}

/** Invoices, parts of invoices and credit notes of a few vendors: what is netted goes out as one transfer. */
function nettedOrder(seed: number): { order: TransferOrder, owedMinor: number } {
  const { next, pick, text } = randomness(seed)
  const items = Array.from({ length: 2 + Math.floor(next() * 30) }, (_, index): NetItem => ({
    itemId: String(index), vendorId: pick(ibans), currency: 'EUR', reference: `F${seed}-${index} ${text(30)}`, amountMinor: Math.floor((next() - 0.3) * 9_999_999) || 1,
  }))
  const { transfers, exceeding } = netTransfers(items)
  const left = new Set(exceeding)
  const base = randomOrder(seed)
  return {
    owedMinor: transfers.flatMap(transfer => transfer.items).reduce((sum, item) => left.has(item) ? sum : sum + item.amountMinor, 0),
    order: {
      ...base,
      transfers: transfers.map(({ leadId, amountMinor, items: together }): Transfer => ({
        endToEndId: `CPT-${seed}-L${leadId}`, executionOn: '2026-04-01', amountMinor, currency: 'EUR', remittance: remittanceOf(together),
        creditor: { name: 'Atelier Roux', iban: together[0]!.vendorId, bic: null, address: null },
      })),
    },
  }
}

describe.skipIf(!isThere)('payment files against the schemas of ISO 20022 and the EPC (skipped where ../shared/data is absent)', () => {
  it.each(painVersions)('are valid pain.%s whatever names, addresses and amounts people have', async (version) => {
    const schema = await readFile(join(folder, schemas[version]), 'utf8')
    const orders = Array.from({ length: 60 }, (_, seed) => randomOrder(seed + 1))
    expect(orders.flatMap(refusalsOf)).toEqual([])
    const files = orders.map((order, index) => {
      const file = writePain(order, version)
      return { fileName: `${index}.xml`, contents: file.ok ? file.xml : '' }
    })
    const { valid, errors } = await validateXML({ xml: files, schema })
    expect(errors.slice(0, 5).map(error => error.message)).toEqual([])
    expect(valid).toBe(true)
  }, 60_000)

  it.each(painVersions)('are valid pain.%s with credit notes taken off and parts paid, and sum up to what is owed', async (version) => {
    const schema = await readFile(join(folder, schemas[version]), 'utf8')
    const files = Array.from({ length: 40 }, (_, seed) => nettedOrder(seed + 1)).filter(({ order }) => order.transfers.length > 0).map(({ order, owedMinor }, index) => {
      const file = writePain(order, version)
      const contents = file.ok ? file.xml : ''
      const [whole] = contents.match(/(?<=<CtrlSum>)[\d.]+/) ?? []
      expect([whole, contents.match(/<CdtTrfTxInf>/g)?.length]).toEqual([`${Math.trunc(owedMinor / 100)}.${String(owedMinor % 100).padStart(2, '0')}`, order.transfers.length])
      return { fileName: `${index}.xml`, contents }
    })
    expect(files.length).toBeGreaterThan(30)
    const { valid, errors } = await validateXML({ xml: files, schema })
    expect(errors.slice(0, 5).map(error => error.message)).toEqual([])
    expect(valid).toBe(true)
  }, 60_000)

  it('would notice a file that is not', async () => {
    const schema = await readFile(join(folder, schemas['001.001.09']), 'utf8')
    const file = writePain(randomOrder(3), '001.001.09')
    const broken = file.ok ? file.xml.replace('<Cd>SEPA</Cd>', '<Cd>URGENTLY</Cd>') : ''
    expect((await validateXML({ xml: [{ fileName: 'broken.xml', contents: broken }], schema })).valid).toBe(false)
  })
})
