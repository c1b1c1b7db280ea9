/** What a container uses of its node: CPU in millicores, memory in bytes. */

export interface Usage {
  readonly cpuMilli: number
  readonly memoryBytes: number
}

/** How hungry an image is. */
export interface ImageUsage extends Usage {
  /** CPU time that one request costs. */
  readonly cpuMsPerRequest: number
}

export const modestUsage: ImageUsage = { cpuMilli: 1, memoryBytes: 6 * 1024 * 1024, cpuMsPerRequest: 1 }

/** What a container may use, from its limits. */
export interface UsageLimits {
  readonly cpuMilli?: number
  readonly memoryBytes?: number
}

/** Work that was done lately, as a sum that fades: plain JSON. */
export interface RecentWork {
  readonly cpuMs: number
  readonly at: number
}

/** Work half a minute ago counts a third: what metrics-server sees between two of its looks. */
const fadeMs = 30_000

/** Sums what a container's processes use: at rest, by requests lately answered, and by what they take hold of. */
export class UsageMeter {
  readonly #image: ImageUsage
  limits: UsageLimits
  readonly #held = new Set<Usage>()
  #recent: RecentWork | undefined

  constructor(image: ImageUsage, limits: UsageLimits, recent: RecentWork | undefined) {
    this.#image = image
    this.limits = limits
    this.#recent = recent
  }

  get recent(): RecentWork | undefined {
    return this.#recent
  }

  /** One request was answered. */
  served(now: number): void {
    this.#recent = { cpuMs: this.#fading(now) + this.#image.cpuMsPerRequest, at: now }
  }

  /** A process takes hold of this much until it lets go. */
  hold(usage: Usage): () => void {
    this.#held.add(usage)
    return () => this.#held.delete(usage)
  }

  get exceedsMemory(): boolean {
    return this.limits.memoryBytes !== undefined && this.#memory() > this.limits.memoryBytes
  }

  /** `salt` keeps two containers of one image from using the very same; what is used wavers a little, as it does. */
  at(now: number, salt: string): Usage {
    const waver = 0.96 + wobble(`${salt}${Math.floor(now / 15_000)}`) * 0.08
    const held = [...this.#held].reduce((sum, { cpuMilli }) => sum + cpuMilli, 0)
    const work = (this.#fading(now) / fadeMs) * 1000
    const cpuMilli = (this.#image.cpuMilli + held + work) * waver
    return {
      cpuMilli: Math.min(cpuMilli, this.limits.cpuMilli ?? Number.POSITIVE_INFINITY),
      memoryBytes: Math.min(Math.round(this.#memory() * waver), this.limits.memoryBytes ?? Number.POSITIVE_INFINITY),
    }
  }

  #memory(): number {
    return [...this.#held].reduce((sum, { memoryBytes }) => sum + memoryBytes, this.#image.memoryBytes)
  }

  #fading(now: number): number {
    return this.#recent ? this.#recent.cpuMs * Math.exp(-(now - this.#recent.at) / fadeMs) : 0
  }
}

/** A number in [0, 1) that a text stands for. */
function wobble(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32
}
