import { type Cluster, restoreCluster } from '../../emulator/index.ts'
import { homeOf } from '../../terminal/surroundings.ts'
import { loadCheckpoint } from '../data/checkpoints.ts'
import { loadStep } from '../data/clusters.ts'
import type { StepLabel } from '../protocol.ts'
import type { ClusterShelf, Entry } from './cluster-shelf.ts'
import { createLine } from './line.ts'
import { type ClusterState, parseClusterState } from './saved-state.ts'
import { type Move, movedText } from './step-words.ts'
import type { CarriedTerminal } from './terminals.ts'
import { createTurns } from './turns.ts'

/** Puts clusters back, forward and to where they began. One after another for each cluster. */
export interface Moves {
  /** False if there is no such step, or its state cannot be read any more. */
  step(entry: Entry, to: 'undo' | 'redo'): Promise<boolean>
  reset(entry: Entry): Promise<void>
  /** False if there is no such checkpoint, or it cannot be read any more. */
  goToCheckpoint(entry: Entry, id: string): Promise<boolean>
}

export function createMoves(shelf: Pick<ClusterShelf, 'keepNow' | 'replace'>): Moves {
  const inTurn = createTurns<Entry>()
  const put = async (entry: Entry, how: Move, label: StepLabel, cluster: Cluster, rest: Rest) => {
    const { locale } = entry.live
    await shelf.replace(entry, cluster, {
      ...rest,
      locale,
      carried: rest.carried ?? entry.live.handOver(),
      said: ({ broken }) => movedText(locale, how, label, broken),
    })
    entry.live.tell({ type: 'moved', how, label })
  }
  /** What was reached stays reached. */
  const goalsWith = (entry: Entry, { goals = [] }: ClusterState) => [
    ...new Set([...goals, ...(entry.live.state().goals ?? [])]),
  ]
  const step = async (entry: Entry, to: 'undo' | 'redo'): Promise<boolean> => {
    const { timeline, ref } = entry
    const { at, [to]: label } = timeline
    if (!label) return false
    await shelf.keepNow(entry)
    const target = to === 'undo' ? at - 1 : at + 1
    const found = revived(await loadStep(ref.learnerId, ref.workspace, target))
    if (!found) return false
    if (timeline.at !== at) return step(entry, to)
    entry.live.touch()
    timeline.move(to, entry.live.state())
    await put(entry, to, label, found.cluster, { trace: found.state.trace, goals: goalsWith(entry, found.state) })
    return true
  }
  return {
    step: (entry, to) => inTurn(entry, () => step(entry, to)),
    reset: (entry) =>
      inTurn(entry, async () => {
        const cluster = await entry.origin.fresh()
        const { label } = createLine('reset', '')
        entry.live.touch()
        entry.timeline.add(label, entry.live.state())
        const home = homeOf(entry.origin.seat.user)
        const carried = entry.live.handOver().map((terminal) => withFreshShell(terminal, home))
        await put(entry, 'reset', label, cluster, { carried })
      }),
    goToCheckpoint: (entry, id) =>
      inTurn(entry, async () => {
        const checkpoint = await loadCheckpoint(entry.ref, id)
        const found = revived(checkpoint?.state)
        if (!checkpoint || !found) return false
        const { label } = createLine('checkpoint', checkpoint.name)
        entry.live.touch()
        const goals = goalsWith(entry, found.state)
        entry.timeline.add(label, entry.live.state())
        await put(entry, 'checkpoint', label, found.cluster, { trace: found.state.trace, goals })
        return true
      }),
  }
}

interface Rest extends Pick<ClusterState, 'trace' | 'goals'> {
  readonly carried?: readonly CarriedTerminal[]
}

/** The history stays; what may have been spoilt (variables, functions, aliases) does not. */
function withFreshShell(terminal: CarriedTerminal, home: string): CarriedTerminal {
  const { history } = terminal.session
  const broken = terminal.broken || terminal.session.remote !== undefined
  return { ...terminal, broken, session: { history, cwd: home, env: {}, functions: [], aliases: {} } }
}

/** A state that another version wrote may be one that this version cannot bring back. */
function revived(text: string | undefined) {
  const state = parseClusterState(text ?? '')
  if (!state) return undefined
  try {
    return { state, cluster: restoreCluster(state.snapshot) }
  } catch (error) {
    console.error('A state could not be brought back:', error)
    return undefined
  }
}
