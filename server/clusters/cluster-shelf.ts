import { randomBytes } from 'node:crypto'
import { type Cluster, restoreCluster } from '../../emulator/index.ts'
import { attemptSeed } from '../data/attempts.ts'
import { countClusters, loadCluster, saveCluster } from '../data/clusters.ts'
import { keepLearnerId } from '../data/session.ts'
import { createJsonText, type JsonText } from '../json-text.ts'
import { BUDGETS } from './budgets.ts'
import { createKeeper, type Keeper } from './keeper.ts'
import { type Beginning, createLiveCluster, type Keeping, type LiveCluster } from './live-cluster.ts'
import { type Origin, originOf } from './origin.ts'
import { createPages, type Pages } from './pages.ts'
import { parseState, type SavedState } from './saved-state.ts'
import { type ClusterRef, ClusterUnavailable } from './seam.ts'
import { createTimeline, type Timeline } from './timeline.ts'

/** A cluster in memory and how it is kept. */
export interface Entry {
  readonly ref: ClusterRef
  readonly seed: string
  readonly origin: Origin
  live: LiveCluster
  readonly pages: Pages
  readonly timeline: Timeline
  readonly keeper: Keeper
  /** Writes its state, remembering the texts of its objects. */
  readonly text: JsonText
  /** Nothing is kept of a workspace in which nothing was done. */
  worthKeeping: boolean
  gone: boolean
}

/** Clusters by learner and workspace: loaded when asked for, put away when nobody looks, in the database soon after. */
export interface ClusterShelf {
  get(ref: ClusterRef): Promise<Entry>
  /** The state is in the database when this resolves. */
  keepNow(entry: Entry): Promise<void>
  /** Puts another cluster in the place of an entry's; pages and terminals go over to it. Durable when it resolves. */
  replace(entry: Entry, cluster: Cluster, beginning: Beginning): Promise<void>
  /** Puts away what nobody has looked at for the idle time; `now` on performance's clock. */
  putAwayIdle(now: number): Promise<void>
  close(): Promise<void>
}

const SWEEP_MS = 30_000

export function createClusterShelf(): ClusterShelf {
  const entries = new Map<string, Promise<Entry>>()
  let sweeper: NodeJS.Timeout | undefined

  const keyOf = ({ learnerId, workspace }: ClusterRef) => `${learnerId} ${workspace}`
  const write = async (entry: Entry) => {
    const { ref, seed, text, timeline } = entry
    const changes = timeline.changes()
    const steps = changes.written.map(({ number, label, state }) => ({ number, label, state: text(state) }))
    const state = text({ ...entry.live.save(), seat: entry.origin.seat })
    timeline.kept(
      changes,
      await saveCluster(ref.learnerId, ref.workspace, { seed, state, steps, removed: changes.removed }),
    )
  }
  const putAway = async (entry: Entry, evenIfWatched = false): Promise<void> => {
    await entry.keeper.flush()
    if (entry.gone || (entry.live.idleSince === undefined && !evenIfWatched)) return
    entry.gone = true
    entries.delete(keyOf(entry.ref))
    entry.keeper.stop()
    entry.live.dispose()
  }
  const putAwayIdle = async (now: number) => {
    for (const entry of await settled(entries.values()))
      if (entry.live.idleSince !== undefined && now - entry.live.idleSince > BUDGETS.idleMs)
        await putAway(entry).catch(logged)
    if (entries.size > 0) return
    clearInterval(sweeper)
    sweeper = undefined
  }
  const sweep = () => void putAwayIdle(performance.now())
  const makeRoom = async () => {
    if (entries.size < BUDGETS.clustersInMemory) return
    const idle = (await settled(entries.values()))
      .filter(({ live }) => live.idleSince !== undefined)
      .sort((a, b) => (a.live.idleSince ?? 0) - (b.live.idleSince ?? 0))
    if (!idle[0]) throw new ClusterUnavailable('overloaded', 'All clusters are in use at the moment; try again soon.')
    await putAway(idle[0])
  }
  const open = async (ref: ClusterRef): Promise<Entry> => {
    const entry = await load(ref, write)
    sweeper ??= setInterval(sweep, SWEEP_MS).unref()
    return entry
  }

  const get = async (ref: ClusterRef): Promise<Entry> => {
    const key = keyOf(ref)
    let opening = entries.get(key)
    if (!opening) {
      await makeRoom()
      opening = entries.get(key)
    }
    if (!opening) {
      opening = open(ref)
      entries.set(key, opening)
      opening.catch(() => entries.delete(key))
    }
    const entry = await opening
    return entry.gone ? get(ref) : entry
  }

  const keepNow = async (entry: Entry) => {
    entry.worthKeeping = true
    entry.keeper.changedByLearner()
    await entry.keeper.flush()
  }

  return {
    get,
    keepNow,
    async replace(entry, cluster, beginning) {
      const old = entry.live
      const keeping = keepingOf(() => entry)
      entry.live = createLiveCluster(
        cluster,
        seatIn(entry.ref, entry.origin, entry.seed),
        beginning,
        keeping,
        entry.timeline,
      )
      entry.pages.moveTo(entry.live)
      old.dispose()
      await keepNow(entry)
    },
    putAwayIdle,
    async close() {
      clearInterval(sweeper)
      const open = await settled(entries.values())
      await Promise.all(open.map((entry) => putAway(entry, true).catch(logged)))
    },
  }
}

