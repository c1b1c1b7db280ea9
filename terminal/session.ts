import { collectOutput } from './shell/collector.ts'
import type { ShellOutput } from './shell/output.ts'
import { ShellStack } from './shell-stack.ts'
import type { SessionOptions, TerminalSession } from './types.ts'

/** One terminal tab, or one replayed shell, on a machine of the cluster. */
export function createSession(options: SessionOptions): TerminalSession {
  return replayedSession(options)
}

/** A shell without a terminal: each `run` is a script of its own, with state carried over. */
function replayedSession(options: SessionOptions): TerminalSession {
  let collector = collectOutput(async () => undefined)
  const output: ShellOutput = {
    size: undefined,
    write: (stream, text) => collector.write(stream, text),
    pace: () => collector.pace(),
  }
  const stack = new ShellStack(options, output)
  const running = new AbortController()
  let tail: Promise<unknown> = stack.restore()
  let waiting = 0
  const runOne = async (line: string) => {
    collector = collectOutput(async () => undefined)
    stack.base.reopen()
    const code = await stack.base.run(line, running.signal)
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
    save: () => stack.save(),
    dispose: () => running.abort(),
  }
}
