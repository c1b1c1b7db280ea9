import type { ProcessContext, Wait } from '../../node/programs/program.ts'
import { sleep } from '../../node/programs/program.ts'

/** What a client of a database meets: no such host, no connection to an address, or a server's answer. */
export type Dialled =
  | { readonly kind: 'unknown-host' }
  | { readonly kind: 'failed'; readonly address: string; readonly why: ConnectFailure }
  | { readonly kind: 'answered'; readonly address: string; readonly reply: string | undefined }

/** errno as strerror words it. */
export type ConnectFailure = 'Connection refused' | 'Connection timed out' | 'No route to host'

/** How long the kernel tries. */
const KERNEL_TIMEOUT_MS = 130_600

/** Looks a name up, connects and sends one text, letting the time pass that this takes. */
export function* dial(
  process: ProcessContext,
  host: string,
  port: number,
  text: string,
): Generator<Wait, Dialled, string | undefined> {
  const found = process.network.lookup(process.place, host, { traced: true })
  yield* sleep(found.latencyMs)
  const [address] = found.addresses
  if (address === undefined) return { kind: 'unknown-host' }
  const exchange = process.network.connect(process.place, { address, port }, { text })
  yield* sleep(Math.min(exchange.latencyMs, KERNEL_TIMEOUT_MS))
  if (exchange.outcome === 'answered') return { kind: 'answered', address, reply: exchange.reply }
  const why =
    exchange.outcome === 'refused'
      ? 'Connection refused'
      : exchange.outcome === 'unreachable'
        ? 'No route to host'
        : 'Connection timed out'
  return { kind: 'failed', address, why }
}
