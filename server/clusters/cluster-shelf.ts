import { randomBytes } from 'node:crypto'
import { prepareCluster, workspaceSpec } from '../../curriculum/workspaces.ts'
import { restoreCluster } from '../../emulator/index.ts'
import { attemptSeed } from '../data/attempts.ts'
import { countClusters, loadCluster, saveCluster } from '../data/clusters.ts'
import { keepLearnerId } from '../data/session.ts'
import { createJsonText, type JsonText } from '../json-text.ts'
import { BUDGETS } from './budgets.ts'
import { createKeeper, type Keeper } from './keeper.ts'
import { createLiveCluster, type Keeping, type LiveCluster } from './live-cluster.ts'
import { createPages, type Pages } from './pages.ts'
import { parseState } from './saved-state.ts'
import { type ClusterRef, ClusterUnavailable } from './seam.ts'

/** A cluster in memory and how it is kept. */
export interface Entry {
  readonly ref: ClusterRef
  readonly seed: string
  live: LiveCluster
  readonly pages: Pages
  /** State from before the last reset, as the database holds it. */
  previous: string | undefined
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
  rebuild(entry: Entry): Promise<void>
  bringBack(entry: Entry): Promise<boolean>
  /** Puts away what nobody has looked at for the idle time; `now` on performance's clock. */
  putAwayIdle(now: number): Promise<void>
  close(): Promise<void>
}

const SWEEP_MS = 30_000

export function createClusterShelf(): ClusterShelf {
  const entries = new Map<string, Promise<Entry>>()
  let sweeper: NodeJS.Timeout | undefined

  const keyOf = ({ learnerId, workspace }: ClusterRef) => `${learnerId} ${workspace}`
  const write = (entry: Entry) =>
    saveCluster(entry.ref.learnerId, entry.ref.workspace, {
      seed: entry.seed,
      state: entry.text(entry.live.save()),
      previous: entry.previous,
    })
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

  const replace = (entry: Entry, live: LiveCluster) => {
    const old = entry.live
    entry.live = live
    entry.pages.moveTo(live)
    old.dispose()
    entry.worthKeeping = true
    entry.keeper.changedByLearner()
  }

  return {
    get,
    async keepNow(entry) {
      entry.worthKeeping = true
      entry.keeper.changedByLearner()
      await entry.keeper.flush()
    },
    async rebuild(entry) {
      const { ref, seed } = entry
      entry.live.touch()
      entry.previous = JSON.stringify(entry.live.save())
      replace(
        entry,
        fresh(
          ref,
          seed,
          keepingOf(() => entry),
        ),
      )
      await entry.keeper.flush()
    },
    async bringBack(entry) {
      const previous = entry.previous === undefined ? undefined : parseState(entry.previous)
      if (!previous) return false
      const now = JSON.stringify(entry.live.save())
      replace(
        entry,
        revived(
          entry.ref,
          entry.seed,
          previous,
          keepingOf(() => entry),
        ),
      )
      entry.previous = now
      await entry.keeper.flush()
      return true
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
  const seed = row?.seed ?? (await newSeed(ref))
  const saved = row && parseState(row.state)
  const draft: { entry?: Entry } = {}
  const keeping = keepingOf(() => draft.entry)
  const live = saved ? revivedOrFresh(ref, seed, saved, keeping) : fresh(ref, seed, keeping)
  const entry: Entry = {
    ref,
    seed,
    live,
    pages: createPages(),
    previous: row?.previous,
    text: createJsonText(),
    keeper: createKeeper(() => write(entry), logged),
    worthKeeping: row !== undefined,
    gone: false,
  }
  draft.entry = entry
  return entry
}

async function newSeed({ learnerId, workspace }: ClusterRef): Promise<string> {
  if (!workspaceSpec(workspace, '')) throw new ClusterUnavailable('not-found', `There is no ${workspace}.`)
  if ((await countClusters(learnerId)) >= BUDGETS.clustersPerLearner)
    throw new ClusterUnavailable('overloaded', `You have ${BUDGETS.clustersPerLearner} clusters already.`)
  const [kind, slug] = workspace.split(':')
  if (kind !== 'exercise' || slug === undefined) return randomBytes(12).toString('base64url')
  await keepLearnerId(learnerId)
  return attemptSeed(learnerId, slug)
}

function specOf({ workspace }: ClusterRef, seed: string) {
  const spec = workspaceSpec(workspace, seed)
  if (!spec) throw new ClusterUnavailable('not-found', `There is no ${workspace}.`)
  return { ...spec, workspace, seed }
}

function fresh(ref: ClusterRef, seed: string, keeping: Keeping): LiveCluster {
  const spec = specOf(ref, seed)
  return createLiveCluster(prepareCluster(spec, { seed, startTime: Date.now() }), spec, undefined, keeping)
}

function revived(ref: ClusterRef, seed: string, saved: NonNullable<ReturnType<typeof parseState>>, keeping: Keeping) {
  return createLiveCluster(restoreCluster(saved.snapshot), specOf(ref, seed), saved, keeping)
}

/** A state that this version cannot bring back (an older snapshot) must not lock its learner out. */
function revivedOrFresh(...[ref, seed, saved, keeping]: Parameters<typeof revived>): LiveCluster {
  try {
    return revived(ref, seed, saved, keeping)
  } catch (error) {
    if (error instanceof ClusterUnavailable) throw error
    logged(error)
    return fresh(ref, seed, keeping)
  }
}
