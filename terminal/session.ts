import { Front } from './front.ts'
import { Pacer } from './pacer.ts'
import { Screen } from './screen.ts'
import { collectOutput } from './shell/collector.ts'
import type { ShellOutput } from './shell/output.ts'
import { ShellStack } from './shell-stack.ts'
import type { SessionOptions, TerminalSession } from './types.ts'

const COLUMNS = 80
const ROWS = 24

/** One terminal tab (with `output`), or one replayed shell, on a machine of the cluster. */
export function createSession(options: SessionOptions): TerminalSession {
  return options.output === undefined ? replayedSession(options) : typedSession(options, options.output)
}

/** Somebody types: prompts, and shells that stack. */
function typedSession(options: SessionOptions, send: (data: string) => void): TerminalSession {
  const screen = new Screen(send, options.columns ?? COLUMNS, options.rows ?? ROWS)
  const front = new Front(screen, options.entered)
  const stack = new ShellStack(options, screen, front)
  const live = async (): Promise<void> => {
    await stack.restore()
    const remote = options.saved?.remote
    if (remote) await front.hold((signal) => stack.goBackTo(remote, screen, signal))
    while (!front.disposed) {
      await front.interact(stack.base, stack.baseHistory)
      stack.base.reopen()
    }
  }
  void live()
  return {
    input: (data) => front.input(data),
    resize: (columns, rows) => front.resize(columns, rows),
    run: (line) => front.runLine(line),
    get place() {
      return stack.top.surroundings.place
    },
    get busy() {
      return front.busy
    },
    get typed() {
      return front.typed
    },
    save: () => stack.save(),
    dispose() {
      front.dispose()
      stack.dispose()
    },
  }
}

/** A shell without a terminal: each `run` is a script of its own, with state carried over. */
function replayedSession(options: SessionOptions): TerminalSession {
  const pacer = new Pacer(false)
  const running = new AbortController()
  let collector = collectOutput(pacer)
  const output: ShellOutput = {
    size: undefined,
    write: (stream, text) => collector.write(stream, text),
    pace: () => pacer.pace(),
  }
  const stack = new ShellStack(options, output)
  let tail: Promise<unknown> = stack.restore()
  let waiting = 0
  const runOne = async (line: string) => {
    const flood = new AbortController()
    collector = collectOutput(pacer, () => flood.abort())
    stack.base.reopen()
    const code = await stack.base.run(line, AbortSignal.any([running.signal, flood.signal]))
    return { stdout: collector.stdout, stderr: collector.stderr, code }
  }
  return {
    input: () => undefined,
    resize: () => undefined,
    run(line) {
      waiting += 1
      const result = tail
        .then(() => runOne(line))
        .finally(() => {
          waiting -= 1
        })
      tail = result.catch(() => undefined)
      return result
    },
    get place() {
      return stack.top.surroundings.place
    },
    get busy() {
      return waiting > 0
    },
    typed: '',
    save: () => stack.save(),
    dispose() {
      running.abort()
      stack.dispose()
    },
  }
}
