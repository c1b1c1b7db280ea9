import type { Cluster, Place } from '../../emulator/index.ts'
import { createSession } from '../../terminal/session.ts'
import type {
  EditorRequest,
  EditorResult,
  SavedSession,
  SessionOptions,
  TerminalSession,
  TerminalTime,
} from '../../terminal/types.ts'
import { BUDGETS } from './budgets.ts'
import { createLine, type Line } from './line.ts'
import { createOutputBuffer, type OutputBuffer } from './output-buffer.ts'
import type { SavedTerminal } from './saved-state.ts'

/** What the terminals of one cluster stand on. */
export interface TerminalGround {
  /** The cluster as a terminal has it whose lines `line` tells. */
  readonly clusterFor: (line: () => Line) => Cluster
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
  /** Nothing is printed any more. */
  mute(): void
}

interface Size {
  readonly columns: number
  readonly rows: number
}

/** A terminal that goes over to another cluster: its screen stays as it is, its shell begins anew. */
export interface CarriedTerminal {
  readonly id: number
  readonly session: SavedSession
  readonly output: OutputBuffer
  /** What stood at the prompt. */
  readonly typed: string
  /** Something ran, or the learner was somewhere that a new shell does not lead to. */
  readonly broken: boolean
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
  /** Ends the shells and gives what goes over to another cluster's terminals. */
  handOver(): readonly CarriedTerminal[]
  takeOver(carried: readonly CarriedTerminal[]): void
  save(): readonly SavedTerminal[]
  dispose(): void
}

/** No page can have seen a number this far ahead: the write of the state before was at most moments old. */
const SEQ_GAP = 1_000_000_000

export function createTerminals(ground: TerminalGround): Terminals {
  const terminals = new Map<number, Terminal>()

  const add = (number: number, output: OutputBuffer, size: Size | undefined, saved?: SavedSession) => {
    const meter = createMeter(BUDGETS.outputPerSecond)
    let line: Line = createLine('command', '')
    let muted = false
    const session = createSession({
      cluster: ground.clusterFor(() => line),
      entered: (text) => {
        line = createLine('command', text)
      },
      time: ground.time,
      machine: ground.machine,
      user: ground.user,
      words: ground.words,
      followed: ground.followed,
      output: (data) => {
        if (muted) return
        output.append(data)
        ground.printed()
        if (!meter.exceeds(data.length)) return
        session.input('\x03')
        ground.flooded(number)
      },
      editor: (request) => ground.edit(number, request),
      ...size,
      ...(saved && { saved }),
    })
    const mute = () => {
      muted = true
    }
    terminals.set(number, { session, output, mute })
    return session
  }
  const handOver = (id: number, { session, output, mute }: Terminal): CarriedTerminal => {
    const { typed, busy, place } = session
    const away = place.kind !== 'machine' || place.name !== ground.machine
    const saved = session.save()
    session.dispose()
    mute()
    if (busy) output.append(ending(output.text()))
    return { id, session: saved, output, typed, broken: busy || (away && saved.remote === undefined) }
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
      add(number, createOutputBuffer(BUDGETS.scrollback), size)
      return number
    },
    close(terminal) {
      terminals.get(terminal)?.session.dispose()
      return terminals.delete(terminal)
    },
    restore(saved) {
      for (const { id, session, seq, scrollback } of saved.slice(0, BUDGETS.terminalsPerCluster))
        add(id, createOutputBuffer(BUDGETS.scrollback, seq + SEQ_GAP, withoutOpenLine(scrollback)), undefined, session)
    },
    handOver() {
      const carried = [...terminals].map(([id, terminal]) => handOver(id, terminal))
      terminals.clear()
      return carried
    },
    takeOver(carried) {
      for (const { id, session, output, typed } of carried) add(id, output, undefined, session).input(typed)
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

const OTHER_SCREEN = ['\x1b[?1049h', '\x1b[?1049l'] as const

/** Takes a program off the screen that was ended while it ran: the next output begins a line. */
function ending(screen: string): string {
  const [on, off] = OTHER_SCREEN
  if (screen.lastIndexOf(on) > screen.lastIndexOf(off)) return `${off}\r\n`
  return screen.endsWith('\n') || screen === '' ? '' : '\r\n'
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
