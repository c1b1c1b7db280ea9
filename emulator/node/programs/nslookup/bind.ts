import { candidateNames, parseResolvConf } from '../../../network/dns/resolv-conf.ts'
import type { DnsAnswer, DnsQuestion } from '../../../network/types.ts'
import { type NetworkProgram, type ProcessContext, type Run, sleep, type Wait } from '../program.ts'
import { parseNslookup, reverseName } from './arguments.ts'

const ATTEMPT_MS = 5000
const ATTEMPTS = 3

/** bind's nslookup: what machines have. */
export const bindNslookup: NetworkProgram = { name: 'nslookup', summary: 'query DNS', run }

function* run(process: ProcessContext): Run {
  const { name, server, type, badType } = parseNslookup(process.argv.slice(1))
  if (badType !== undefined) process.out(`unknown query type: ${badType}\n`)
  if (name === undefined) {
    process.err('nslookup: the interactive mode is not emulated; use `nslookup NAME [SERVER]`\n')
    return 1
  }
  const conf = parseResolvConf((yield { kind: 'read', path: '/etc/resolv.conf' }) ?? '')
  const address =
    server === undefined
      ? (conf.nameservers[0] ?? '127.0.0.1')
      : process.network.lookup(process.place, server).addresses[0]
  if (address === undefined) {
    process.err(`nslookup: couldn't get address for '${server}': not found\n`)
    return 1
  }
  const reverse = type === undefined ? reverseName(name) : undefined
  const types: readonly DnsQuestion['type'][] =
    reverse !== undefined ? ['PTR'] : type === undefined ? ['A', 'AAAA'] : [type]
  const names = reverse === undefined ? candidateNames(name, conf) : [reverse]
  const answers = yield* ask(process, names, types, address)
  if (answers === undefined) return 1
  const last = answers.at(-1)
  if (last === undefined) return 1
  process.out(`Server:\t\t${address}\nAddress:\t${address}#53\n\n`)
  const records = answers.flatMap((answer) => answer.answers)
  if (last.rcode !== 'NOERROR') {
    process.out(`** server can't find ${names.length > 1 ? name : (names[0] ?? name)}: ${last.rcode}\n\n`)
    return 1
  }
  if (records.length === 0) {
    process.out(`*** Can't find ${name}: No answer\n\n`)
    return 1
  }
  if (!isClusterName(records[0]?.name ?? '')) process.out('Non-authoritative answer:\n')
  printRecords(process, answers)
  process.out('\n')
  return 0
}

function isClusterName(name: string): boolean {
  return name.endsWith('.cluster.local.') || name.endsWith('.in-addr.arpa.')
}

/** The search list is walked with the first type; further types are asked of the name that was found. */
function* ask(
  process: ProcessContext,
  names: readonly string[],
  types: readonly DnsQuestion['type'][],
  server: string,
): Generator<Wait, readonly DnsAnswer[] | undefined, string | undefined> {
  let last: DnsAnswer | undefined
  for (const name of names) {
    last = process.network.query(process.place, { name, type: types[0] ?? 'A' }, server)
    if (last.rcode === 'timed-out' || last.rcode === 'refused') {
      const refused = last.rcode === 'refused'
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        yield* sleep(refused ? 1 : ATTEMPT_MS)
        process.out(`;; communications error to ${server}#53: ${refused ? 'connection refused' : 'timed out'}\n`)
      }
      process.out(';; no servers could be reached\n\n')
      return undefined
    }
    yield* sleep(last.latencyMs)
    if (last.rcode !== 'NOERROR') continue
    const others = types.slice(1).map((type) => process.network.query(process.place, { name, type }, server))
    return [last, ...others]
  }
  return last === undefined ? undefined : [last]
}

function printRecords(process: ProcessContext, answers: readonly DnsAnswer[]): void {
  const seen = new Set<string>()
  for (const record of answers.flatMap((answer) => answer.answers)) {
    const name = record.name.replace(/\.$/, '')
    const text =
      record.type === 'A' || record.type === 'AAAA'
        ? `Name:\t${name}\nAddress: ${record.data}\n`
        : record.type === 'CNAME'
          ? `${name}\tcanonical name = ${record.data}\n`
          : record.type === 'PTR'
            ? `${name}\tname = ${record.data}\n`
            : record.type === 'SRV'
              ? `${name}\tservice = ${record.data}\n`
              : record.type === 'NS'
                ? `${name}\tnameserver = ${record.data}\n`
                : `${name}\ttext = ${record.data}\n`
    if (!seen.has(text)) process.out(text)
    seen.add(text)
  }
}
