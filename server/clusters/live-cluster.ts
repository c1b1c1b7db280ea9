import { traceWords } from '../../curriculum/trace-texts.ts'
import type { ApiRequest, Cluster } from '../../emulator/index.ts'
import type { Answer } from '../kubernetes/respond.ts'
import type { ConnectionAnswer } from '../kubernetes/streaming/messages.ts'
import { type ConnectionHost, openConnection } from '../kubernetes/streaming/open-connection.ts'
import type { ClientMessage, ServerMessage } from '../protocol.ts'
import { createAcknowledgements } from './acknowledgements.ts'
import { createApiStreams } from './api-streams.ts'
import { createAudience, type Member } from './audience.ts'
import { BUDGETS } from './budgets.ts'
import { createClusterClock } from './cluster-clock.ts'
import { createEditors } from './editors.ts'
import { createGoalPicture } from './goal-picture.ts'
import { createGoals } from './goals.ts'
import { withBudget } from './object-budget.ts'
import { createPictures } from './pictures.ts'
import { createReceiver } from './receiver.ts'
import { recordedCluster } from './recorded-cluster.ts'
import { createRecorder, stepsMessage } from './recorder.ts'
import type { ClusterState, SavedState, SavedTerminal } from './saved-state.ts'
import { type CarriedTerminal, createTerminals } from './terminals.ts'
import type { Timeline } from './timeline.ts'

type Hello = Extract<ClientMessage, { type: 'hello' }>

/** What a workspace puts a learner in front of. */
export interface Seat {
  /** `home`, `lesson:<slug>`, `exercise:<slug>` */
  readonly workspace: string
  /** Draws an exercise's values. */
  readonly seed: string
  readonly machine: string
  readonly user: string
}

/** What a page that joined can do. */
export interface Joined {
  /** Per terminal, the last character that it got. */
  readonly shown: ReadonlyMap<number, number>
  message(message: ClientMessage): void
  /** The page takes messages again. */
  drained(): void
  leave(): void
}

/** One cluster in memory with the terminals on it and the pages that look at them. */
export interface LiveCluster {
  readonly cluster: Cluster
  join(hello: Hello, send: Member['send']): Joined
  request(request: ApiRequest, answer: Answer): () => void
  /** An upgraded request. */
  connect(request: ApiRequest): ConnectionAnswer
  /** Brings virtual time up to now. */
  touch(): void
  save(): SavedState
  /** All but the terminals. */
  state(): ClusterState
  /** Of the page that joined last. */
  readonly locale: Hello['locale']
  /** To all pages. */
  tell(message: ServerMessage): void
  /** Ends the shells; their terminals go over to the cluster that takes this one's place. */
  handOver(): readonly CarriedTerminal[]
  /** Since when nobody looks at it, so that it may be put away. */
  readonly idleSince: number | undefined
  /** Ends sessions, streams and timers. */
  dispose(): void
}

/** How a live cluster begins besides its cluster: as a row left it, or in another one's place. */
export interface Beginning {
  readonly trace?: ClusterState['trace']
  readonly goals?: readonly string[] | undefined
  readonly terminals?: readonly SavedTerminal[]
  readonly carried?: readonly CarriedTerminal[]
  readonly locale?: Hello['locale']
  /** What the terminals say first. */
  readonly said?: (terminal: CarriedTerminal) => string
}

/** Who keeps a cluster in the database. */
export interface Keeping {
  /** Something must be kept soon: of the learner's doing, or the cluster's own. */
  changed(by: 'learner' | 'cluster'): void
  /** Keeps it all at once; resolves when it is durable. */
  now(): Promise<void>
}

