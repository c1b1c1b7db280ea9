import type { ClientMessage, ServerMessage, TraceView, WorkspaceKey } from '../../server/protocol.ts'
import { reconnectDelay } from './backoff.ts'
import { initialSession, reduceSession, type SessionEvent } from './session-state.ts'

export interface Size {
  readonly columns: number
  readonly rows: number
}
/** What a drawn terminal offers to its session. */
export interface Screen {
  write(data: string): void
  clear(): void
}

/** Closed for a reason that trying again cannot mend. */
const POLICY_VIOLATION = 1008

/**
 * One page's connection to its workspace. Output for a terminal that is not drawn yet waits here; after a broken
 * connection `hello.seen` asks the server for what was missed.
 */
export class WorkspaceSession {
  readonly workspace: WorkspaceKey
  #locale: 'ko' | 'en'
  #state = initialSession
  #listeners = new Set<() => void>()
  #screens = new Map<number, Screen>()
  #waiting = new Map<number, string[]>()
  #seen = new Map<number, number>()
  #socket: WebSocket | undefined
  #retry: ReturnType<typeof setTimeout> | undefined
  #size: Size = { columns: 80, rows: 24 }
  #wanted = false

  constructor(workspace: WorkspaceKey, locale: 'ko' | 'en') {
    this.workspace = workspace
    this.#locale = locale
  }

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  readonly snapshot = () => this.#state

  /** Connects with the size of the first terminal drawn. Calling it again while connected does nothing. */
  start(size: Size): void {
    this.#size = allowed(size)
    if (this.#wanted) return
    this.#wanted = true
    window.addEventListener('online', this.#hurry)
    document.addEventListener('visibilitychange', this.#hurry)
    this.#connect()
  }

  stop(): void {
    this.#wanted = false
    window.removeEventListener('online', this.#hurry)
    document.removeEventListener('visibilitychange', this.#hurry)
    clearTimeout(this.#retry)
    this.#socket?.close(1000)
    this.#socket = undefined
  }

  attach(terminal: number, screen: Screen): () => void {
    this.#screens.set(terminal, screen)
    for (const data of this.#waiting.get(terminal) ?? []) screen.write(data)
    this.#waiting.delete(terminal)
    return () => {
      if (this.#screens.get(terminal) === screen) this.#screens.delete(terminal)
    }
  }

  input(terminal: number, data: string): void {
    for (let at = 0; at < data.length; at += 60_000)
      this.#send({ type: 'input', terminal, data: data.slice(at, at + 60_000) })
  }

  /** Runs a command line in the active terminal; false when there is no connection to run it on. */
  run(line: string): boolean {
    return this.#send({ type: 'run', terminal: this.#state.active, line })
  }

  resize(terminal: number, size: Size): void {
    this.#size = allowed(size)
    this.#send({ type: 'resize', terminal, ...this.#size })
  }

  open(): void {
    if (this.#send({ type: 'open', ...this.#size })) this.#dispatch({ type: 'opening' })
  }

  close(terminal: number): void {
    this.#send({ type: 'close', terminal })
  }

  activate(terminal: number): void {
    this.#dispatch({ type: 'activate', terminal })
  }

  /** Shows a request of somebody else's, the grader's say, as the last one. */
  show(trace: TraceView): void {
    this.#dispatch({ type: 'message', message: { type: 'trace', trace } })
  }

  dismiss(id: number): void {
    this.#dispatch({ type: 'dismiss', id })
  }

  /** Asks for the state before the last step, or the one after it; false when there is no connection. */
  step(to: 'undo' | 'redo'): boolean {
    return this.#send({ type: 'step', to })
  }

  /** Ends an editor. False, and it stays open, when there is no connection to save over. */
  finishEditor(id: number, saved: boolean, text: string): boolean {
    if (!this.#send({ type: 'editor', id, saved, text })) return false
    this.#dispatch({ type: 'editor-done', id })
    return true
  }

  #dispatch(event: SessionEvent): void {
    const next = reduceSession(this.#state, event)
    if (next === this.#state) return
    this.#state = next
    for (const listener of this.#listeners) listener()
  }

  #send(message: ClientMessage): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false
    this.#socket.send(JSON.stringify(message))
    return true
  }

  #connect(): void {
    clearTimeout(this.#retry)
    this.#dispatch({ type: 'connecting' })
    const url = new URL('/ws/workspace', location.href)
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
    const socket = new WebSocket(url)
    this.#socket = socket
    socket.onopen = () =>
      this.#send({
        type: 'hello',
        workspace: this.workspace,
        locale: this.#locale,
        ...this.#size,
        seen: Object.fromEntries(this.#seen),
      })
    socket.onmessage = (event) => {
      const message = parse(event.data)
      if (message && this.#socket === socket) this.#receive(message)
    }
    socket.onclose = (event) => {
      if (this.#socket !== socket) return
      this.#socket = undefined
      const final = !this.#wanted || event.code === POLICY_VIOLATION
      this.#dispatch({ type: 'disconnected', final })
      if (!final) this.#retry = setTimeout(() => this.#connect(), reconnectDelay(this.#state.attempt, Math.random()))
    }
  }

  readonly #hurry = () => {
    if (this.#wanted && !this.#socket && document.visibilityState === 'visible') this.#connect()
  }

  #receive(message: ServerMessage): void {
    if (message.type === 'output') {
      this.#seen.set(message.terminal, message.seq)
      const screen = this.#screens.get(message.terminal)
      if (screen) screen.write(message.data)
      else this.#waiting.set(message.terminal, [...(this.#waiting.get(message.terminal) ?? []), message.data])
      return
    }
    if (message.type === 'closed') this.#forget(message.terminal)
    if (message.type === 'notice' && message.code === 'restarted') this.#clear()
    this.#dispatch({ type: 'message', message })
  }

  #forget(terminal: number): void {
    this.#seen.delete(terminal)
    this.#waiting.delete(terminal)
  }

  /** The shells began anew: what the screens show belongs to the old ones. */
  #clear(): void {
    this.#seen.clear()
    this.#waiting.clear()
    for (const screen of this.#screens.values()) screen.clear()
  }
}

/** A sheet pulled down to nothing still has the two rows and columns that the protocol asks for. */
function allowed({ columns, rows }: Size): Size {
  const within = (value: number, most: number) => Math.min(most, Math.max(2, Math.floor(value)))
  return { columns: within(columns, 500), rows: within(rows, 300) }
}

function parse(data: unknown): ServerMessage | undefined {
  if (typeof data !== 'string') return undefined
  const value: ServerMessage | null = JSON.parse(data)
  return value && typeof value === 'object' && typeof value.type === 'string' ? value : undefined
}
