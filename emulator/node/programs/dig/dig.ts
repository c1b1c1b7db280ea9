import { candidateNames, parseResolvConf } from '../../../network/dns/resolv-conf.ts'
import type { DnsAnswer, DnsQuestion, DnsRecord } from '../../../network/types.ts'
import { formatTime } from '../date.ts'
import { questionType, reverseName } from '../nslookup/arguments.ts'
import { type NetworkProgram, type ProcessContext, type Run, sleep } from '../program.ts'

const VERSION = '9.18.39-0ubuntu0.24.04.2-Ubuntu'

/** bind's dig. */
export const dig: NetworkProgram = { name: 'dig', summary: 'DNS lookup utility', run }

interface DigOptions {
  readonly server: string | undefined
  readonly name: string
  readonly type: DnsQuestion['type']
  readonly flags: ReadonlySet<string>
  readonly time: number
  readonly tries: number
}

function parse(words: readonly string[]): DigOptions | string {
  let server: string | undefined
  let name: string | undefined
  let type: DnsQuestion['type'] | undefined
  let time = 5
  let tries = 3
  const flags = new Set<string>()
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? ''
    const setting = /^\+(time|tries|timeout|retry)=(\d+)$/.exec(word)
    if (setting !== null) {
      if (setting[1]?.startsWith('time') === true) time = Math.max(1, Number(setting[2]))
      else tries = Math.max(1, Number(setting[2]) + (setting[1] === 'retry' ? 1 : 0))
    } else if (word.startsWith('+')) flags.add(word.slice(1))
    else if (word.startsWith('@')) server = word.slice(1)
    else if (word === '-x') {
      name = reverseName(words[++index] ?? '')
      type = 'PTR'
      if (name === undefined) return `Invalid IP address ${words[index] ?? ''}\n`
    } else if (word === '-t' || word === '-q' || word === '-p' || word === '-c') {
      const value = words[++index] ?? ''
      if (word === '-t') type = questionType(value)
      if (word === '-t' && type === undefined) return `;; Warning, ignoring invalid type ${value}\n`
      if (word === '-q') name = value
    } else if (word.startsWith('-')) {
      if (!/^-[46]$/.test(word))
        return `Invalid option: ${word}\nUsage:  dig [@global-server] [domain] [q-type] [q-class] {q-opt}\n`
    } else if (questionType(word) !== undefined) type = questionType(word)
    else if (word.toUpperCase() !== 'IN') name = word
  }
  return { server, name: name ?? '.', type: type ?? (name === undefined ? 'NS' : 'A'), flags, time, tries }
}

function* run(process: ProcessContext): Run {
  const options = parse(process.argv.slice(1))
  if (typeof options === 'string') {
    process.err(options)
    return 1
  }
  const conf = parseResolvConf((yield { kind: 'read', path: '/etc/resolv.conf' }) ?? '')
  const address =
    options.server === undefined
      ? (conf.nameservers[0] ?? '127.0.0.1')
      : process.network.lookup(process.place, options.server).addresses[0]
  if (address === undefined) {
    process.err(`dig: couldn't get address for '${options.server}': not found\n`)
    return 10
  }
  const names = options.flags.has('search')
    ? candidateNames(options.name, conf)
    : [options.name.replace(/(.)\.$/, '$1')]
  let answer: DnsAnswer | undefined
  let asked = options.name
  for (const name of names) {
    asked = name
    answer = process.network.query(process.place, { name, type: options.type, protocol: protocolOf(options) }, address)
    if (answer.rcode === 'NOERROR' && answer.answers.length > 0) break
  }
  if (answer === undefined) return 9
  if (answer.rcode === 'timed-out' || answer.rcode === 'refused') {
    const refused = answer.rcode === 'refused'
    for (let attempt = 0; attempt < options.tries; attempt += 1) {
      yield* sleep(refused ? 1 : options.time * 1000)
      const why = refused ? 'connection refused' : 'timed out'
      process.out(
        protocolOf(options) === 'TCP'
          ? `;; Connection to ${address}#53(${address}) for ${asked} failed: ${why}.\n`
          : `;; communications error to ${address}#53: ${why}\n`,
      )
    }
    process.out(`${banner(process, options)};; no servers could be reached\n`)
    return 9
  }
  yield* sleep(answer.latencyMs)
  print(process, options, asked, answer, address)
  return 0
}

