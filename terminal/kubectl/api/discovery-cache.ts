/** What a kubectl keeps on disk of what a server serves (upstream: client-go/discovery/cached/disk/cached_discovery.go). */
import type { CommandContext } from '../../types.ts'
import type { FlagValues } from '../cli/flags.ts'

/** So long kubectl believes what it has (upstream: cli-runtime/pkg/genericclioptions/config_flags.go). */
const LIFETIME_MS = 6 * 3_600_000

type Where = Pick<CommandContext, 'files' | 'env' | 'cluster'>

/** `~/.kube/cache/discovery/192.168.1.2_6443/servergroups.json` */
function cacheFile({ env }: Where, flags: FlagValues, server: string): string {
  const folder = flags.changed('cache-dir')
    ? flags.string('cache-dir')
    : (env.get('KUBECACHEDIR') ?? `${env.get('HOME') ?? '/root'}/.kube/cache`)
  const host = server.replace(/^https?:\/\//, '').replace(/[^A-Za-z0-9/.]/g, '_')
  return `${folder}/discovery/${host}/servergroups.json`
}

/** The server was asked not long ago. */
export async function isDiscovered(where: Where, flags: FlagValues, server: string): Promise<boolean> {
  const facts = await where.files.facts?.(cacheFile(where, flags, server), { followLinks: true })
  return facts !== undefined && where.cluster.now() - facts.modified < LIFETIME_MS
}

/** Where nothing can be written kubectl goes without. */
export async function keepDiscovered(where: Where, flags: FlagValues, server: string, groups: unknown): Promise<void> {
  try {
    const path = cacheFile(where, flags, server)
    await where.files.makeDirectory?.(path.slice(0, path.lastIndexOf('/')))
    await where.files.write(path, `${JSON.stringify(groups)}\n`)
  } catch {
    // upstream: "failed to write cache to %s due to %v", at -v 3 and above
  }
}
