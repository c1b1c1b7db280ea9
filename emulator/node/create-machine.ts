import { createFileBase, type FileBase, type FileSource } from './file-base.ts'
import { type FileChange, OverlayFileTree } from './file-tree.ts'
import { startKubelet } from './kubelet-start.ts'
import type { Machine } from './machine.ts'

type Unit = 'kubelet' | 'containerd' | 'kube-proxy'

/** What exercises break and mend; learners' tools see only `Machine`. */
export interface MachineFaults {
  setPowered(powered: boolean): void
  setUnit(unit: Unit, state: 'running' | 'stopped'): void
}

export interface MachineSnapshot {
  readonly name: string
  readonly powered: boolean
  readonly units: { readonly [unit in Unit]?: 'running' | 'stopped' }
  readonly files: readonly FileChange[]
  /** When a unit last started or stopped; those that never did since boot are missing. */
  readonly unitTimes?: Machine['unitTimes']
  readonly kubeletFailure?: Machine['kubeletFailure']
  readonly kubeletLost?: string | undefined
}

export interface EmulatedMachine extends Machine, MachineFaults {
  snapshot(): MachineSnapshot
}

export interface MachineOptions {
  readonly name: string
  readonly address: string
  readonly role: Machine['role']
  /** Made once a blueprint with `createMachineBase` and shared by all its clusters. */
  readonly base: FileBase
  readonly now: () => number
  readonly onChange?: (machine: EmulatedMachine) => void
  /** Some file of it changed, besides those that people keep for themselves. */
  readonly onFiles?: (machine: EmulatedMachine) => void
  readonly saved?: MachineSnapshot
}

/** A host of the emulated network. */
export function createMachine(options: MachineOptions): EmulatedMachine {
  return new HostMachine(options)
}

/** What people keep for themselves: nothing that runs on a machine reads it. */
const isUsersOwn = (path: string): boolean => /^\/(tmp|home|root)\//.test(path)

class HostMachine implements EmulatedMachine {
  readonly name: string
  readonly address: string
  readonly role: Machine['role']
  readonly files: OverlayFileTree
  readonly #onChange: (machine: EmulatedMachine) => void
  #units: { readonly [unit in Unit]?: 'running' | 'stopped' }
  #powered: boolean
  #unitTimes: Machine['unitTimes']
  readonly #now: () => number
  readonly #server: string | undefined
  #failure: Machine['kubeletFailure']
  #lost: string | undefined

  constructor(options: MachineOptions) {
    this.name = options.name
    this.address = options.address
    this.role = options.role
    this.files = new OverlayFileTree({
      base: options.base,
      now: options.now,
      changes: options.saved?.files ?? [],
      onChange: (path) => {
        if (isUsersOwn(path)) return
        if (this.#failure !== undefined) this.#startKubelet()
        options.onFiles?.(this)
      },
    })
    this.#server = serverIn(options.base.entries.get(KUBECONFIG)?.content)
    this.#failure = options.saved?.kubeletFailure
    this.#lost = options.saved?.kubeletLost
    this.#onChange = options.onChange ?? (() => undefined)
    const running = { kubelet: 'running', containerd: 'running', 'kube-proxy': 'running' } as const
    this.#units = options.saved?.units ?? (options.role === 'laptop' ? {} : running)
    this.#powered = options.saved?.powered ?? true
    this.#unitTimes = options.saved?.unitTimes ?? {}
    this.#now = options.now
  }

  get units(): Machine['units'] {
    return this.#units
  }

  get unitTimes(): Machine['unitTimes'] {
    return this.#unitTimes
  }

  get kubeletFailure(): Machine['kubeletFailure'] {
    return this.#failure
  }

  get kubeletLost(): string | undefined {
    return this.#lost
  }

  get powered(): boolean {
    return this.#powered
  }

  setPowered(powered: boolean): void {
    if (this.#powered === powered) return
    this.#powered = powered
    if (powered) this.#boot()
    this.#onChange(this)
  }

  /** Units that are enabled start with the machine. */
  #boot(): void {
    for (const unit of ['containerd', 'kubelet'] as const) {
      if (this.role === 'laptop') continue
      const enabled = this.files.stat(`/etc/systemd/system/multi-user.target.wants/${unit}.service`) !== undefined
      this.#units = { ...this.#units, [unit]: enabled ? 'running' : 'stopped' }
      this.#unitTimes = { ...this.#unitTimes, [unit]: this.#now() }
      if (unit === 'kubelet' && enabled) this.#evaluate()
    }
  }

  /** Reads what a kubelet reads at its start; one that ends at once leaves its unit stopped. */
  #evaluate(): void {
    const { failure, server } = startKubelet(this.files)
    this.#failure = failure
    this.#lost = server === undefined || this.#leadsToServer(server) ? undefined : server
    if (failure !== undefined) this.#units = { ...this.#units, kubelet: 'stopped' }
  }