/** Puts terminals, pages and a real kubectl's requests on a cluster. */
export function createLiveCluster(
  plain: Cluster,
  seat: Seat,
  beginning: Beginning | undefined,
  keeping: Keeping,
  timeline: Timeline,
): LiveCluster {
  let idleSince: number | undefined = performance.now()
  let locale: Hello['locale'] = beginning?.locale ?? 'en'
  let interrupted = beginning?.terminals?.some(({ busy }) => busy) ?? false
  const acknowledgements = createAcknowledgements(
    withBudget(plain),
    () => terminals.outputs(),
    keeping.now,
    () => audience.outputChanged(),
  )
  const { cluster } = acknowledgements
  const clock = createClusterClock(plain)
  const state = (): ClusterState => {
    const trace = pictures.trace()?.trace
    const { reached } = goals
    return { snapshot: plain.snapshot(), ...(trace && { trace }), ...(reached.length > 0 && { goals: reached }) }
  }
  const recorder = createRecorder(timeline, state, () => audience.tell(stepsMessage(timeline)))
  const outside = (request: ApiRequest) =>
    recordedCluster(
      cluster,
      recorder.by(() => recorder.outside(named(request))),
    )
  const audience = createAudience(() => terminals.outputs(), acknowledgements.shownUpTo)
  const editors = createEditors(audience.tell)
  const terminals = createTerminals({
    clusterFor: (line) => recordedCluster(cluster, recorder.by(line)),
    time: clock.time,
    machine: seat.machine,
    user: seat.user,
    words: () => traceWords(locale),
    followed: (trace) => pictures.show(trace),
    printed: () => {
      audience.outputChanged()
      pictures.changed()
      if (receiver.touched) keeping.changed('learner')
    },
    edit: editors.ask,
    flooded: (terminal) => audience.tell({ type: 'notice', code: 'limit', detail: `output of terminal ${terminal}` }),
  })
  const receiver = createReceiver({
    terminals,
    editors,
    tell: audience.tell,
    changed: () => keeping.changed('learner'),
  })
  const pictures = createPictures({
    cluster: plain,
    places: () => terminals.places,
    tell: audience.tell,
    watched: () => audience.size > 0,
    advancing: () => clock.advancing,
    last: beginning?.trace,
  })
  const goals = createGoals({
    cluster: plain,
    workspace: seat.workspace,
    before: beginning?.goals ?? [],
    tell: audience.tell,
    watched: () => audience.size > 0,
    keep: keeping.now,
  })
  const goalPicture = createGoalPicture({
    cluster: plain,
    workspace: seat.workspace,
    seed: seat.seed,
    tell: audience.tell,
    watched: () => audience.size > 0,
  })
  const watchedChanged = () => {
    const watched = audience.size > 0 || streams.size > 0
    idleSince = watched ? undefined : performance.now()
    clock.watch(watched)
  }
  const streams = createApiStreams(watchedChanged)
  const hostOf = (request: ApiRequest): ConnectionHost => ({
    cluster: outside(request),
    time: clock.time,
    touched() {
      clock.touch()
      keeping.changed('learner')
    },
    kept: keeping.now,
  })
  const stopListening = plain.onChange(() => {
    clock.changed()
    pictures.changed()
    goals.changed()
    goalPicture.changed()
    keeping.changed('cluster')
  })
  terminals.restore(beginning?.terminals ?? [])
  if (beginning?.carried) {
    const { carried, said } = beginning
    // Nobody reads that it is done before it is in the database.
    acknowledgements.hold(carried.map(({ output }) => output))
    for (const terminal of carried) terminal.output.append(said?.(terminal) ?? '')
    terminals.takeOver(carried)
  }

  /** Everything a page that just joined has to know, in the order in which it needs it. */
  const welcome = (member: Member, hello: Hello) => {
    member.send({ type: 'ready', terminals: [...terminals.numbers], restored: beginning !== undefined })
    if (interrupted) member.send({ type: 'notice', code: 'restarted' })
    interrupted = false
    audience.join(member)
    for (const terminal of terminals.numbers) terminals.session(terminal)?.resize(hello.columns, hello.rows)
    audience.catchUp(member)
    receiver.askAgain(member.send)
    member.send(stepsMessage(timeline))
    member.send(pictures.now())
    const trace = pictures.trace()
    if (trace) member.send(trace)
    const reached = goals.now()
    if (reached) member.send(reached)
    goals.changed()
    const goal = goalPicture.now()
    if (goal) member.send(goal)
    goalPicture.changed()
  }

  return {
    cluster,
    join(hello, send) {
      if (audience.size >= BUDGETS.pagesPerCluster) {
        send({ type: 'notice', code: 'limit', detail: 'pages' })
        return { shown: new Map(), message: () => undefined, drained: () => undefined, leave: () => undefined }
      }
      const member: Member = { send, shown: seenBy(hello), waiting: new Map() }
      clock.touch()
      locale = hello.locale
      if (terminals.numbers.length === 0) terminals.open(hello)
      welcome(member, hello)
      watchedChanged()
      return {
        shown: member.shown,
        message(message) {
          clock.touch()
          receiver.receive(message, send)
          clock.touch()
        },
        drained: () => audience.catchUp(member),
        leave() {
          audience.leave(member)
          watchedChanged()
        },
      }
    },
    request(request, answer) {
      clock.touch()
      if (request.method === 'GET') return streams.request(cluster, request, answer)
      return streams.request(outside(request), request, acknowledgements.held(answer))
    },
    connect(request) {
      clock.touch()
      return streams.connect(() => openConnection(hostOf(request), request))
    },
    touch: clock.touch,
    save: () => ({ version: 1, ...state(), terminals: terminals.save(), step: timeline.at }),
    state,
    get locale() {
      return locale
    },
    tell: audience.tell,
    handOver() {
      recorder.stop()
      return terminals.handOver()
    },
    get idleSince() {
      return idleSince
    },
    dispose() {
      recorder.stop()
      streams.endAll()
      stopListening()
      pictures.stop()
      goals.stop()
      goalPicture.stop()
      terminals.dispose()
      clock.watch(false)
    },
  }
}

/** `DELETE services/web` */
function named({ method, path }: ApiRequest): string {
  return `${method} ${path.split('/').slice(-2).join('/')}`
}

function seenBy(hello: Hello): Map<number, number> {
  return new Map(Object.entries(hello.seen ?? {}).map(([terminal, seq]) => [Number(terminal), seq]))
}
