import type { FileBase } from './file-base.ts'
import { type FileChange, OverlayFileTree } from './file-tree.ts'
import type { Machine } from './machine.ts'

export interface MachineDefinition {
  readonly name: string
  readonly address: string
  readonly role: Machine['role']
  readonly base: FileBase
}

/** What differs from the definition: plain JSON. */
export interface MachineSnapshot {
  readonly name: string
  readonly files: readonly FileChange[]
  readonly units: Machine['units']
  readonly powered: boolean
  readonly silentSince?: number
}

type Unit = keyof Machine['units']

/** A host with its faults; `changed` hears of power and units. */
export class EmulatedMachine implements Machine {
  readonly name: string
  readonly address: string
  readonly role: Machine['role']
  readonly files: OverlayFileTree
  readonly #now: () => number
  readonly #changed: (machine: EmulatedMachine) => void
  #units: Machine['units']
  #powered = true
  #silentSince: number | undefined

  constructor(
    definition: MachineDefinition,
    now: () => number,
    changed: (machine: EmulatedMachine) => void,
    saved?: MachineSnapshot,
  ) {
    this.name = definition.name
    this.address = definition.address
    this.role = definition.role
    this.#now = now
    this.#changed = changed
    this.files = new OverlayFileTree({ base: definition.base, now, changes: saved?.files ?? [] })
    this.#units = saved?.units ?? unitsOf(definition.role)
    this.#powered = saved?.powered ?? true
    this.#silentSince = saved?.silentSince
  }

  get units(): Machine['units'] {
    return this.#units
  }

  get powered(): boolean {
    return this.#powered
  }

  /** Since when its kubelet has been down; undefined while it works. */
  get silentSince(): number | undefined {
    return this.#silentSince
  }

  setPower(powered: boolean): void {
    if (powered === this.#powered) return
    this.#powered = powered
    this.#announce()
  }

  setUnit(unit: Unit, state: 'running' | 'stopped'): void {
    if (this.#units[unit] === undefined || this.#units[unit] === state) return
    this.#units = { ...this.#units, [unit]: state }
    this.#announce()
  }

  snapshot(): MachineSnapshot {
    return {
      name: this.name,
      files: this.files.changes(),
      units: this.#units,
      powered: this.#powered,
      ...(this.#silentSince !== undefined && { silentSince: this.#silentSince }),
    }
  }

  #announce(): void {
    const silent = !this.#powered || this.#units.kubelet !== 'running' || this.#units.containerd !== 'running'
    this.#silentSince = silent ? (this.#silentSince ?? this.#now()) : undefined
    this.#changed(this)
  }
}

function unitsOf(role: Machine['role']): Machine['units'] {
  return role === 'laptop' ? {} : { kubelet: 'running', containerd: 'running', 'kube-proxy': 'running' }
}
