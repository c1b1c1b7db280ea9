import type { ApiRequest, Cluster, Trace } from '../../emulator/index.ts'
import { type Answer, respond } from '../kubernetes/respond.ts'
import type { ClientMessage, ServerMessage, TopologyView } from '../protocol.ts'
import { createAudience, type Member } from './audience.ts'
import { BUDGETS } from './budgets.ts'
import { createClusterClock } from './cluster-clock.ts'
import { createEditors } from './editors.ts'
import { withBudget } from './object-budget.ts'
import type { SavedState } from './saved-state.ts'
import { createTerminals } from './terminals.ts'
import { throttle } from './throttle.ts'
import { topologyView } from './topology-view.ts'

type Hello = Extract<ClientMessage, { type: 'hello' }>

/** What a workspace puts a learner in front of. */
export interface Seat {
  readonly machine: string
  readonly user: string
}

export interface Joined {
  message(message: ClientMessage): void
  drained(): void
  leave(): void
}

/** One cluster in memory with the terminals on it and the pages that look at them. */
export interface LiveCluster {
  readonly cluster: Cluster
  join(hello: Hello, send: Member['send']): Joined
  request(request: ApiRequest, answer: Answer): () => void
  /** Brings virtual time up to now. */
  touch(): void
  save(): SavedState
  /** Does nobody look at it, so that it may be put away? */
  readonly idleSince: number | undefined
  /** Ends sessions, streams and timers. */
  dispose(): void
}

const TOPOLOGY_MS = 200
const TRACE_MS = 100

