import type { Cluster, Place } from '../../emulator/index.ts'
import { createSession } from '../../terminal/session.ts'
import type {
  EditorRequest,
  EditorResult,
  SessionOptions,
  TerminalSession,
  TerminalTime,
} from '../../terminal/types.ts'
import { BUDGETS } from './budgets.ts'
import { createOutputBuffer, type OutputBuffer } from './output-buffer.ts'
import type { SavedTerminal } from './saved-state.ts'

/** What the terminals of one cluster stand on. */
export interface TerminalGround {
  readonly cluster: Cluster
  readonly time: TerminalTime
  readonly machine: string
  readonly user: string
  /** The language of the page. */
  readonly words: NonNullable<SessionOptions['words']>
  /** A Pod that a command runs has sent a request. */
  readonly followed: NonNullable<SessionOptions['followed']>
  /** Something was printed. */
  readonly printed: () => void
  readonly edit: (terminal: number, request: EditorRequest) => Promise<EditorResult>
  /** A terminal printed more than its budget and its command was interrupted. */
  readonly flooded: (terminal: number) => void
}

interface Terminal {
  readonly session: TerminalSession
  readonly output: OutputBuffer
}

interface Size {
  readonly columns: number
  readonly rows: number
}

/** The terminals of one cluster, numbered from 1. */
export interface Terminals {
  readonly numbers: readonly number[]
  readonly places: { readonly [terminal: string]: Place }
  outputs(): Iterable<readonly [number, OutputBuffer]>
  session(terminal: number): TerminalSession | undefined
  /** Opens the lowest free number; undefined when there are enough. */
  open(size: Size): number | undefined
  close(terminal: number): boolean
  /** Brings terminals back as `save` left them. Their numbering of output goes on far beyond, so every page redraws. */
  restore(saved: readonly SavedTerminal[]): void
  save(): readonly SavedTerminal[]
  dispose(): void
}

/** No page can have seen a number this far ahead: the write of the state before was at most moments old. */
const SEQ_GAP = 1_000_000_000

export function createTerminals(ground: TerminalGround): Terminals {
  const terminals = new Map<number, Terminal>()

  const add = (number: number, size: Size | undefined, saved?: SavedTerminal) => {
    const output = createOutputBuffer(
      BUDGETS.scrollback,
      saved ? saved.seq + SEQ_GAP : 0,
      saved ? withoutOpenLine(saved.scrollback) : '',
    )
    const meter = createMeter(BUDGETS.outputPerSecond)
    const session = createSession({
      cluster: ground.cluster,
      time: ground.time,
      machine: ground.machine,
      user: ground.user,
      words: ground.words,
      followed: ground.followed,
      output: (data) => {
        output.append(data)
        ground.printed()
        if (!meter.exceeds(data.length)) return
        session.input('\x03')
        ground.flooded(number)
      },
      editor: (request) => ground.edit(number, request),
      ...size,
      ...(saved && { saved: saved.session }),
    })
    terminals.set(number, { session, output })
  }

  return {
    get numbers() {
      return [...terminals.keys()].sort((a, b) => a - b)
    },
    get places() {
      return Object.fromEntries([...terminals].map(([number, { session }]) => [number, session.place]))
    },
    outputs: () => [...terminals].map(([number, { output }]) => [number, output] as const),
    session: (terminal) => terminals.get(terminal)?.session,
    open(size) {
      if (terminals.size >= BUDGETS.terminalsPerCluster) return undefined
      let number = 1
      while (terminals.has(number)) number++
      add(number, size)
      return number
    },
    close(terminal) {
      terminals.get(terminal)?.session.dispose()
      return terminals.delete(terminal)
    },
    restore(saved) {
      for (const terminal of saved.slice(0, BUDGETS.terminalsPerCluster)) add(terminal.id, undefined, terminal)
    },
    save: () =>
      [...terminals].map(([id, { session, output }]) => ({
        id,
        session: session.save(),
        scrollback: output.text(),
        seq: output.end,
        busy: session.busy,
      })),
    dispose() {
      for (const { session } of terminals.values()) session.dispose()
      terminals.clear()
    },
  }
}

/** The prompt at the end is printed anew by the new session. */
function withoutOpenLine(scrollback: string): string {
  return scrollback.slice(0, scrollback.lastIndexOf('\n') + 1)
}

/** Counts within windows of a second. */
function createMeter(perSecond: number): { exceeds(amount: number): boolean } {
  let windowStart = 0
  let used = 0
  return {
    exceeds(amount) {
      const now = performance.now()
      if (now - windowStart > 1000) {
        windowStart = now
        used = 0
      }
      used += amount
      if (used <= perSecond) return false
      used = 0
      return true
    },
  }
}
