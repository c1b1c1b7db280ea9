import { parseLetters } from './arguments.ts'
import { type ContainerProcess, type NetworkProgram, type ProcessContext, type Run, serve, sleep } from './program.ts'

const KERNEL_TIMEOUT_MS = 130_600

/** netcat as a client: `-z` only connects, `-v` tells, `-u` UDP, `-w` seconds. OpenBSD's words on machines. */
export const openbsdNc: NetworkProgram = {
  name: 'nc',
  summary: 'arbitrary TCP and UDP connections',
  run: (process) => runClient(process, false),
}

/** busybox's netcat; with `-l -p PORT` it listens and sends its input to who connects. */
export const busyboxNc: NetworkProgram = {
  name: 'nc',
  summary: 'arbitrary TCP and UDP connections',
  *run(process: ProcessContext & { listen?: ContainerProcess['listen'] }): Run {
    const { options, operands } = parseLetters(process.argv.slice(1), 'pwies')
    if (!options.has('l')) return yield* runClient(process, true)
    return yield* listen(process, Number(options.get('p') ?? operands.at(-1) ?? 0))
  },
}

function* listen(process: ProcessContext & { listen?: ContainerProcess['listen'] }, port: number): Run {
  const opened = process.listen?.({
    port,
    protocol: 'TCP',
    address: '0.0.0.0',
    speaks: 'text',
    reply: () => process.stdin,
  })
  if (opened) return yield* serve()
  const taken = opened === false
  process.err(taken ? 'nc: bind: Address already in use\n' : 'nc: listening is emulated for main processes only\n')
  return 1
}

function* runClient(process: ProcessContext, busybox: boolean): Run {
  const { options, operands } = parseLetters(process.argv.slice(1), 'pwies')
  const [host, service] = operands
  const port = Number(service)
  if (host === undefined || !Number.isInteger(port)) {
    process.err('usage: nc [-uvz] [-w timeout] destination port\n')
    return 1
  }
  const found = process.network.lookup(process.place, host, { traced: true })
  yield* sleep(found.latencyMs)
  const [address] = found.addresses
  if (address === undefined) {
    process.err(
      busybox
        ? `nc: bad address '${host}'\n`
        : `nc: getaddrinfo for host "${host}" port ${port}: Name or service not known\n`,
    )
    return 1
  }
  const protocol = options.has('u') ? 'UDP' : 'TCP'
  const payload = options.has('z') || process.stdin === '' ? undefined : { text: process.stdin }
  const exchange = process.network.connect(process.place, { address, port, protocol }, payload)
  const limit = options.has('w') ? Number(options.get('w')) * 1000 : KERNEL_TIMEOUT_MS
  yield* sleep(Math.min(exchange.latencyMs, limit))
  if (exchange.outcome !== 'answered' && protocol === 'TCP') {
    const limited = exchange.latencyMs > limit && limit < KERNEL_TIMEOUT_MS
    const why =
      exchange.outcome === 'refused'
        ? 'Connection refused'
        : exchange.outcome === 'unreachable'
          ? 'No route to host'
          : busybox || !limited
            ? 'Connection timed out'
            : 'Operation now in progress'
    if (busybox) process.err(limited ? 'nc: timed out\n' : `nc: can't connect to remote host (${address}): ${why}\n`)
    else if (options.has('v') || !options.has('z'))
      process.err(
        `nc: connect to ${host} ${host === address ? '' : `(${address}) `}port ${port} (${protocol.toLowerCase()}) ${limited ? 'timed out: ' : 'failed: '}${why}\n`,
      )
    return 1
  }
  if (options.has('v'))
    process.err(
      busybox
        ? `${host} (${address}:${port}) open\n`
        : `Connection to ${host} ${host === address ? '' : `(${address}) `}${port} port [${protocol.toLowerCase()}/*] succeeded!\n`,
    )
  if (!options.has('z') && exchange.reply !== undefined) process.out(exchange.reply)
  return 0
}
