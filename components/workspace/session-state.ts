import type { GoalView } from '../../curriculum/goal-picture/goal-view.ts'
import type { ServerMessage, TopologyView, TraceView } from '../../server/protocol.ts'

export type Connection = 'idle' | 'connecting' | 'open' | 'reconnecting' | 'closed'
export type EditorRequest = Extract<ServerMessage, { type: 'editor' }>
/** `undone` is the page's own: the server tells a reset and its undo alike. */
export type NoticeCode =
  | 'undone'
  | Extract<ServerMessage, { type: 'notice' }>['code']
  | Extract<ServerMessage, { type: 'error' }>['code']

export interface Notice {
  readonly id: number
  readonly code: NoticeCode
  readonly detail: string | undefined
}

/** Everything of a workspace that pages draw, save terminal output, which goes straight to xterm. */
export interface SessionState {
  readonly connection: Connection
  /** Failed attempts since the last open connection. */
  readonly attempt: number
  readonly terminals: readonly number[]
  readonly active: number
  /** True from the learner's "+" until the server names the new terminal. */
  readonly opening: boolean
  readonly editors: readonly EditorRequest[]
  readonly topology: TopologyView | undefined
  readonly trace: TraceView | undefined
  /** Counts traces, so that the same trace twice is walked twice. */
  readonly traceNumber: number
  /** Goals of the lesson that the cluster has reached; undefined until the server says which. */
  readonly goals: readonly string[] | undefined
  /** The exercise's goal beside the present; null where a picture cannot show it, undefined until it is known. */
  readonly goal: GoalView | null | undefined
  readonly notices: readonly Notice[]
  /** This page is undoing a reset: the notice that comes of it is not news of another reset. */
  readonly undoing: boolean
  readonly nextNotice: number
}

export type SessionEvent =
  | { readonly type: 'connecting' }
  | { readonly type: 'disconnected'; readonly final: boolean }
  | { readonly type: 'message'; readonly message: ServerMessage }
  | { readonly type: 'activate'; readonly terminal: number }
  | { readonly type: 'opening' }
  | { readonly type: 'editor-done'; readonly id: number }
  | { readonly type: 'dismiss'; readonly id: number }
  | { readonly type: 'undoing' }
  | { readonly type: 'undo-ended'; readonly done: boolean }

export const initialSession: SessionState = {
  connection: 'idle',
  attempt: 0,
  terminals: [1],
  active: 1,
  opening: false,
  editors: [],
  topology: undefined,
  trace: undefined,
  traceNumber: 0,
  goals: undefined,
  goal: undefined,
  notices: [],
  undoing: false,
  nextNotice: 1,
}

/** The next state. Pure: the socket, xterm and React all live elsewhere. */
export function reduceSession(state: SessionState, event: SessionEvent): SessionState {
  switch (event.type) {
    case 'connecting':
      return {
        ...state,
        connection: state.attempt === 0 && state.connection === 'idle' ? 'connecting' : 'reconnecting',
      }
    case 'disconnected':
      return {
        ...state,
        connection: event.final ? 'closed' : 'reconnecting',
        attempt: state.attempt + 1,
        opening: false,
      }
    case 'activate':
      return state.terminals.includes(event.terminal) ? { ...state, active: event.terminal } : state
    case 'opening':
      return { ...state, opening: true }
    case 'editor-done':
      return { ...state, editors: state.editors.filter((editor) => editor.id !== event.id) }
    case 'dismiss':
      return { ...state, notices: state.notices.filter((notice) => notice.id !== event.id) }
    case 'undoing':
      return { ...state, undoing: true }
    case 'undo-ended': {
      const ended = { ...state, undoing: false }
      if (!event.done) return ended
      const others = state.notices.filter((notice) => notice.code !== 'reset')
      return withNotice({ ...ended, notices: others }, { code: 'undone' })
    }
    case 'message':
      return reduceMessage(state, event.message)
  }
}

function reduceMessage(state: SessionState, message: ServerMessage): SessionState {
  switch (message.type) {
    case 'ready':
      return withTerminals({ ...state, connection: 'open', attempt: 0 }, message.terminals)
    case 'opened': {
      const next = withTerminals(state, [...new Set([...state.terminals, message.terminal])])
      return state.opening ? { ...next, opening: false, active: message.terminal } : next
    }
    case 'closed':
      return withTerminals(
        state,
        state.terminals.filter((terminal) => terminal !== message.terminal),
      )
    case 'editor':
      return {
        ...state,
        active: message.terminal,
        editors: [...state.editors.filter((editor) => editor.id !== message.id), message],
      }
    case 'topology':
      return { ...state, topology: message.view }
    case 'trace':
      return { ...state, trace: message.trace, traceNumber: state.traceNumber + 1 }
    case 'goals':
      return { ...state, goals: message.reached }
    case 'goal':
      return { ...state, goal: message.view }
    case 'notice':
    case 'error': {
      const anew = message.code === 'restarted' || message.code === 'reset'
      const next = anew ? { ...state, editors: [] } : state
      return message.code === 'reset' && state.undoing ? next : withNotice(next, message)
    }
    case 'output':
      return state
  }
}

function withTerminals(state: SessionState, terminals: readonly number[]): SessionState {
  const sorted = [...terminals].sort((a, b) => a - b)
  const nearest = sorted.findLast((terminal) => terminal <= state.active) ?? sorted[0] ?? 1
  return {
    ...state,
    terminals: sorted,
    active: nearest,
    editors: state.editors.filter((editor) => sorted.includes(editor.terminal)),
  }
}

function withNotice(
  state: SessionState,
  message: { readonly code: NoticeCode; readonly detail?: string | undefined },
): SessionState {
  const notice: Notice = { id: state.nextNotice, code: message.code, detail: message.detail }
  const others = state.notices.filter((shown) => shown.code !== message.code)
  return { ...state, opening: false, notices: [...others, notice].slice(-3), nextNotice: state.nextNotice + 1 }
}
