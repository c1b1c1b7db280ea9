/** Ports of this machine that lead into a pod, as long as the command runs (upstream: client-go/tools/portforward/portforward.go). */
import type { Connection, MachineSocket } from '../../../emulator/index.ts'
import { klogHead } from '../cli/klog.ts'
import type { Invocation } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import type { PortPair } from './ports.ts'

type Forward = Extract<Connection, { kind: 'portforward' }>

/** Where the kernel takes a port from when nobody asks for one. */
const FIRST_FREE_PORT = 32_768
const LAST_PORT = 60_999

export class Forwarder {
  readonly #invocation: Invocation
  readonly #connection: Forward
  readonly #closers: (() => void)[] = []
  #lost = false

  constructor(invocation: Invocation, connection: Forward) {
    this.#invocation = invocation
    this.#connection = connection
  }

  /** The connection to the pod broke: upstream then ends the command. */
  get lost(): boolean {
    return this.#lost
  }

  /** Throws KubectlError if no port at all could be opened. */
  open(pairs: readonly PortPair[], addresses: readonly string[]): void {
    const opened = pairs.filter((pair) => this.#openPair(pair, addresses))
    if (opened.length > 0) return
    const list = pairs.map(({ local, remote }) => `{${local} ${remote}}`).join(' ')
    throw new KubectlError(`unable to listen on any of the requested ports: [${list}]`)
  }

  close(): void {
    for (const close of this.#closers) close()
  }

  #openPair({ local, remote }: PortPair, addresses: readonly string[]): boolean {
    const { context } = this.#invocation
    const failures: string[] = []
    for (const address of addresses) {
      const port = local === 0 ? this.#listenAnywhere(address, remote) : this.#listen(address, local, remote)
      if (port === undefined)
        failures.push(
          `unable to create listener: Error listen tcp4 ${address}:${local}: bind: ${this.#whyNot(address)}`,
        )
      else context.out(`Forwarding from ${address}:${port} -> ${remote}\n`)
    }
    if (failures.length < addresses.length) return true
    context.err(
      `Unable to listen on port ${local}: Listeners failed to create with the following errors: [${failures.join(' ')}]\n`,
    )
    return false
  }

  #whyNot(address: string): string {
    const { cluster, place } = this.#invocation.context
    const own = place.kind === 'machine' ? cluster.machine(place.name)?.address : undefined
    return address === own || address === '0.0.0.0' || address.startsWith('127.')
      ? 'address already in use'
      : 'cannot assign requested address'
  }

  #listen(address: string, port: number, remote: number): number | undefined {
    const { cluster, place } = this.#invocation.context
    const machine = place.kind === 'machine' ? place.name : ''
    const own = ['0.0.0.0', cluster.machine(machine)?.address]
    if (!own.includes(address) && !address.startsWith('127.')) return undefined
    const answer: MachineSocket['answer'] = (payload) => this.#handle(port, remote, payload)
    const close = cluster.network.listen(machine, { address, port, answer })
    if (close === undefined) return undefined
    this.#closers.push(close)
    return port
  }

  #listenAnywhere(address: string, remote: number): number | undefined {
    const { cluster } = this.#invocation.context
    const start = FIRST_FREE_PORT + (cluster.now() % (LAST_PORT - FIRST_FREE_PORT))
    for (let port = start; port <= LAST_PORT; port++) {
      const opened = this.#listen(address, port, remote)
      if (opened !== undefined) return opened
    }
    return undefined
  }

  #handle(local: number, remote: number, payload: Parameters<MachineSocket['answer']>[0]) {
    const { context } = this.#invocation
    if (this.#lost) return {}
    context.out(`Handling connection for ${local}\n`)
    const { namespace, pod } = this.#connection
    const subject = { kind: 'pod', namespace, name: pod } as const
    context.cluster.network.remark('pass', subject, 'port-forwarded', { pod, remote, local })
    const { refusal } = this.#connection.dial(remote)
    if (refusal !== undefined) {
      context.err(
        `${klogHead('E', context.cluster.now(), 'portforward.go:424')} "Unhandled Error" err=${JSON.stringify(`an error occurred forwarding ${local} -> ${remote}: ${refusal}`)}\n`,
      )
      this.#lost = true
      this.close()
      return {}
    }
    const { http, text } = payload
    const { response, reply, tlsFailed, latencyMs } = context.cluster.network.connect(
      subject,
      { address: '127.0.0.1', port: remote },
      { ...(http && { http }), ...(text !== undefined && { text }) },
    )
    return {
      latencyMs,
      ...(response && { response }),
      ...(reply !== undefined && { reply }),
      ...(tlsFailed && { tlsFailed }),
    }
  }
}