  /** systemd tries again every ten seconds; here as soon as a file has changed. */
  #startKubelet(): void {
    if (startKubelet(this.files).failure === undefined) this.setUnit('kubelet', 'running')
  }

  #leadsToServer(url: string): boolean {
    if (this.#server === undefined || url === this.#server) return true
    const [wanted, asked] = [hostAndPort(this.#server), hostAndPort(url)]
    const line = (this.files.read('/etc/hosts') ?? '').split('\n').find((text) => text.split(/\s+/)[0] === wanted.host)
    return asked.port === wanted.port && (line?.split(/\s+/).includes(asked.host) ?? false)
  }

  setUnit(unit: Unit, state: 'running' | 'stopped'): void {
    const isFailing = unit === 'kubelet' && this.#failure !== undefined
    if ((this.#units[unit] === state && !isFailing) || this.role === 'laptop') return
    this.#units = { ...this.#units, [unit]: state }
    this.#unitTimes = { ...this.#unitTimes, [unit]: this.#now() }
    if (unit === 'kubelet') {
      this.#failure = undefined
      this.#lost = undefined
      if (state === 'running') this.#evaluate()
    }
    this.#onChange(this)
  }

  snapshot(): MachineSnapshot {
    const unitTimes = this.#unitTimes
    const told = {
      ...(Object.keys(unitTimes).length > 0 && { unitTimes }),
      ...(this.#failure && { kubeletFailure: this.#failure }),
      ...(this.#lost !== undefined && { kubeletLost: this.#lost }),
    }
    return { name: this.name, powered: this.#powered, units: this.#units, files: this.files.changes(), ...told }
  }
}

const KUBECONFIG = '/etc/kubernetes/kubelet.conf'

const serverIn = (kubeconfig: string | undefined): string | undefined =>
  /^\s*server:\s*(\S+)/m.exec(kubeconfig ?? '')?.[1]

function hostAndPort(url: string): { readonly host: string; readonly port: string } {
  const [, host = '', port = '443'] = /^https?:\/\/([^/:]+)(?::(\d+))?/.exec(url) ?? []
  return { host, port }
}

const HOSTS_HEAD = '127.0.0.1 localhost\n'
const HOSTS_TAIL = `
# The following lines are desirable for IPv6 capable hosts
::1     ip6-localhost ip6-loopback
fe00::0 ip6-localnet
ff00::0 ip6-mcastprefix
ff02::1 ip6-allnodes
ff02::2 ip6-allrouters
`

/** Files of an Ubuntu 24.04 host: all machines' names in /etc/hosts, systemd-resolved's stub in /etc/resolv.conf. */
export function createMachineBase(
  name: string,
  machines: readonly { readonly name: string; readonly address: string }[],
  extra: { readonly [path: string]: FileSource },
  modified: number,
): FileBase {
  const hosts = machines.map((machine) => `${machine.address} ${machine.name}`).join('\n')
  return createFileBase(
    {
      '/root': { directory: true, mode: 0o700 },
      '/home': { directory: true },
      '/tmp': { directory: true, mode: 0o1777 },
      '/var/log': { directory: true },
      '/etc/hostname': `${name}\n`,
      '/etc/hosts': `${HOSTS_HEAD}${hosts}\n${HOSTS_TAIL}`,
      '/etc/resolv.conf': { link: '/run/systemd/resolve/stub-resolv.conf' },
      '/run/systemd/resolve/stub-resolv.conf': 'nameserver 127.0.0.53\noptions edns0 trust-ad\nsearch .\n',
      '/run/systemd/resolve/resolv.conf': 'nameserver 192.168.1.1\nsearch .\n',
      '/etc/os-release':
        'PRETTY_NAME="Ubuntu 24.04.3 LTS"\nNAME="Ubuntu"\nVERSION_ID="24.04"\nVERSION="24.04.3 LTS (Noble Numbat)"\nVERSION_CODENAME=noble\nID=ubuntu\nID_LIKE=debian\n',
      ...extra,
    },
    modified,
  )
}
