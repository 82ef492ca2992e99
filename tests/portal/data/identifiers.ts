import { scatter } from './random.ts'

/** Nine digits that satisfy the Luhn check, as French company numbers do. */
export function siren(row: number): string {
  const head = String(30_000_000 + scatter(row, 40, 60_000_000)).padStart(8, '0')
  const sum = [...head].reverse().reduce((total, digit, at) => {
    const doubled = Number(digit) * (at % 2 === 0 ? 2 : 1)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return head + String((10 - sum % 10) % 10)
}

export function vatNumber(companyNumber: string): string {
  return `FR${String((12 + 3 * (Number(companyNumber) % 97)) % 97).padStart(2, '0')}${companyNumber}`
}

const banks = [['Banque de Démonstration', 'DEMOFRPP', '30999'], ['Crédit d’Essai', 'ESSAFRPP', '20998']] as const

/** A French account whose two check numbers are right. */
export function bankAccount(row: number): { bank: string, bic: string, iban: string } {
  const [bank, bic, bankCode] = banks[row % banks.length]!
  const branch = String(1 + scatter(row, 41, 9999)).padStart(5, '0')
  const account = String(scatter(row, 42, 1_000_000_000)).padStart(11, '0')
  const key = 97 - Number((89n * BigInt(bankCode) + 15n * BigInt(branch) + 3n * BigInt(account)) % 97n)
  const number = `${bankCode}${branch}${account}${String(key).padStart(2, '0')}`
  const check = 98n - BigInt(`${number}152700`) % 97n
  return { bank, bic, iban: `FR${String(check).padStart(2, '0')}${number}` }
}
