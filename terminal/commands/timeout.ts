import { setTimeout as delay } from 'node:timers/promises'
import { limitedTime } from '../shell/clocks.ts'
import { type CommandContext, defineCommand, type TerminalTime } from '../types.ts'
import { parseArguments } from './arguments.ts'
import { duration } from './duration.ts'

const SIGNALS: ReadonlyMap<string, number> = new Map([
  ['HUP', 1],
  ['INT', 2],
  ['QUIT', 3],
  ['KILL', 9],
  ['USR1', 10],
  ['USR2', 12],
  ['ALRM', 14],
  ['TERM', 15],
])
const TRY_HELP = "Try 'timeout --help' for more information.\n"
const BUSYBOX_USAGE =
  'BusyBox v1.37.0 (2024-09-26 21:31:42 UTC) multi-call binary.\n\nUsage: timeout [-s SIG] [-k KILL_SECS] SECS PROG ARGS\n\nRun PROG. Send SIG to it if it is not gone in SECS seconds.\nDefault SIG: TERM.If it still exists in KILL_SECS seconds, send KILL.\n'
const HELP = `Usage: timeout [OPTION]... DURATION COMMAND [ARG]...
Run a command and end it if it still runs after DURATION (a number with s, m, h or d; 0 means for ever).

  -s, --signal=SIGNAL      what to send at the end: a name like HUP or a number; TERM by default
  -k, --kill-after=DURATION  send KILL if the command still runs so long after the first signal
      --preserve-status    exit with the command's own status even if its time ran out
      --foreground         let the command read from the terminal
  -v, --verbose            say on standard error what is sent
`
/** What coreutils' timeout exits with: time ran out, it failed itself. */
const TIMED_OUT = 124
const FAILED = 125
const NOT_FOUND = 127
const SIGNALLED = 128

interface Request {
  readonly words: readonly string[]
  readonly ms: number
  readonly signal: string
  readonly preserveStatus: boolean
  readonly verbose: boolean
}

export const timeout = defineCommand({
  name: 'timeout',
  summary: 'Run a command for no longer than some seconds',
  async run(context) {
    const request = context.userland === 'busybox' ? parseBusybox(context) : parseGnu(context)
    if (typeof request === 'number') return request
    const [name = ''] = request.words
    if (!context.hasProgram(name)) {
      context.err(
        context.userland === 'busybox'
          ? `timeout: can't execute '${name}': No such file or directory\n`
          : `timeout: failed to run command ‘${name}’: No such file or directory\n`,
      )
      return NOT_FOUND
    }
    return runFor(context, request)
  },
})

async function runFor(context: CommandContext, request: Request): Promise<number> {
  const { words, ms, signal, verbose, preserveStatus } = request
  if (ms === 0 || !Number.isFinite(ms)) return context.runProgram(words)
  const stopped = new AbortController()
  const ended = new AbortController()
  const expire = (): void => {
    if (ended.signal.aborted || stopped.signal.aborted) return
    stopped.abort()
    if (verbose) context.err(`timeout: sending signal ${signal} to command ‘${words[0]}’\n`)
  }
  const until = context.time.now() + ms
  void watch(context.time, until, ended.signal).then(expire)
  let code: number
  try {
    code = await context.runProgram(words, {
      signal: stopped.signal,
      time: limitedTime(context.time, until, expire),
    })
  } catch (error) {
    if (!stopped.signal.aborted) throw error
    code = SIGNALLED
  } finally {
    ended.abort()
  }
  context.signal.throwIfAborted()
  if (!stopped.signal.aborted) return code
  const killed = SIGNALLED + (SIGNALS.get(signal) ?? 0)
  if (context.userland !== 'busybox') return preserveStatus || signal === 'KILL' ? killed : TIMED_OUT
  if (context.stdinIsTerminal) context.err(signal === 'KILL' ? 'Killed\n' : 'Terminated\n')
  return killed
}

const LOOK_MS = 25

/** Programs that wait for something else than time (a key, a device): looks at the clock beside them and moves nothing. */
async function watch(time: TerminalTime, until: number, ended: AbortSignal): Promise<void> {
  while (!ended.aborted && time.now() < until) await delay(LOOK_MS, undefined, { ref: false })
}

function parseGnu({ argv, err, out }: CommandContext): Request | number {
  const { flags, values, words, unknown } = parseArguments(argv.slice(1), {
    flags: ['v', 'f', 'p', 'verbose', 'foreground', 'preserve-status', 'help'],
    values: ['s', 'k', 'signal', 'kill-after'],
    stopAtWord: true,
  })
  const fail = (text: string): number => {
    err(`${text}${TRY_HELP}`)
    return FAILED
  }
  if (unknown !== undefined)
    return fail(
      unknown.startsWith('--')
        ? `timeout: unrecognized option '${unknown}'\n`
        : `timeout: invalid option -- '${unknown.slice(1)}'\n`,
    )
  if (flags.has('help')) {
    out(HELP)
    return 0
  }
  const [text = '', ...rest] = words
  if (rest.length === 0) return fail('')
  const named = values.get('s') ?? values.get('signal') ?? 'TERM'
  const signal = signalName(named)
  if (signal === undefined) return fail(`timeout: ‘${named}’: invalid signal\n`)
  for (const interval of [values.get('k') ?? values.get('kill-after') ?? '0', text])
    if (duration(interval) === undefined) return fail(`timeout: invalid time interval ‘${interval}’\n`)
  return {
    words: rest,
    ms: duration(text) ?? 0,
    signal,
    preserveStatus: flags.has('preserve-status') || flags.has('p'),
    verbose: flags.has('v') || flags.has('verbose'),
  }
}

function parseBusybox({ argv, err }: CommandContext): Request | number {
  const { values, words, unknown } = parseArguments(argv.slice(1), { flags: [], values: ['s', 'k'], stopAtWord: true })
  const [text = '', ...rest] = words
  if (unknown !== undefined || rest.length === 0) {
    const wrong = unknown === undefined ? '' : `timeout: unrecognized option: ${unknown.replace(/^-+/, '')}\n`
    err(`${wrong}${BUSYBOX_USAGE}`)
    return 1
  }
  const named = values.get('s') ?? 'TERM'
  const signal = signalName(named)
  if (signal === undefined) {
    err(`timeout: bad signal name '${named}'\n`)
    return 1
  }
  const wrong = [values.get('k') ?? '0', text].find((interval) => duration(interval) === undefined)
  if (wrong !== undefined) {
    err(`timeout: invalid number '${wrong}'\n`)
    return 1
  }
  return { words: rest, ms: duration(text) ?? 0, signal, preserveStatus: true, verbose: false }
}

function signalName(text: string): string | undefined {
  const name = text.toUpperCase().replace(/^SIG/, '')
  if (SIGNALS.has(name)) return name
  return [...SIGNALS].find(([, number]) => String(number) === text)?.[0]
}
