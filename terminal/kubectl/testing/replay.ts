/** A kubectl at a terminal of a new cluster, for tests that read what it prints. */
import { type Cluster, createCluster } from '../../../emulator/index.ts'
import { createSession } from '../../session.ts'
import { virtualTime } from '../../time.ts'

export interface Replay {
  readonly cluster: Cluster
  /** What the line prints: stdout, then stderr. */
  text(line: string): Promise<string>
  run(line: string): Promise<{ readonly stdout: string; readonly stderr: string; readonly code: number }>
}

export function replay(seed: string): Replay {
  const cluster = createCluster({ seed, startTime: Date.UTC(2026, 0, 1) })
  const session = createSession({ cluster, time: virtualTime(cluster), machine: 'controlplane', user: 'root' })
  const run = (line: string) => session.run(line)
  const text = async (line: string) => {
    const { stdout, stderr } = await run(line)
    return stdout + stderr
  }
  return { cluster, run, text }
}
