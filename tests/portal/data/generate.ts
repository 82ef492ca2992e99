import type { DealTable } from './deal-table.ts'
import { startOfPortalDay } from '../core/zoned-time.ts'
import { createDealTable, lostStage, wonStage } from './deal-table.ts'
import { generatedSellers, sellerId } from './people.ts'
import { createRandom } from './random.ts'

const products = [['Baie de stockage', 9200], ['Commutateur', 1150], ['Serveur rack', 6400], ['Licence annuelle', 540], ['Écran 27 pouces', 310], ['Poste de travail', 1890], ['Contrat de maintenance', 2400]] as const

const daySeconds = 86_400
const historyDays = 1095

/** The same deals for the same seed and day: three years of sales, ids in order of creation. */
export function generateDealTable(count: number, companies: Map<number, string>, now: number, seed = 20_260_101): DealTable {
  const random = createRandom(seed)
  const table = createDealTable(count, { products: products.map(([name]) => name), companies })
  const today = startOfPortalDay(now) / 1000
  const companyCount = Math.max(1, companies.size)
  for (let row = 0; row < count; row++) {
    const age = (1 - (row + random()) / count) * historyDays * daySeconds
    const created = Math.floor(today - age - 1)
    const length = Math.floor((10 + random() * random() * 150) * daySeconds)
    const product = Math.floor(random() * products.length)
    table.created[row] = created
    table.owner[row] = sellerId(Math.floor(random() * random() * generatedSellers))
    table.company[row] = random() < 0.1 ? 0 : 1 + Math.floor(random() * random() * companyCount)
    table.product[row] = product
    table.amount[row] = Math.round(products[product]![1] * (0.6 + random() * 0.9) * 100) / 100
    table.currency[row] = random() < 0.92 ? 0 : random() < 0.6 ? 1 : 2
    table.close[row] = created + length
    finish(table, row, created, length, today, random)
  }
  return table
}

function finish(table: DealTable, row: number, created: number, length: number, today: number, random: () => number): void {
  const isOver = created + length < today && random() < 0.985
  const isWon = random() < 0.6
  if (isOver) {
    table.stage[row] = isWon ? wonStage : lostStage
    table.lostAt[row] = isWon ? 0 : Math.floor(random() * 4)
    table.moved[row] = created + length
    return
  }
  const progress = Math.min(0.99, (today - created) / length)
  const stage = Math.floor(progress * 4)
  table.stage[row] = stage
  table.moved[row] = stage === 0 ? created : Math.floor(Math.min(today - 1, created + length * stage / 4))
}
