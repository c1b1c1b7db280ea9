import { candidateNames, parseResolvConf } from '../../network/dns/resolv-conf.ts'
import type { DnsAnswer, DnsQuestion } from '../../network/types.ts'
import { parseLetters } from './arguments.ts'
import { questionType, reverseName } from './nslookup/arguments.ts'
import { type NetworkProgram, type ProcessContext, type Run, sleep } from './program.ts'

const SILENT_MS = 10_000

/** bind's host: one sentence a record. */
export const host: NetworkProgram = { name: 'host', summary: 'DNS lookup utility', run }

function* run(process: ProcessContext): Run {
  const { options, operands } = parseLetters(process.argv.slice(1), 'tW')
  const [name, server] = operands
  if (name === undefined) {
    process.err('Usage: host [-aCdilrTvVw] [-c class] [-N ndots] [-t type] [-W time] name [server]\n')
    return 1
  }
  const conf = parseResolvConf((yield { kind: 'read', path: '/etc/resolv.conf' }) ?? '')
  const address =
    server === undefined ? conf.nameservers[0] : process.network.lookup(process.place, server).addresses[0]
  const reverse = reverseName(name)
  const type = questionType(options.get('t') ?? '') ?? (reverse === undefined ? 'A' : 'PTR')
  let answer: DnsAnswer | undefined
  for (const candidate of reverse === undefined ? candidateNames(name, conf) : [reverse]) {
    answer = process.network.query(process.place, { name: candidate, type }, address)
    if (answer.rcode === 'timed-out' || answer.rcode === 'refused') {
      yield* sleep(answer.rcode === 'refused' ? 1 : SILENT_MS)
      process.out(
        `;; communications error to ${address}#53: ${answer.rcode === 'refused' ? 'connection refused' : 'timed out'}\n;; no servers could be reached\n`,
      )
      return 1
    }
    yield* sleep(answer.latencyMs)
    if (answer.rcode === 'NOERROR') break
  }
  if (server !== undefined) process.out(`Using domain server:\nName: ${server}\nAddress: ${address}#53\nAliases: \n\n`)
  return print(process, name, type, answer)
}

const SENTENCES: { readonly [type: string]: string } = {
  A: 'has address',
  AAAA: 'has IPv6 address',
  CNAME: 'is an alias for',
  PTR: 'domain name pointer',
  SRV: 'has SRV record',
  NS: 'name server',
  SOA: 'has SOA record',
  TXT: 'descriptive text',
}

function print(
  process: ProcessContext,
  name: string,
  type: DnsQuestion['type'],
  answer: DnsAnswer | undefined,
): number {
  if (answer === undefined || answer.rcode !== 'NOERROR') {
    process.out(`Host ${name} not found: ${answer?.rcode === 'SERVFAIL' ? '2(SERVFAIL)' : '3(NXDOMAIN)'}\n`)
    return 1
  }
  if (answer.answers.length === 0) {
    process.out(`${name} has no ${type} record\n`)
    return 1
  }
  for (const record of answer.answers)
    process.out(`${record.name.replace(/\.$/, '')} ${SENTENCES[record.type] ?? record.type} ${record.data}\n`)
  return 0
}
