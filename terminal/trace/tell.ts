import { decidingHop, type Hop, type Place, type Subject, type Trace } from '../../emulator/index.ts'
import { textWidth } from '../editor/width.ts'
import type { TraceWords } from './words.ts'

interface Look {
  /** Columns of the terminal; undefined where the lines go to a file or a pipe. */
  readonly columns: number | undefined
}

const COLOURS = { good: '32', bad: '31', bold: '1' } as const
const SUBJECT_COLUMNS = 24

/**
 * The way that a request took, hop by hop, and in one sentence at the end what decided it. Only the end, if the request
 * told before took the same way.
 */
export function tellTrace(trace: Trace, times: number, words: TraceWords, look: Look, before?: Trace): string {
  const paint = (style: keyof typeof COLOURS, text: string): string =>
    look.columns === undefined ? text : `\u001b[${COLOURS[style]}m${text}\u001b[0m`
  const deciding = decidingHop(trace)
  const died = deciding !== undefined && !isGood(deciding)
  const ended = [words.outcomes[trace.outcome], ...statusOf(trace)].join(' ')
  const outcome = paint(trace.outcome === 'answered' && !died ? 'good' : 'bad', ended)
  const often = times > 1 ? ` (${words.times(times)})` : ''
  const head = `${paint('bold', `${nameOf(trace.from)} → ${trace.to}`)}  ${outcome}${often}`
  const shown = startsAs(before, trace) ? [] : trace.hops
  const width = Math.min(SUBJECT_COLUMNS, Math.max(0, ...shown.map((hop) => textWidth(nameOf(hop.subject)))))
  const lines = shown.map((hop) => {
    const passed = isGood(hop)
    const mark = passed ? paint('good', '✓') : paint('bad', '✗')
    const text = hop === deciding && !passed ? words.here[hop.verdict] : plain(words.hop(hop))
    return hanging(`  ${mark} ${cell(nameOf(hop.subject), width)}  `, text, width + 6, look.columns)
  })
  if (deciding === undefined) return `${head}\n${lines.join('')}`
  const label = `${died ? words.cause : words.result}: `
  const end = hanging(
    paint('bold', label),
    plain(words.hop(deciding)),
    Math.min(textWidth(label), 8),
    look.columns,
    textWidth(label),
  )
  return `${head}\n${lines.join('')}${end}`
}

const isGood = ({ verdict }: Hop): boolean => verdict === 'pass' || verdict === 'answered'

/** The HTTP status that a request was answered with, if it was. */
function statusOf({ hops }: Trace): readonly (string | number)[] {
  const last = hops.at(-1)
  return last?.code === 'http-answered' ? [last.params.status ?? ''] : []
}

/** Requests that took the same way told once, in the order in which they were first made. */
export function distinct(traces: readonly Trace[]): readonly { readonly trace: Trace; readonly times: number }[] {
  const ways = new Map<string, { trace: Trace; times: number }>()
  for (const trace of traces) {
    const way = JSON.stringify([
      trace.from,
      trace.to,
      trace.outcome,
      trace.hops.map(({ code, params }) => [code, params]),
    ])
    const known = ways.get(way)
    if (known) known.times += 1
    else ways.set(way, { trace, times: 1 })
  }
  return [...ways.values()]
}

function nameOf(subject: Subject | Place): string {
  switch (subject.kind) {
    case 'machine':
      return subject.name
    case 'pod':
      return `pod/${subject.name}`
    case 'container':
      return `pod/${subject.pod}`
    case 'service':
      return `service/${subject.name}`
    case 'load-balancer':
    case 'address':
      return subject.address
    case 'dns':
      return `dns ${subject.server}`
    case 'policy':
      return `networkpolicy/${subject.name}`
    default:
      return `${subject.kind}/${subject.name}`
  }
}

/** Sentences mark commands with backquotes, for the page. */
function plain(text: string): string {
  return text.replaceAll('`', '')
}

/** Padded, or cut in the middle: the end of a Pod's name is what tells it from its brothers. */
function cell(text: string, width: number): string {
  if (text.length <= width) return text.padEnd(width)
  return `${text.slice(0, width - 8)}…${text.slice(-7)}`
}

/** Questions to one DNS server differ in their answers alone: the way there is told once. */
function startsAs(before: Trace | undefined, trace: Trace): boolean {
  const way = ({ hops }: Trace) => JSON.stringify(hops.slice(0, -1).map(({ code, params }) => [code, params]))
  return before !== undefined && trace.hops.length > 1 && way(before) === way(trace)
}

/** A text behind its head, broken between words so that later lines stand `indent` in. */
function hanging(head: string, text: string, indent: number, columns: number | undefined, start = indent): string {
  if (columns === undefined) return `${head}${text}\n`
  const room = Math.max(20, columns - 1)
  let line = head
  let used = start
  let out = ''
  let empty = true
  for (const word of text.split(' ')) {
    const size = textWidth(word)
    if (!empty && used + 1 + size > room) {
      out += `${line}\n`
      line = ' '.repeat(indent)
      used = indent
      empty = true
    }
    line += empty ? word : ` ${word}`
    used += size + (empty ? 0 : 1)
    empty = false
  }
  return `${out}${line}\n`
}
