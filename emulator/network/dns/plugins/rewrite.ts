import { RE2JS } from 're2js'
import type { DnsRecord } from '../../types.ts'
import { CorefileError, type Line } from '../corefile-blocks.ts'
import type { DnsPlugin, DnsQuery } from '../plugin.ts'
import { plainName } from '../plugin.ts'
import type { DnsReply } from '../reply.ts'

/** What a name turns into; undefined where the rule does not fit. */
type NameChange = (name: string) => string | undefined

interface Rule {
  readonly goesOn: boolean
  /** The question that is asked instead. */
  change(query: DnsQuery): DnsQuery | undefined
  /** The answer as the client gets it. */
  restore(reply: DnsReply, asked: DnsQuery, rewritten: DnsQuery): DnsReply
}

const FIELDS = new Set(['name', 'type', 'class', 'edns0', 'ttl', 'cname', 'rcode'])
const KINDS = ['exact', 'prefix', 'suffix', 'substring', 'regex'] as const
type Kind = (typeof KINDS)[number]

/** Names are shorter, and so is every pattern that somebody means. */
const LONGEST = 1024

/** Changes questions on their way in and answers on their way out (coredns plugin/rewrite). */
export const rewrite: DnsPlugin = {
  name: 'rewrite',
  setup(lines) {
    const rules = lines.flatMap(readRule)
    return (query, _, next) => {
      const applied: { readonly rule: Rule; readonly before: DnsQuery; readonly after: DnsQuery }[] = []
      let current = query
      for (const rule of rules) {
        const after = rule.change(current)
        if (after === undefined) continue
        applied.push({ rule, before: current, after })
        current = after
        if (!rule.goesOn) break
      }
      return applied.reduceRight((reply, { rule, before, after }) => rule.restore(reply, before, after), next(current))
    }
  },
}

function readRule(line: Line): readonly Rule[] {
  const mode = line.args[0]
  const stated = mode === 'stop' || mode === 'continue'
  const [field = '', ...words] = stated ? line.args.slice(1) : line.args
  if (!FIELDS.has(field)) throw problem(line, `invalid rule type "${field}"`)
  const goesOn = mode === 'continue'
  // In a block each line is an answer rule of its own: `answer name FROM TO`.
  const all = [...words, ...line.block.flatMap(({ name, args }) => (name === 'name' ? args : [name, ...args]))]
  if (field === 'name') return [nameRule(line, goesOn, all)]
  if (field === 'type') return [typeRule(line, goesOn, words)]
  return field === 'ttl' ? [ttlRule(line, goesOn, words)] : []
}

function problem({ file, number }: Line, what: string): CorefileError {
  return new CorefileError(file, number, what, 'plugin/rewrite: ')
}

function nameRule(line: Line, goesOn: boolean, words: readonly string[]): Rule {
  const kind = KINDS.find((known) => known === words[0])
  const [from, to, ...options] = kind === undefined ? words : words.slice(1)
  if (from === undefined || to === undefined) throw problem(line, 'too few arguments for a name rule')
  const change = nameChange(line, kind ?? 'exact', from, to)
  // Exact rules put the name that was asked for back into the answer; others only if they are told to.
  const back = answerChanges(line, options)
  const automatic = (kind ?? 'exact') === 'exact' || back.automatic
  return {
    goesOn,
    change(query) {
      const name = change(query.name)
      return name === undefined ? undefined : { ...query, name }
    },
    restore(reply, asked, rewritten) {
      const swapped = (name: string) => (plainName(name) === rewritten.name ? `${asked.name}.` : name)
      const renamed = (name: string) => back.names.reduce((so, one) => one(so), automatic ? swapped(name) : name)
      const revalued = (data: string) => back.values.reduce((so, one) => one(so), automatic ? swapped(data) : data)
      const isName = ({ type }: DnsRecord) => type === 'CNAME' || type === 'PTR' || type === 'NS'
      return {
        ...reply,
        answers: reply.answers.map((one) => ({
          ...one,
          name: renamed(one.name),
          data: isName(one) ? revalued(one.data) : one.data,
        })),
      }
    },
  }
}

interface AnswerChanges {
  readonly automatic: boolean
  readonly names: readonly ((name: string) => string)[]
  readonly values: readonly ((name: string) => string)[]
}

