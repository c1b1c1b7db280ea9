import { parseLetters } from '../arguments.ts'
import { type NetworkProgram, type ProcessContext, type Run, sleep } from '../program.ts'
import { PingStatistics, roundTrip } from './statistics.ts'

/** iputils' ping: what machines and Debian images have. Ctrl-C prints the statistics. */
export const iputilsPing: NetworkProgram = { name: 'ping', summary: 'send ICMP echo requests', run }

function* run(process: ProcessContext): Run {
  const { options, operands } = parseLetters(process.argv.slice(1), 'ciWwsIt')
  const [target] = operands
  if (target === undefined) {
    process.err('ping: usage error: Destination address required\n')
    return 1
  }
  const count = options.get('c')
  if (count !== undefined && !(Number(count) >= 1)) {
    process.err(`ping: invalid argument: '${count}'\n`)
    return 1
  }
  const found = process.network.lookup(process.place, target, { traced: true })
  yield* sleep(found.latencyMs)
  const [address] = found.addresses
  if (address === undefined) {
    const known = found.rcode === 'NXDOMAIN' || found.rcode === 'NOERROR'
    process.err(`ping: ${target}: ${known ? 'Name or service not known' : 'Temporary failure in name resolution'}\n`)
    return 2
  }
  process.out(`PING ${found.canonicalName ?? target} (${address}) 56(84) bytes of data.\n`)
  const label =
    found.canonicalName === undefined || found.canonicalName === address || options.has('n')
      ? address
      : `${found.canonicalName} (${address})`
  return yield* send(process, {
    address,
    label,
    target: found.canonicalName ?? target,
    options,
    count: Number(count ?? Number.POSITIVE_INFINITY),
  })
}

interface Job {
  readonly address: string
  readonly label: string
  readonly target: string
  readonly options: ReadonlyMap<string, string>
  readonly count: number
}

function* send(process: ProcessContext, job: Job): Run {
  const { address, options } = job
  const statistics = new PingStatistics()
  const own = process.network.lookup(process.place, process.hostname).addresses[0] ?? process.hostname
  const interval = Math.max(0.2, Number(options.get('i') ?? 1)) * 1000
  const patience = Number(options.get('W') ?? 10) * 1000
  const deadline = options.has('w') ? process.now() + Number(options.get('w')) * 1000 : Number.POSITIVE_INFINITY
  const started = process.now()
  let lastSent = started
  try {
    while (statistics.sent < job.count && process.now() < deadline) {
      statistics.sent += 1
      lastSent = process.now()
      const exchange = process.network.ping(process.place, address)
      const last = statistics.sent >= job.count
      if (exchange.outcome === 'answered') {
        const time = roundTrip(exchange.latencyMs, address, statistics.sent)
        statistics.times.push(time)
        if (!options.has('q'))
          process.out(`64 bytes from ${job.label}: icmp_seq=${statistics.sent} ttl=64 time=${formatTime(time)} ms\n`)
        yield* sleep(last ? Math.ceil(time) : interval)
      } else if (exchange.outcome === 'unreachable') {
        yield* sleep(Math.min(exchange.latencyMs, last ? patience : Math.max(interval, 1000)))
        statistics.errors += 1
        process.out(`From ${own} icmp_seq=${statistics.sent} Destination Host Unreachable\n`)
      } else yield* sleep(Math.min(last ? patience : interval, deadline - process.now()))
    }
  } finally {
    printStatistics(process, job, statistics, lastSent - started)
  }
  return statistics.times.length > 0 ? 0 : 1
}

function formatTime(time: number): string {
  return time < 1 ? time.toFixed(3) : time < 10 ? time.toFixed(2) : time.toFixed(1)
}

function printStatistics(process: ProcessContext, job: Job, statistics: PingStatistics, elapsed: number): void {
  const errors = statistics.errors > 0 ? `, +${statistics.errors} errors` : ''
  process.out(
    `\n--- ${job.target} ping statistics ---\n${statistics.sent} packets transmitted, ${statistics.times.length} received${errors}, ${statistics.loss}% packet loss, time ${elapsed}ms\n`,
  )
  if (statistics.times.length === 0) process.out('\n')
  else
    process.out(
      `rtt min/avg/max/mdev = ${statistics.minimum}/${statistics.average}/${statistics.maximum}/${statistics.deviation} ms\n`,
    )
}
