import { type NetworkProgram, type ProcessContext, type Run, sleep } from './program.ts'

const KERNEL_TIMEOUT_MS = 130_600

/** telnet HOST PORT: whether somebody listens, and what they say first (inetutils' words). */
export const telnet: NetworkProgram = { name: 'telnet', summary: 'connect to a port and talk', run }

function* run(process: ProcessContext): Run {
  const [host, service = '23'] = process.argv.slice(1).filter((word) => !word.startsWith('-'))
  const port = Number(service)
  if (host === undefined || !Number.isInteger(port)) {
    process.err(
      host === undefined
        ? 'telnet> \n'
        : `telnet: could not resolve ${host}/${service}: Servname not supported for ai_socktype\n`,
    )
    return 1
  }
  const found = process.network.lookup(process.place, host, { traced: true })
  yield* sleep(found.latencyMs)
  const [address] = found.addresses
  if (address === undefined) {
    process.err(`telnet: could not resolve ${host}/${port}: Name or service not known\n`)
    return 1
  }
  process.out(`Trying ${address}...\n`)
  const text = process.stdin === '' ? undefined : process.stdin
  const exchange = process.network.connect(process.place, { address, port }, text === undefined ? undefined : { text })
  yield* sleep(Math.min(exchange.latencyMs, KERNEL_TIMEOUT_MS))
  if (exchange.outcome !== 'answered') {
    const reasons = { refused: 'Connection refused', unreachable: 'No route to host' }
    const why =
      exchange.outcome === 'refused' || exchange.outcome === 'unreachable'
        ? reasons[exchange.outcome]
        : 'Connection timed out'
    process.err(`telnet: Unable to connect to remote host: ${why}\n`)
    return 1
  }
  process.out(`Connected to ${host}.\nEscape character is '^]'.\n${exchange.reply ?? ''}`)
  process.err('Connection closed by foreign host.\n')
  return 1
}
