/** 53 bits of a text (cyrb53): small enough for a number, wide enough that a million keys do not meet. */
export function keyHash(text: string): number {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    high = Math.imul(high ^ code, 2_654_435_761)
    low = Math.imul(low ^ code, 1_597_334_677)
  }
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909)
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909)
  return 4_294_967_296 * (2_097_151 & low) + (high >>> 0)
}

/** A map from hash to number at 16 bytes a slot, so that a file of a million lines costs a few megabytes. */
export class KeyTable {
  #keys = new Float64Array(1024)
  #values = new Float64Array(1024)
  #size = 0

  get size(): number {
    return this.#size
  }

  get(hash: number): number | undefined {
    const slot = this.#slot(hash)
    return this.#keys[slot] === 0 ? undefined : this.#values[slot]
  }

  set(hash: number, value: number): void {
    if (this.#size * 2 >= this.#keys.length)
      this.#grow()
    const slot = this.#slot(hash)
    if (this.#keys[slot] === 0) {
      this.#keys[slot] = hash + 1
      this.#size++
    }
    this.#values[slot] = value
  }

  /** How often the key had been counted before this time. */
  count(hash: number): number {
    const before = this.get(hash) ?? 0
    this.set(hash, before + 1)
    return before
  }

  #slot(hash: number): number {
    const mask = this.#keys.length - 1
    let slot = hash % this.#keys.length
    while (this.#keys[slot] !== 0 && this.#keys[slot] !== hash + 1)
      slot = (slot + 1) & mask
    return slot
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values]
    this.#keys = new Float64Array(keys.length * 2)
    this.#values = new Float64Array(keys.length * 2)
    this.#size = 0
    keys.forEach((key, slot) => key === 0 ? undefined : this.set(key - 1, values[slot]!))
  }
}
