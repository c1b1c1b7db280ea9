import { Front } from '../front.ts'
import { BYTES_PER_LINE, Pacer } from '../pacer.ts'
import { requireProgram } from '../require-program.ts'
import { Screen } from '../screen.ts'
import type { ShellOutput } from '../shell/output.ts'
import { ShellStack } from '../shell-stack.ts'
import { isShell } from '../surroundings.ts'
import type { ShellRequest } from '../types.ts'
import { InputStream } from './input-stream.ts'
import type { ProcessOptions, RemoteProcess } from './process.ts'
import { readsInput } from './reads-input.ts'
import { isTar, runTar } from './tar.ts'

/** Bytes that one process may be sent. */
const MAX_INPUT_BYTES = 16 << 20
const KILLED = 137

/** Starts a command beside PID 1 of a running container, as `kubectl exec` does. */
export function startExec(options: ProcessOptions, command: readonly string[]): RemoteProcess {
  return options.tty ? onTerminal(options, command) : onPipes(options, command)
}

/** A terminal: prompts, line editing and Ctrl-C as in the browser's own. */
function onTerminal(options: ProcessOptions, command: readonly string[]): RemoteProcess {
  const decoder = new TextDecoder()
  const encoder = new TextEncoder()
  const screen = new Screen((data) => options.print('stdout', encoder.encode(data)), 80, 24)
  const front = new Front(screen)
  const stack = stackFor(options, screen, front)
  const run = (): Promise<number> => {
    requireProgram(options.container, command[0] ?? '')
    return front.hold((signal) => stack.open(request(options, command), paced(screen, options), signal))
  }
  const { done, end } = untilEnd(options, run)
  return {
    input: (bytes) => front.input(decoder.decode(bytes, { stream: true })),
    endInput: () => undefined,
    resize: (columns, rows) => front.resize(columns, rows),
    done,
    dispose() {
      end(KILLED)
      front.dispose()
      stack.dispose()
    },
  }
}

/** No terminal: standard output and error apart, standard input read as far as somebody wants it. */
function onPipes(options: ProcessOptions, command: readonly string[]): RemoteProcess {
  const encoder = new TextEncoder()
  const input = new InputStream(MAX_INPUT_BYTES)
  if (!options.stdin) input.end()
  const stopped = new AbortController()
  const pacer = new Pacer(false)
  const output: ShellOutput = {
    size: undefined,
    write(stream, text) {
      if (stopped.signal.aborted) return
      if (pacer.count(text.length)) return options.print(stream, encoder.encode(text))
      options.print('stderr', encoder.encode(`stopped: one command may print ${BYTES_PER_LINE / 1024 / 1024} MB\n`))
      stopped.abort()
    },
    async pace() {
      await pacer.pace()
      await options.ready()
    },
  }
  const stack = stackFor(options, output)
  const run = async (): Promise<number> => {
    requireProgram(options.container, command[0] ?? '')
    if (isTar(command)) return tar(options, command, input)
    const wanted = request(options, command)
    if (isShell(command[0] ?? '') && command.length === 1) return stack.feed(wanted, input, output, stopped.signal)
    const stdin = options.stdin && readsInput(command) ? await input.text() : ''
    return stack.open({ ...wanted, stdin }, output, stopped.signal)
  }
  const { done, end } = untilEnd(options, run)
  return {
    input: (bytes) => input.push(bytes),
    endInput: () => input.end(),
    resize: () => undefined,
    done,
    dispose() {
      end(KILLED)
      input.end()
      stopped.abort()
      stack.dispose()
    },
  }
}

async function tar(options: ProcessOptions, command: readonly string[], input: InputStream): Promise<number> {
  const { files, spec, programs } = options.container
  const { stdout, stderr, code } = await runTar({
    files,
    cwd: spec.workingDir ?? '/',
    args: command.slice(1),
    userland: programs.has('ash') ? 'busybox' : 'gnu',
    input: () => input.bytes(),
  })
  if (stderr !== '') options.print('stderr', new TextEncoder().encode(stderr))
  for (let at = 0; at < stdout.length; at += 32_768) {
    await options.ready()
    options.print('stdout', stdout.subarray(at, at + 32_768))
  }
  return code
}

const request = ({ container: { spec }, tty }: ProcessOptions, argv: readonly string[]): ShellRequest => ({
  kind: 'container',
  namespace: spec.namespace,
  pod: spec.podName,
  container: spec.containerName,
  argv,
  tty,
})

const paced = (screen: Screen, { ready }: ProcessOptions): ShellOutput => ({
  size: screen.size,
  write: (stream, text) => screen.write(stream, text),
  async pace() {
    await screen.pace()
    await ready()
  },
})

function stackFor({ cluster, time }: ProcessOptions, output: ShellOutput, front?: Front): ShellStack {
  // The stack wants somewhere to stand; nothing runs there.
  const machine = cluster.machines[0]?.name ?? ''
  return new ShellStack({ cluster, time, machine, user: 'root' }, output, front)
}

/** The command's own end, its container's, or that of whoever looked at it: what comes first. */
export function untilEnd(
  { container }: Pick<ProcessOptions, 'container'>,
  run: () => Promise<number>,
): { readonly done: Promise<number>; end(code: number): void } {
  let end: (code: number) => void = () => undefined
  const ended = new Promise<number>((resolve) => {
    end = resolve
  })
  const detach = container.attach({ printed: () => undefined, ended: () => end(KILLED) })
  const done = Promise.race([Promise.resolve().then(run), ended]).finally(detach)
  return { done, end: (code) => end(code) }
}
