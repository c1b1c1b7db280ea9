import { prepareCluster, workspaceSpec } from '../../curriculum/workspaces.ts'
import { type Cluster, restoreCluster } from '../../emulator/index.ts'
import { loadSharedState } from '../data/shared-states.ts'
import { parseClusterState, type SavedSeat } from './saved-state.ts'
import { type ClusterRef, ClusterUnavailable } from './seam.ts'

/** Where a workspace's cluster comes from. */
export interface Origin {
  readonly seat: SavedSeat
  /** The cluster as it begins. Throws ClusterUnavailable where that cannot be had any more. */
  fresh(): Promise<Cluster>
}

const SHARED = 'shared:'

/**
 * The origin of a workspace: a lesson's or exercise's definition, or a shared state. `seat` is what the workspace's own
 * row remembers: a copy of a shared state outlives its link. Throws ClusterUnavailable if there is no such workspace.
 */
export async function originOf({ workspace }: ClusterRef, seed: string, seat: SavedSeat | undefined): Promise<Origin> {
  if (workspace.startsWith(SHARED)) return sharedOrigin(workspace.slice(SHARED.length), seat)
  const spec = workspaceSpec(workspace, seed)
  if (!spec) throw new ClusterUnavailable('not-found', `There is no ${workspace}.`)
  const { machine, user } = spec
  return { seat: { machine, user }, fresh: async () => prepareCluster(spec, { seed, startTime: Date.now() }) }
}

async function sharedOrigin(id: string, known: SavedSeat | undefined): Promise<Origin> {
  const seat = known ?? (await loadSharedState(id))
  if (!seat) throw gone()
  const { machine, user } = seat
  return {
    seat: { machine, user },
    async fresh() {
      const state = parseClusterState((await loadSharedState(id))?.state ?? '')
      if (!state) throw gone()
      return restoreCluster(state.snapshot)
    },
  }
}

const gone = () => new ClusterUnavailable('not-found', 'The link to this state opens nothing any more.')
