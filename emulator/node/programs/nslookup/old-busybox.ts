import { candidateNames, parseResolvConf, type ResolvConf } from '../../../network/dns/resolv-conf.ts'
import type { DnsAnswer, Network } from '../../../network/types.ts'
import { type NetworkProgram, type ProcessContext, type Run, sleep } from '../program.ts'
import { parseNslookup, reverseName } from './arguments.ts'

const SILENT_MS = 10_000

/**
 * nslookup as busybox had it up to 1.28: the C library resolves the name, search list and /etc/hosts included, and each
 * address is shown with the name that it resolves back to (upstream: busybox 1.28 networking/nslookup.c).
 */
export const oldBusyboxNslookup: NetworkProgram = { name: 'nslookup', summary: 'query DNS', run }

function* run(process: ProcessContext): Run {
  const { name, server } = parseNslookup(process.argv.slice(1))
  if (name === undefined) {
    process.err(
      'BusyBox v1.28.4 (2018-05-22 17:00:17 UTC) multi-call binary.\n\nUsage: nslookup [HOST] [SERVER]\n\nQuery the nameserver for the IP address of the given HOST\noptionally using a specified DNS server\n',
    )
    return 1
  }
  const { network, place } = process
  const conf = parseResolvConf((yield { kind: 'read', path: '/etc/resolv.conf' }) ?? '')
  const address = server === undefined ? conf.nameservers[0] : network.lookup(place, server).addresses[0]
  if (address === undefined) {
    process.err(`nslookup: can't resolve '${server ?? ''}'\n`)
    return 1
  }
  process.out(`Server:    ${address}\n${addressLine(process, address, 1)}\n`)
  const found =
    server === undefined ? network.lookup(place, name, { traced: true }) : askServer(process, name, conf, address)
  yield* sleep(found.rcode === 'timed-out' ? SILENT_MS : found.latencyMs)
  if (found.addresses.length === 0) {
    process.err(`nslookup: can't resolve '${name}'\n`)
    return 1
  }
  process.out(`Name:      ${name}\n`)
  for (const [index, one] of found.addresses.entries()) process.out(addressLine(process, one, index + 1))
  return 0
}

/** What the library finds when another server than its own is set. */
function askServer(
  { network, place }: ProcessContext,
  name: string,
  conf: ResolvConf,
  server: string,
): Pick<ReturnType<Network['lookup']>, 'addresses' | 'rcode' | 'latencyMs'> {
  let last: Pick<DnsAnswer, 'rcode' | 'answers' | 'latencyMs'> = { rcode: 'NXDOMAIN', answers: [], latencyMs: 0 }
  for (const candidate of candidateNames(name, conf)) {
    last = network.query(place, { name: candidate, type: 'A' }, server)
    if (last.answers.length > 0 || last.rcode === 'timed-out') break
  }
  const addresses = last.answers.flatMap(({ type, data }) => (type === 'A' ? [data] : []))
  return { addresses, rcode: last.rcode, latencyMs: last.latencyMs }
}

function addressLine({ network, place }: ProcessContext, address: string, number: number): string {
  const question = reverseName(address)
  const answer = question === undefined ? undefined : network.query(place, { name: question, type: 'PTR' })
  const name = answer?.answers[0]?.data.replace(/\.$/, '')
  return `Address ${number}: ${address}${name === undefined ? '' : ` ${name}`}\n`
}
