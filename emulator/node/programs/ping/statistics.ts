/** Round-trip times of one ping run. */
export class PingStatistics {
  readonly times: number[] = []
  sent = 0
  errors = 0

  get loss(): number {
    return this.sent === 0 ? 0 : Math.round(((this.sent - this.times.length) * 100) / this.sent)
  }

  get minimum(): string {
    return Math.min(...this.times).toFixed(3)
  }

  get maximum(): string {
    return Math.max(...this.times).toFixed(3)
  }

  get average(): string {
    return this.#mean().toFixed(3)
  }

  get deviation(): string {
    const mean = this.#mean()
    const squares = this.times.reduce((sum, time) => sum + (time - mean) ** 2, 0)
    return Math.sqrt(squares / Math.max(1, this.times.length)).toFixed(3)
  }

  #mean(): number {
    return this.times.reduce((sum, time) => sum + time, 0) / Math.max(1, this.times.length)
  }
}

/** A round trip near `latencyMs` that differs a little from packet to packet, always in the same way. */
export function roundTrip(latencyMs: number, address: string, sequence: number): number {
  let hash = sequence * 2_654_435_761
  for (const character of address) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0
  return latencyMs * 0.3 + ((hash >>> 8) % 400) / 1000
}