function noteChange(entry: Entry, by: 'learner' | 'cluster'): void {
  if (by === 'learner') entry.worthKeeping = true
  if (!entry.worthKeeping) return
  if (by === 'learner') entry.keeper.changedByLearner()
  else entry.keeper.changedByItself()
}

async function settled(opening: Iterable<Promise<Entry>>): Promise<readonly Entry[]> {
  const results = await Promise.allSettled([...opening])
  return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
}

const logged = (error: unknown) => console.error('A cluster could not be kept:', error)

/** How a live cluster has itself kept; `entry` is undefined while it is still being opened. */
function keepingOf(entry: () => Entry | undefined): Keeping {
  return {
    changed(by) {
      const opened = entry()
      if (opened) noteChange(opened, by)
    },
    async now() {
      const opened = entry()
      if (!opened) return
      noteChange(opened, 'learner')
      await opened.keeper.flush().catch((error) => {
        logged(error)
        opened.keeper.changedByLearner()
        throw error
      })
    },
  }
}

async function load(ref: ClusterRef, write: (entry: Entry) => Promise<void>): Promise<Entry> {
  const row = await loadCluster(ref.learnerId, ref.workspace)
  const saved = row && parseState(row.state)
  const seed = row?.seed ?? (await newSeed(ref))
  const origin = await originOf(ref, seed, saved?.seat)
  const draft: { entry?: Entry } = {}
  const keeping = keepingOf(() => draft.entry)
  const steps = row?.steps ?? []
  const timeline = createTimeline(saved?.step ?? (steps.at(-1)?.number ?? 0) + 1, steps)
  const [cluster, beginning] = (saved && revived(saved)) ?? [await origin.fresh(), undefined]
  const entry: Entry = {
    ref,
    seed,
    origin,
    live: createLiveCluster(cluster, seatIn(ref, origin, seed), beginning, keeping, timeline),
    pages: createPages(),
    timeline,
    text: createJsonText(),
    keeper: createKeeper(() => write(entry), logged),
    worthKeeping: row !== undefined,
    gone: false,
  }
  draft.entry = entry
  return entry
}

async function newSeed(ref: ClusterRef): Promise<string> {
  await originOf(ref, '', undefined)
  const { learnerId, workspace } = ref
  if ((await countClusters(learnerId)) >= BUDGETS.clustersPerLearner)
    throw new ClusterUnavailable('overloaded', `You have ${BUDGETS.clustersPerLearner} clusters already.`)
  const [kind, slug] = workspace.split(':')
  if (kind !== 'exercise' || slug === undefined) return randomBytes(12).toString('base64url')
  await keepLearnerId(learnerId)
  return attemptSeed(learnerId, slug)
}

const seatIn = ({ workspace }: ClusterRef, { seat }: Origin, seed: string) => ({ workspace, seed, ...seat })

/** A state that this version cannot bring back (an older snapshot) must not lock its learner out. */
function revived(saved: SavedState): readonly [Cluster, Beginning] | undefined {
  try {
    return [restoreCluster(saved.snapshot), saved]
  } catch (error) {
    logged(error)
    return undefined
  }
}
