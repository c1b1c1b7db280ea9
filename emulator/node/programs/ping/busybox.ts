import { parseLetters } from '../arguments.ts'
import { type NetworkProgram, type ProcessContext, type Run, sleep } from '../program.ts'
import { PingStatistics, roundTrip } from './statistics.ts'

/** busybox's ping: what busybox and Alpine images have. */
export const busyboxPing: NetworkProgram = { name: 'ping', summary: 'send ICMP echo requests', run }

function* run(process: ProcessContext): Run {
  const { options, operands } = parseLetters(process.argv.slice(1), 'ciWwsIt')
  const [target] = operands
  if (target === undefined) {
    process.err('BusyBox v1.37.0 () multi-call binary.\n\nUsage: ping [OPTIONS] HOST\n')
    return 1
  }
  const found = process.network.lookup(process.place, target, { traced: true })
  yield* sleep(found.latencyMs)
  const [address] = found.addresses
  if (address === undefined) {
    process.err(`ping: bad address '${target}'\n`)
    return 1
  }
  process.out(`PING ${target} (${address}): 56 data bytes\n`)
  return yield* send(process, target, address, options)
}

function* send(process: ProcessContext, target: string, address: string, options: ReadonlyMap<string, string>): Run {
  const statistics = new PingStatistics()
  const count = Number(options.get('c') ?? Number.POSITIVE_INFINITY)
  const patience = Number(options.get('W') ?? 10) * 1000
  const deadline = options.has('w') ? process.now() + Number(options.get('w')) * 1000 : Number.POSITIVE_INFINITY
  try {
    while (statistics.sent < count && process.now() < deadline) {
      const sequence = statistics.sent
      statistics.sent += 1
      const exchange = process.network.ping(process.place, address)
      const last = statistics.sent >= count
      if (exchange.outcome === 'answered') {
        const time = roundTrip(exchange.latencyMs, address, sequence)
        statistics.times.push(time)
        if (!options.has('q'))
          process.out(`64 bytes from ${address}: seq=${sequence} ttl=64 time=${time.toFixed(3)} ms\n`)
        yield* sleep(last ? Math.ceil(time) : 1000)
      } else yield* sleep(Math.min(last ? patience : 1000, deadline - process.now()))
    }
  } finally {
    process.out(
      `\n--- ${target} ping statistics ---\n${statistics.sent} packets transmitted, ${statistics.times.length} packets received, ${statistics.loss}% packet loss\n`,
    )
    if (statistics.times.length > 0)
      process.out(`round-trip min/avg/max = ${statistics.minimum}/${statistics.average}/${statistics.maximum} ms\n`)
  }
  return statistics.times.length > 0 ? 0 : 1
}
