/** Messages of the terminal WebSocket (`/ws/workspace`), parsed with zod on arrival at either end. */
import { z } from 'zod'
import type { GoalView } from '../curriculum/goal-picture/goal-view.ts'

/** Names a shared state in its link: 128 random bits, base64url. */
export const sharedId = z.string().regex(/^[A-Za-z0-9_-]{22}$/)

/** `home`, `lesson:<slug>`, `exercise:<slug>`, `shared:<id>`: one cluster per learner and workspace. */
export const workspaceKey = z
  .string()
  .regex(/^(?:home|(?:lesson|exercise):[a-z0-9][a-z0-9-]{0,80}|shared:[A-Za-z0-9_-]{22})$/)
export type WorkspaceKey = z.infer<typeof workspaceKey>

const terminalId = z.number().int().min(1).max(8)

export const clientMessage = z.discriminatedUnion('type', [
  /** First message. `seen`: per terminal, the last output sequence number shown, so a reconnect gets what it missed. */
  z.object({
    type: z.literal('hello'),
    workspace: workspaceKey,
    locale: z.enum(['ko', 'en']),
    columns: z.number().int().min(2).max(500),
    rows: z.number().int().min(2).max(300),
    seen: z.record(z.string(), z.number().int()).optional(),
  }),
  z.object({ type: z.literal('input'), terminal: terminalId, data: z.string().max(65536) }),
  /** "Run in terminal": replaces what is typed on the prompt and presses Enter. Ignored with a notice while a command runs. */
  z.object({ type: z.literal('run'), terminal: terminalId, line: z.string().max(65536) }),
  z.object({
    type: z.literal('resize'),
    terminal: terminalId,
    columns: z.number().int().min(2).max(500),
    rows: z.number().int().min(2).max(300),
  }),
  z.object({
    type: z.literal('open'),
    columns: z.number().int().min(2).max(500),
    rows: z.number().int().min(2).max(300),
  }),
  z.object({ type: z.literal('close'), terminal: terminalId }),
  /** Back to the cluster from before the last step, or forward again. Ignored where there is none. */
  z.object({ type: z.literal('step'), to: z.enum(['undo', 'redo']) }),
  z.object({ type: z.literal('editor'), id: z.number().int(), saved: z.boolean(), text: z.string().max(1_000_000) }),
])
export type ClientMessage = z.infer<typeof clientMessage>

/** The cluster as the topology draws it: plain data, small, sent whole when it changed (at most ~5 times a second). */
export interface TopologyView {
  readonly machines: readonly {
    readonly name: string
    readonly address: string
    readonly role: 'laptop' | 'control-plane' | 'worker'
    readonly ready: boolean
    readonly schedulable: boolean
  }[]
  /** Pods of namespaces other than kube-system. */
  readonly pods: readonly {
    readonly namespace: string
    readonly name: string
    readonly node: string | undefined
    readonly ip: string | undefined
    readonly ready: boolean
    readonly phase: string
    readonly labels: { readonly [k: string]: string }
    readonly ports: readonly { readonly name?: string; readonly port: number }[]
    readonly workload: string | undefined
    readonly terminating: boolean
  }[]
  readonly services: readonly {
    readonly namespace: string
    readonly name: string
    readonly type: string
    readonly clusterIP: string
    readonly externalIPs: readonly string[]
    readonly selector: { readonly [k: string]: string }
    readonly ports: readonly {
      readonly name?: string
      readonly protocol: string
      readonly port: number
      readonly targetPort: number | string
      readonly nodePort?: number
    }[]
    /** Each Pod tied to it: ready endpoints, and those selected but not ready. */
    readonly endpoints: readonly {
      readonly pod: string | undefined
      readonly address: string
      readonly ready: boolean
      readonly ports: readonly number[]
    }[]
  }[]
  readonly ingresses: readonly {
    readonly namespace: string
    readonly name: string
    /** A controller takes care of it. */
    readonly served: boolean
    /** Hosts (`*` for any) and paths, each with the Service of its namespace that it leads to. */
    readonly routes: readonly { readonly host: string; readonly path: string; readonly service: string }[]
  }[]
  /** Where the active terminal stands, by terminal number. */
  readonly places: { readonly [terminal: string]: unknown }
}

const place = z.union([
  z.object({ kind: z.literal('machine'), name: z.string() }),
  z.object({ kind: z.literal('pod'), namespace: z.string(), name: z.string() }),
])
const hop = z.object({
  subject: z.looseObject({ kind: z.string() }),
  verdict: z.enum(['pass', 'answered', 'refused', 'dropped', 'unreachable', 'unresolved']),
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  text: z.string(),
})
export const traceView = z.object({
  from: place,
  to: z.string(),
  at: z.number(),
  hops: z.array(hop),
  outcome: z.enum(['answered', 'refused', 'timed-out', 'unreachable', 'unresolved']),
  /** Index of the hop that says why it ended so. */
  decides: z.number().int().min(0).optional(),
})
export type TraceView = z.infer<typeof traceView>

/** What changed a cluster: a line of a terminal, a kubectl from outside, a reset, the way back to a checkpoint. */
export const stepLabel = z.object({
  kind: z.enum(['command', 'outside', 'reset', 'checkpoint']),
  /** The line, the request, the checkpoint's name; empty for a reset. */
  text: z.string(),
})
export type StepLabel = z.infer<typeof stepLabel>

export const serverMessage = z.discriminatedUnion('type', [
  /** Answer to hello: the terminals there are (at least one). */
  z.object({ type: z.literal('ready'), terminals: z.array(terminalId), restored: z.boolean() }),
  z.object({ type: z.literal('output'), terminal: terminalId, seq: z.number().int(), data: z.string() }),
  z.object({ type: z.literal('opened'), terminal: terminalId }),
  z.object({ type: z.literal('closed'), terminal: terminalId }),
  z.object({
    type: z.literal('editor'),
    id: z.number().int(),
    terminal: terminalId,
    path: z.string(),
    text: z.string(),
    tool: z.enum(['vi', 'nano']),
    readOnly: z.boolean(),
  }),
  z.object({ type: z.literal('topology'), view: z.custom<TopologyView>((v) => typeof v === 'object' && v !== null) }),
  z.object({ type: z.literal('trace'), trace: traceView }),
  /** Goals of the lesson that this cluster has reached so far, all of them. */
  z.object({ type: z.literal('goals'), reached: z.array(z.string()) }),
  /** The goal of the exercise beside the present; null where a picture cannot show it. Sent when a mark comes or goes. */
  z.object({ type: z.literal('goal'), view: z.custom<GoalView | null>((v) => typeof v === 'object') }),
  /** What undo and redo would undo and redo now. */
  z.object({ type: z.literal('steps'), undo: stepLabel.optional(), redo: stepLabel.optional() }),
  /** Another state of the cluster took the present one's place. Terminals go on; editors that were open are gone. */
  z.object({ type: z.literal('moved'), how: z.enum(['undo', 'redo', 'reset', 'checkpoint']), label: stepLabel }),
  /** Something the learner should know: `code` is looked up in the interface texts. */
  z.object({
    type: z.literal('notice'),
    code: z.enum(['restarted', 'busy', 'too-many-terminals', 'not-moved', 'limit', 'replaced']),
    detail: z.string().optional(),
  }),
  z.object({
    type: z.literal('error'),
    code: z.enum(['not-found', 'bad-message', 'unauthorised', 'overloaded', 'internal']),
    detail: z.string().optional(),
  }),
])
export type ServerMessage = z.infer<typeof serverMessage>
