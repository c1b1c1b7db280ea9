import { type NetworkProgram, type ProcessContext, type Run, sleep } from './program.ts'

const KERNEL_TIMEOUT_MS = 130_600

/** busybox's telnet: whether somebody listens, and what they say first (networking/telnet.c). */
export const busyboxTelnet: NetworkProgram = { name: 'telnet', summary: 'connect to a port and talk', run }

function* run(process: ProcessContext): Run {
  const [host, service = '23'] = process.argv.slice(1).filter((word) => !word.startsWith('-'))
  if (host === undefined) {
    process.err(
      'BusyBox v1.37.0 (2024-09-26 21:31:42 UTC) multi-call binary.\n\nUsage: telnet [-a] [-l USER] HOST [PORT]\n',
    )
    return 1
  }
  const port = Number(service)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    process.err(`telnet: bad port '${service}'\n`)
    return 1
  }
  const found = process.network.lookup(process.place, host)
  yield* sleep(found.latencyMs)
  const [address] = found.addresses
  if (address === undefined) {
    process.err(`telnet: bad address '${host}'\n`)
    return 1
  }
  const text = process.stdin === '' ? undefined : process.stdin
  const exchange = process.network.connect(process.place, { address, port }, text === undefined ? undefined : { text })
  yield* sleep(Math.min(exchange.latencyMs, KERNEL_TIMEOUT_MS))
  if (exchange.outcome !== 'answered') {
    const known = { refused: 'Connection refused', unreachable: 'No route to host' }
    const why =
      exchange.outcome === 'refused' || exchange.outcome === 'unreachable'
        ? known[exchange.outcome]
        : 'Connection timed out'
    process.err(`telnet: can't connect to remote host (${address}): ${why}\n`)
    return 1
  }
  process.out(`Connected to ${host}\n${exchange.reply ?? ''}`)
  process.err('Connection closed by foreign host\n')
  return 1
}
