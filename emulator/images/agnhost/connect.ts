import { type ContainerProcess, type Run, sleep } from '../../node/programs/program.ts'
import { flagOf } from './flags.ts'

/** `agnhost connect HOST:PORT`: one word on stderr says why a connection failed (kubernetes: test/images/agnhost/connect). */
export function* connect(process: ContainerProcess, words: readonly string[]): Run {
  const valued = new Set(['--timeout', '--protocol', '--udp-data', '--sctp-data'])
  const targets = words.filter((word, index) => !word.startsWith('-') && !valued.has(words[index - 1] ?? ''))
  const [target = ''] = targets
  if (targets.length !== 1) return fail(process, `Error: accepts 1 arg(s), received ${targets.length}`)
  const cut = target.lastIndexOf(':')
  if (cut < 0) return fail(process, `UNKNOWN: address ${target}: missing port in address`)
  const [host, port] = [target.slice(0, cut), Number(target.slice(cut + 1))]
  const found = process.network.lookup(process.place, host, { traced: true })
  yield* sleep(found.latencyMs)
  const [address] = found.addresses
  if (address === undefined) return fail(process, `DNS: lookup ${host} on 10.96.0.10:53: no such host`)
  const protocol = (flagOf(words, 'protocol') ?? 'tcp').toUpperCase()
  if (protocol !== 'TCP' && protocol !== 'UDP' && protocol !== 'SCTP') return fail(process, 'Unsupported protocol')
  const text = `${flagOf(words, 'udp-data') ?? 'hostname'}\n`
  const exchange = process.network.connect(
    process.place,
    { address, port, protocol },
    protocol === 'TCP' ? undefined : { text },
  )
  const limit = seconds(flagOf(words, 'timeout')) * 1000
  yield* sleep(Math.min(exchange.latencyMs, limit || 130_600))
  const slow = limit > 0 && exchange.latencyMs > limit
  if (exchange.outcome === 'answered' && !slow) {
    const silent = protocol !== 'TCP' && exchange.reply === undefined
    return silent ? fail(process, 'TIMEOUT') : 0
  }
  if (exchange.outcome === 'refused') return fail(process, 'REFUSED')
  if (slow || exchange.outcome === 'timed-out') return fail(process, 'TIMEOUT')
  return fail(process, `OTHER: dial tcp ${address}:${port}: connect: no route to host`)
}

function fail(process: ContainerProcess, text: string): number {
  process.err(`${text}\n`)
  return 1
}

/** `3s`, `500ms` in seconds; 0: no limit. */
function seconds(text: string | undefined): number {
  const [, number = '0', unit] = /^([\d.]+)(ms|s|m)$/.exec(text ?? '') ?? []
  return Number(number) * (unit === 'ms' ? 0.001 : unit === 'm' ? 60 : 1)
}
