import type { GoalView } from '../../curriculum/goal-picture/goal-view.ts'
import type { ServerMessage, StepLabel, TopologyView, TraceView } from '../../server/protocol.ts'

export type Connection = 'idle' | 'connecting' | 'open' | 'reconnecting' | 'closed'
export type EditorRequest = Extract<ServerMessage, { type: 'editor' }>
/** `reset` is the page's own, made of the news that the cluster was reset. */
export type NoticeCode =
  | 'reset'
  | Extract<ServerMessage, { type: 'notice' }>['code']
  | Extract<ServerMessage, { type: 'error' }>['code']

type Moved = Extract<ServerMessage, { type: 'moved' }>

export interface Notice {
  readonly id: number
  readonly code: NoticeCode
  readonly detail: string | undefined
}

/** Everything of a workspace that pages draw, save terminal output, which goes straight to xterm. */
export interface SessionState {
  readonly connection: Connection
  readonly offline: boolean
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
  /** What undo and redo would undo and redo. */
  readonly steps: { readonly undo?: StepLabel | undefined; readonly redo?: StepLabel | undefined }
  /** The last time that another state took the present one's place; counted, so that two alike are two. */
  readonly moved: { readonly how: Moved['how']; readonly label: StepLabel; readonly count: number } | undefined
  readonly notices: readonly Notice[]
  readonly nextNotice: number
}

export type SessionEvent =
  | { readonly type: 'connecting' }
  /** `offline`: the browser itself says that it has no network. */
  | { readonly type: 'disconnected'; readonly final: boolean; readonly offline: boolean }
  | { readonly type: 'message'; readonly message: ServerMessage }
  | { readonly type: 'activate'; readonly terminal: number }
  | { readonly type: 'opening' }
  | { readonly type: 'editor-done'; readonly id: number }
  | { readonly type: 'dismiss'; readonly id: number }

export const initialSession: SessionState = {
  connection: 'idle',
  offline: false,
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
  steps: {},
  moved: undefined,
  notices: [],
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
        offline: event.offline,
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
    case 'message':
      return reduceMessage(state, event.message)
  }
}

function reduceMessage(state: SessionState, message: ServerMessage): SessionState {
  switch (message.type) {
    case 'ready':
      return withTerminals({ ...state, connection: 'open', offline: false, attempt: 0 }, message.terminals)
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
    case 'steps':
      return reduceSteps(state, message)
    case 'moved':
      return reduceMove(state, message)
    case 'notice':
    case 'error':
      return withNotice(message.code === 'restarted' ? { ...state, editors: [] } : state, message)
    case 'output':
      return state
  }
}

/** An offer to undo the reset ends with the next step: undo would mean that one. */
function reduceSteps(state: SessionState, { undo, redo }: Extract<ServerMessage, { type: 'steps' }>): SessionState {
  const notices = state.notices.filter(({ code }) => code !== 'reset' || undo?.kind === 'reset')
  return { ...state, steps: { undo, redo }, notices }
}

/** The commands that waited for editors are gone; of a reset the learner is told, for as long as it is the last thing. */
function reduceMove(state: SessionState, { how, label }: Moved): SessionState {
  const next: SessionState = {
    ...state,
    editors: [],
    moved: { how, label, count: (state.moved?.count ?? 0) + 1 },
    notices: state.notices.filter((notice) => notice.code !== 'reset'),
  }
  return how === 'reset' ? withNotice(next, { code: 'reset' }) : next
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
