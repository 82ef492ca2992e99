import { metricNames } from '../insights/metric-names.ts'

/** What questions say beside the names of the numbers, French and English. */
const others = `affaires opportunités chiffre client clients commercial commerciaux vendeur vendeurs responsable fournisseur fournisseurs campagne canal source pipeline étape entreprise
  panier moyen moyenne conversion transformation réussite marge achats ventes prospects factures gagnées perdues ouvertes trimestre semestre semaine année dernier dernière derniers dernières depuis
  janvier février avril juillet septembre octobre novembre décembre january february march april august september october november december
  mensuel tendance évolution répartition meilleur meilleurs principaux remises livraisons objectif acquisition publicité créances encaissement
  revenue sales rep deals customers vendors suppliers owner quarter month months week weeks year years average spend margin target trend channel campaign`

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Words as they are written, by how they are compared. Short ones are one slip away from too many others. */
const vocabulary: ReadonlyMap<string, string> = new Map([...Object.values(metricNames.fr), ...Object.values(metricNames.en), others]
  .flatMap(text => text.toLowerCase().split(/[^\p{L}]+/u))
  .filter(word => word.length >= 5)
  .map(word => [plain(word), word]))

/** The word that was meant, or null where it is one, or no single other is near enough. */
export function respelled(written: string): string | null {
  const word = plain(written)
  if (vocabulary.has(word) || !/^[a-z]+$/.test(word))
    return null
  // « daffaires »
  const [, article, rest = ''] = /^(qu|[cdjlmnst])([aeiouyh].*)$/.exec(word) ?? []
  const noun = vocabulary.get(rest)
  if (article && noun)
    return `${article}’${noun}`
  const most = word.length < 5 ? 0 : word.length < 9 ? 1 : 2
  for (let slips = 1; slips <= most; slips++) {
    const near = [...vocabulary].filter(([known]) => isWithin(word, known, slips))
    if (near.length > 0)
      // « commerciale » is near to both « commercial » and « commerciaux »; what begins alike was meant.
      return near.toSorted(([a], [b]) => commonStart(word, b) - commonStart(word, a))[0]![1]
  }
  return null
}

function commonStart(a: string, b: string): number {
  let at = 0
  while (at < a.length && a[at] === b[at])
    at++
  return at
}

/** Whether so many letters left out, added, changed or swapped with their neighbour tell the words apart. A changed letter makes another word of a short one: « martin », margin. */
function isWithin(a: string, b: string, most: number): boolean {
  if (Math.abs(a.length - b.length) > most)
    return false
  const change = Math.max(a.length, b.length) < 7 ? 2 : 1
  const rows = [Array.from({ length: b.length + 1 }, (_, at) => at)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      row.push(Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : change), isSwapped ? rows[i - 2]![j - 2]! + 1 : Infinity))
    }
    rows.push(row)
  }
  return rows[a.length]![b.length]! <= most
}