const protocolOf = ({ flags }: DigOptions): 'UDP' | 'TCP' => (flags.has('tcp') || flags.has('vc') ? 'TCP' : 'UDP')

function banner(process: ProcessContext, options: DigOptions): string {
  const found = options.server === undefined ? '' : '; (1 server found)\n'
  return `\n; <<>> DiG ${VERSION} <<>> ${process.argv.slice(1).join(' ')}\n${found};; global options: +cmd\n`
}

function print(process: ProcessContext, options: DigOptions, name: string, answer: DnsAnswer, address: string): void {
  const { flags } = options
  if (flags.has('short')) {
    for (const record of answer.answers) process.out(`${record.data}\n`)
    return
  }
  const shows = (section: string): boolean => (flags.has('noall') ? flags.has(section) : !flags.has(`no${section}`))
  if (shows('cmd')) process.out(banner(process, options))
  if (shows('comments')) process.out(header(name, answer))
  const label = `${name.replace(/\.$/, '')}.`
  if (shows('question')) process.out(`;; QUESTION SECTION:\n${pad(`;${label}`, 32)}IN\t${options.type}\n\n`)
  const section = (title: string, records: readonly DnsRecord[]): string => {
    const heading = shows('comments') ? `;; ${title} SECTION:\n` : ''
    return records.length === 0 ? '' : `${heading}${records.map(recordLine).join('')}${shows('comments') ? '\n' : ''}`
  }
  if (shows('answer')) process.out(section('ANSWER', answer.answers))
  if (shows('authority')) process.out(section('AUTHORITY', answer.authority))
  if (shows('additional')) process.out(section('ADDITIONAL', answer.additional ?? []))
  if (!shows('stats')) return
  const size =
    12 +
    label.length +
    5 +
    [...answer.answers, ...answer.authority, ...(answer.additional ?? [])].reduce(
      (sum, record) => sum + 12 + record.data.length,
      0,
    ) +
    23
  process.out(
    `;; Query time: ${Math.round(answer.latencyMs)} msec\n;; SERVER: ${address}#53(${address}) (${protocolOf(options)})\n;; WHEN: ${formatTime(process.now(), '%a %b %d %H:%M:%S UTC %Y')}\n;; MSG SIZE  rcvd: ${size}\n\n`,
  )
}

function header(name: string, answer: DnsAnswer): string {
  const local = /\.local\.?$/.test(name)
  const cluster = local || [...answer.answers, ...answer.authority].some((record) => /cluster\.local/.test(record.name))
  let id = 7
  for (const character of name + answer.server) id = (id * 31 + (character.codePointAt(0) ?? 0)) & 0xffff
  const flags = cluster ? 'qr aa rd' : 'qr rd ra'
  return [
    ';; Got answer:',
    ...(local
      ? [
          ';; WARNING: .local is reserved for Multicast DNS',
          ';; You are currently testing what happens when an mDNS query is leaked to DNS',
        ]
      : []),
    `;; ->>HEADER<<- opcode: QUERY, status: ${answer.rcode}, id: ${id}`,
    `;; flags: ${flags}; QUERY: 1, ANSWER: ${answer.answers.length}, AUTHORITY: ${answer.authority.length}, ADDITIONAL: ${1 + (answer.additional?.length ?? 0)}`,
    ...(cluster ? [';; WARNING: recursion requested but not available'] : []),
    '',
    ';; OPT PSEUDOSECTION:',
    `; EDNS: version: 0, flags:; udp: ${cluster ? 1232 : 65494}`,
    '',
  ].join('\n')
}

/** Pads with tabs to a column, as bind's master-file style does; a longer text gets one tab. */
function pad(text: string, at: number): string {
  let result = `${text}\t`
  while (width(result) < at) result += '\t'
  return result
}

function width(text: string): number {
  let at = 0
  for (const character of text) at = character === '\t' ? (Math.floor(at / 8) + 1) * 8 : at + 1
  return at
}

function recordLine(record: DnsRecord): string {
  let line = column(record.name, 24)
  line = column(`${line}${record.ttl}`, 32)
  line = column(`${line}IN`, 40)
  return `${line}${record.type}\t${record.data}\n`
}

function column(text: string, at: number): string {
  if (width(text) >= at) return `${text} `
  let result = text
  while (width(result) < at) result += '\t'
  return result
}