/** `changed` hears what must be kept: of the learner's doing, or the cluster's own. */
export function createLiveCluster(
  plain: Cluster,
  seat: Seat,
  restored: SavedState | undefined,
  changed: (by: 'learner' | 'cluster') => void,
): LiveCluster {
  const cluster = withBudget(plain)
  const streams = new Set<() => void>()
  let idleSince: number | undefined = performance.now()
  let lastTopology = ''
  /** Has the learner done anything here yet? The first prompt alone is not worth keeping. */
  let touched = false
  let interrupted = restored?.terminals.some(({ busy }) => busy) ?? false
  let lastTrace: Trace | undefined

  const audience = createAudience(() => terminals.outputs())
  const editors = createEditors(audience.tell)
  const clock = createClusterClock(plain)
  const terminals = createTerminals({
    cluster,
    time: clock.time,
    ...seat,
    printed: () => {
      audience.outputChanged()
      topology.request()
      if (touched) changed('learner')
    },
    edit: editors.ask,
    flooded: (terminal) => audience.tell({ type: 'notice', code: 'limit', detail: `output of terminal ${terminal}` }),
  })
  terminals.restore(restored?.terminals ?? [])

  const currentTopology = (): ServerMessage => ({
    type: 'topology',
    view: topologyView(plain, terminals.places satisfies TopologyView['places']),
  })
  const topology = throttle(TOPOLOGY_MS, () => {
    if (audience.size === 0) return
    const message = currentTopology()
    const text = JSON.stringify(message)
    if (text === lastTopology) return
    lastTopology = text
    audience.tell(message)
  })
  const traces = throttle(TRACE_MS, () => {
    if (lastTrace) audience.tell({ type: 'trace', trace: traceMessage(lastTrace) })
  })
  const stopListening = [
    plain.onChange(() => {
      topology.request()
      changed('cluster')
    }),
    plain.network.onTrace((trace) => {
      // Kubelets probe while time advances; what a learner sends, they send at a standing clock.
      if (clock.advancing) return
      lastTrace = trace
      traces.request()
    }),
  ]
  const watchedChanged = () => {
    const watched = audience.size > 0 || streams.size > 0
    idleSince = watched ? undefined : performance.now()
    clock.watch(watched)
  }

  const receive = (member: Member, message: ClientMessage) => {
    clock.touch()
    touched ||= message.type !== 'resize'
    switch (message.type) {
      case 'hello':
        return
      case 'input':
        return terminals.session(message.terminal)?.input(message.data)
      case 'run':
        return run(message.terminal, message.line)
      case 'resize':
        return terminals.session(message.terminal)?.resize(message.columns, message.rows)
      case 'open': {
        const terminal = terminals.open(message)
        if (terminal === undefined) return void member.send({ type: 'notice', code: 'too-many-terminals' })
        changed('learner')
        return audience.tell({ type: 'opened', terminal })
      }
      case 'close':
        editors.forget(message.terminal)
        if (!terminals.close(message.terminal)) return
        changed('learner')
        return audience.tell({ type: 'closed', terminal: message.terminal })
      case 'editor':
        return editors.answer(message.id, { saved: message.saved, text: message.text })
    }
  }
  const run = (terminal: number, line: string) => {
    const session = terminals.session(terminal)
    if (session?.busy) return audience.tell({ type: 'notice', code: 'busy' })
    session?.input(`${CLEAR_LINE}${line.replaceAll(/\r?\n/g, '\r')}\r`)
  }

  const askAgain = (send: Member['send']) => {
    for (const message of editors.open)
      if (terminals.session(message.terminal)?.busy) send(message)
      else editors.forget(message.terminal)
  }

  return {
    cluster,
    join(hello, send) {
      const member: Member = { send, shown: seenBy(hello), waiting: new Map() }
      if (audience.size >= BUDGETS.pagesPerCluster) {
        send({ type: 'notice', code: 'limit', detail: 'pages' })
        return { message: () => undefined, drained: () => undefined, leave: () => undefined }
      }
      clock.touch()
      if (terminals.numbers.length === 0) terminals.open(hello)
      send({ type: 'ready', terminals: [...terminals.numbers], restored: restored !== undefined })
      audience.join(member)
      for (const terminal of terminals.numbers) terminals.session(terminal)?.resize(hello.columns, hello.rows)
      if (interrupted) send({ type: 'notice', code: 'restarted' })
      interrupted = false
      audience.catchUp(member)
      askAgain(send)
      send(currentTopology())
      watchedChanged()
      return {
        message: (message) => receive(member, message),
        drained: () => audience.catchUp(member),
        leave() {
          audience.leave(member)
          watchedChanged()
        },
      }
    },
    request(request, answer) {
      if (streams.size >= BUDGETS.streamsPerCluster) return tooManyStreams(answer)
      clock.touch()
      if (request.method !== 'GET') changed('learner')
      let ended = false
      let stop = () => {}
      const end = () => {
        if (ended) return
        ended = true
        stop()
        streams.delete(end)
        watchedChanged()
        answer.end()
      }
      stop = respond(cluster, request, { ...answer, end })
      if (!ended) streams.add(end)
      watchedChanged()
      return end
    },
    touch: clock.touch,
    save: () => ({ version: 1, snapshot: plain.snapshot(), terminals: terminals.save() }),
    get idleSince() {
      return idleSince
    },
    dispose() {
      for (const end of [...streams]) end()
      for (const stop of stopListening) stop()
      topology.cancel()
      traces.cancel()
      terminals.dispose()
      clock.watch(false)
    },
  }
}

/** End of line, then delete to its beginning: whatever was typed on the prompt goes. */
const CLEAR_LINE = '\x05\x15'

function seenBy(hello: Hello): Map<number, number> {
  return new Map(Object.entries(hello.seen ?? {}).map(([terminal, seq]) => [Number(terminal), seq]))
}

/** The trace in the shape that the protocol's schema infers (arrays and records that may be written to). */
function traceMessage(trace: Trace): Extract<ServerMessage, { type: 'trace' }>['trace'] {
  return {
    ...trace,
    hops: trace.hops.map((hop) => ({ ...hop, subject: { ...hop.subject }, params: { ...hop.params } })),
  }
}

function tooManyStreams(answer: Answer): () => void {
  answer.head(429, { 'content-type': 'application/json', 'retry-after': '5' })
  const message = 'This cluster has too many open requests; end some watches first.'
  answer.chunk(
    JSON.stringify({
      kind: 'Status',
      apiVersion: 'v1',
      status: 'Failure',
      reason: 'TooManyRequests',
      code: 429,
      message,
    }),
  )
  answer.end()
  return () => undefined
}
