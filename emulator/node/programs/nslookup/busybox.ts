import { parseResolvConf } from '../../../network/dns/resolv-conf.ts'
import type { DnsAnswer, DnsQuestion } from '../../../network/types.ts'
import { type NetworkProgram, type ProcessContext, type Run, sleep } from '../program.ts'
import { parseNslookup, reverseName } from './arguments.ts'

const SILENT_MS = 10_000

/**
 * busybox's nslookup (the larger one): asks A and AAAA, and for a name without a dot every domain of the search list;
 * each question that finds nothing is reported, and the exit status tells of it.
 */
export const busyboxNslookup: NetworkProgram = { name: 'nslookup', summary: 'query DNS', run }

function* run(process: ProcessContext): Run {
  const { name, server, type, badType } = parseNslookup(process.argv.slice(1))
  if (badType !== undefined) {
    process.err(`nslookup: invalid query type "${badType}"\n`)
    return 1
  }
  if (name === undefined) {
    process.err(
      'BusyBox v1.37.0 () multi-call binary.\n\nUsage: nslookup [-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]\n',
    )
    return 1
  }
  const conf = parseResolvConf((yield { kind: 'read', path: '/etc/resolv.conf' }) ?? '')
  const address =
    server === undefined ? conf.nameservers[0] : process.network.lookup(process.place, server).addresses[0]
  if (address === undefined) {
    process.err(`nslookup: bad address '${server ?? ''}'\n`)
    return 1
  }
  const questions = questionsOf(name, type, conf.search)
  const answers = questions.map((question) => process.network.query(process.place, question, address))
  const dead = answers.find((answer) => answer.rcode === 'timed-out' || answer.rcode === 'refused')
  if (dead !== undefined) {
    if (dead.rcode === 'refused') process.err('nslookup: read: Connection refused\n')
    yield* sleep(SILENT_MS)
    process.out(';; connection timed out; no servers could be reached\n\n')
    return 1
  }
  yield* sleep(Math.max(...answers.map((answer) => answer.latencyMs)))
  process.out(`Server:\t\t${address}\nAddress:\t${address}:53\n\n`)
  let failed = false
  for (const [index, answer] of answers.entries()) {
    if (answer.rcode !== 'NOERROR') {
      process.out(`** server can't find ${questions[index]?.name}: ${answer.rcode}\n`)
      failed = true
    } else printRecords(process, answer)
    process.out('\n')
  }
  return failed ? 1 : 0
}

function questionsOf(
  name: string,
  type: DnsQuestion['type'] | undefined,
  search: readonly string[],
): readonly DnsQuestion[] {
  const reverse = reverseName(name)
  if (reverse !== undefined && type === undefined) return [{ name: reverse, type: 'PTR' }]
  const plain = name.replace(/\.$/, '')
  const names = name.includes('.') || search.length === 0 ? [plain] : search.map((domain) => `${plain}.${domain}`)
  const types: readonly DnsQuestion['type'][] = type === undefined ? ['A', 'AAAA'] : [type]
  return types.flatMap((one) => names.map((candidate) => ({ name: candidate, type: one })))
}

function printRecords(process: ProcessContext, answer: DnsAnswer): void {
  for (const record of answer.answers) {
    const name = record.name.replace(/\.$/, '')
    const data = record.data.replace(/\.$/, '')
    switch (record.type) {
      case 'A':
      case 'AAAA':
        process.out(`Name:\t${name}\nAddress: ${data}\n`)
        break
      case 'CNAME':
        process.out(`${name}\tcanonical name = ${data}\n`)
        break
      case 'PTR':
        process.out(`${name}\tname = ${data}\n`)
        break
      case 'SRV':
        process.out(`${name}\tservice = ${data}\n`)
        break
      case 'NS':
        process.out(`${name}\tnameserver = ${data}\n`)
        break
      default:
        process.out(`${name}\ttext = ${data}\n`)
    }
  }
}