/** `answer auto`, `answer name FROM TO`, `answer value FROM TO`. */
function answerChanges(line: Line, words: readonly string[]): AnswerChanges {
  const names: ((name: string) => string)[] = []
  const values: ((name: string) => string)[] = []
  let automatic = false
  for (let at = 0; at < words.length; ) {
    const [word, kind, from = '', to = ''] = words.slice(at, at + 4)
    if (word !== 'answer') throw problem(line, `exceeded the number of arguments for a rewrite name rule`)
    if (kind === 'auto') {
      automatic = true
      at += 2
      continue
    }
    const explicit = kind === 'name' || kind === 'value'
    const [pattern, target] = explicit ? [from, to] : [kind ?? '', from]
    const change = nameChange(line, 'regex', pattern, target)
    const applied = (name: string) => {
      const changed = change(plainName(name))
      return changed === undefined ? name : `${changed}.`
    }
    ;(kind === 'value' ? values : names).push(applied)
    at += explicit ? 4 : 3
  }
  return { automatic, names, values }
}

function nameChange(line: Line, kind: Kind, from: string, to: string): NameChange {
  if (from.length > LONGEST || to.length > LONGEST) throw problem(line, 'name rewrite: the name is too long')
  const [a, b] = [plainName(from), plainName(to)]
  switch (kind) {
    case 'exact':
      return (name) => (name === a ? b : undefined)
    case 'prefix':
      return (name) => (name.startsWith(a) ? b + name.slice(a.length) : undefined)
    case 'suffix':
      return (name) => (name.endsWith(a) ? name.slice(0, name.length - a.length) + b : undefined)
    case 'substring':
      return (name) => (name.includes(a) ? name.replaceAll(a, b) : undefined)
    case 'regex':
      return regexChange(line, from, to)
  }
}

/**
 * Patterns see the name with its last dot; `{1}` is what the first group found, and a number without a group stays as it
 * is (CoreDNS: plugin/rewrite/name.go, regexNameRule and isValidRegexPattern).
 */
function regexChange(line: Line, from: string, to: string): NameChange {
  const pattern = compiled(line, from)
  const used = new Set(to.match(/\{\d+\}/g))
  if (used.size > pattern.groupCount())
    throw problem(
      line,
      `the rewrite regex pattern (${to}) uses more subexpressions than its corresponding matching regex pattern (${from})`,
    )
  return (name) => {
    const matcher = pattern.matcher(`${name}.`)
    if (!matcher.find()) return undefined
    return plainName(
      to.replace(/\{(\d+)\}/g, (whole, group: string) =>
        Number(group) > pattern.groupCount() ? whole : (matcher.group(Number(group)) ?? ''),
      ),
    )
  }
}

function compiled(line: Line, source: string): RE2JS {
  try {
    return RE2JS.compile(source, RE2JS.CASE_INSENSITIVE)
  } catch {
    throw problem(line, `invalid regex matching pattern: ${source}`)
  }
}

function typeRule(line: Line, goesOn: boolean, [from, to]: readonly (string | undefined)[]): Rule {
  if (from === undefined || to === undefined) throw problem(line, 'type rewrite requires 2 arguments')
  return {
    goesOn,
    change: (query) => (query.type === from ? { ...query, type: to as DnsQuery['type'] } : undefined),
    restore: (reply) => reply,
  }
}

/** `ttl [KIND] NAME SECONDS`, or a range `5-60`. */
function ttlRule(line: Line, goesOn: boolean, words: readonly string[]): Rule {
  const kind = KINDS.find((known) => known === words[0])
  const [from, seconds] = kind === undefined ? words : words.slice(1)
  if (from === undefined || seconds === undefined) throw problem(line, 'ttl rewrite requires at least 2 arguments')
  const fits = nameChange(line, kind ?? 'exact', from, from)
  const [least, most = least] = seconds.split('-').map((text) => (text === '' ? undefined : Number(text)))
  const within = (ttl: number) => Math.min(Math.max(ttl, least ?? 0), most ?? 2_147_483_647)
  return {
    goesOn,
    change: (query) => (fits(query.name) === undefined ? undefined : query),
    restore: (reply) => ({ ...reply, answers: reply.answers.map((one) => ({ ...one, ttl: within(one.ttl) })) }),
  }
}
