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

/** Keys that wait for the first connection. */
const MOST_EARLY = 500

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
  /** Edits that this page has ended; the server may have asked for one again just before it heard. */
  #ended = new Set<number>()
  /** Typed before the first connection stood, by terminal. */
  #early: { readonly terminal: number; readonly data: string }[] = []

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
    window.addEventListener('offline', this.#lose)
    document.addEventListener('visibilitychange', this.#hurry)
    this.#connect()
  }

  stop(): void {
    this.#wanted = false
    window.removeEventListener('online', this.#hurry)
    window.removeEventListener('offline', this.#lose)
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
    if (this.#state.connection === 'idle' || this.#state.connection === 'connecting') {
      if (this.#early.length < MOST_EARLY) this.#early.push({ terminal, data: data.slice(0, 60_000) })
      return
    }
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
    this.#ended.add(id)
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
    socket.onopen = () => {
      this.#ended.clear()
      this.#send({
        type: 'hello',
        workspace: this.workspace,
        locale: this.#locale,
        ...this.#size,
        seen: Object.fromEntries(this.#seen),
      })
    }
    socket.onmessage = (event) => {
      const message = parse(event.data)
      if (message && this.#socket === socket) this.#receive(message)
    }
    socket.onclose = (event) => {
      if (this.#socket !== socket) return
      this.#socket = undefined
      this.#disconnected(!this.#wanted || event.code === POLICY_VIOLATION)
    }
  }

  #disconnected(final: boolean): void {
    this.#dispatch({ type: 'disconnected', final, offline: !navigator.onLine })
    if (!final) this.#retry = setTimeout(() => this.#connect(), reconnectDelay(this.#state.attempt, Math.random()))
  }

  /** Without a network a socket looks open for minutes, and what is typed goes nowhere: it is given up at once. */
  readonly #lose = () => {
    if (!this.#socket) return
    const socket = this.#socket
    this.#socket = undefined
    socket.close()
    this.#disconnected(false)
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
    if (message.type === 'editor' && this.#ended.has(message.id)) return
    // Another cluster counts its edits anew.
    if (message.type === 'moved') this.#ended.clear()
    if (message.type === 'closed') this.#forget(message.terminal)
    if (message.type === 'notice' && message.code === 'restarted') this.#clear()
    this.#dispatch({ type: 'message', message })
    if (message.type === 'ready') for (const { terminal, data } of this.#early.splice(0)) this.input(terminal, data)
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
