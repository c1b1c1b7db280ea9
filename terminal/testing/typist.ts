import type { Terminal } from '@xterm/headless'
import xterm from '@xterm/headless'
import type { Cluster } from '../../emulator/index.ts'
import { createCluster } from '../../emulator/index.ts'
import { createSession } from '../session.ts'
import type { SessionOptions, TerminalSession, TerminalTime } from '../types.ts'

/** Somebody at a real terminal emulator: types keys, looks at the screen. */
export interface Typist {
  readonly session: TerminalSession
  readonly cluster: Cluster
  readonly terminal: Terminal
  /** Types, and waits until the prompt is back. */
  type(keys: string): Promise<void>
  /** Types, and waits until the screen shows the text. */
  typeUntil(keys: string, shown: string): Promise<void>
  screen(): string
  cursor(): readonly [column: number, row: number]
}

/** Time that passes in the cluster at once but lets the terminal's other work have its turn. */
function turningTime(cluster: Cluster): TerminalTime {
  return {
    now: () => cluster.now(),
    async sleep(ms, signal) {
      signal.throwIfAborted()
      cluster.run(ms)
      await nextTurn()
      signal.throwIfAborted()
    },
  }
}

const START = Date.UTC(2026, 0, 5, 9)
const TURNS = 5_000

export async function createTypist(
  options: Partial<SessionOptions> & { columns?: number; rows?: number } = {},
): Promise<Typist> {
  const columns = options.columns ?? 80
  const rows = options.rows ?? 24
  const cluster = createCluster({ seed: 'typist', startTime: START })
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true })
  const session = createSession({
    cluster,
    time: turningTime(cluster),
    machine: 'laptop',
    user: 'learner',
    output: (data) => terminal.write(data),
    columns,
    rows,
    ...options,
  })
  const screen = (): string => {
    const { active } = terminal.buffer
    const lines = Array.from(
      { length: rows },
      (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '',
    )
    return lines.join('\n').trimEnd()
  }
  const until = async (holds: () => boolean): Promise<void> => {
    for (let turn = 0; turn < TURNS; turn += 1) {
      await nextTurn()
      await drawn(terminal)
      if (holds()) return
    }
    throw new Error(`waited in vain; the screen shows:\n${screen()}`)
  }
  await until(() => !session.busy)
  return {
    session,
    cluster,
    terminal,
    screen,
    cursor: () => [terminal.buffer.active.cursorX, terminal.buffer.active.cursorY],
    async type(keys) {
      session.input(keys)
      await until(() => !session.busy)
    },
    async typeUntil(keys, shown) {
      session.input(keys)
      await until(() => screen().includes(shown))
    },
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}

function drawn(terminal: Terminal): Promise<void> {
  return new Promise((resolve) => {
    terminal.write('', resolve)
  })
}
