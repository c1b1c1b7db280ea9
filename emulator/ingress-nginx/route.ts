import type { Configuration, Location, VirtualServer } from './configuration.ts'
import { pathPattern } from './patterns.ts'

/** The server block of a host as nginx looks it up: exact names, then a star for one label, then `_`. */
export function findServer(servers: readonly VirtualServer[], host: string): VirtualServer | undefined {
  const name = host.toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '')
  const named = (wanted: string) =>
    servers.find((server) => server.host === wanted) ?? servers.find(({ aliases }) => aliases.includes(wanted))
  return named(name) ?? named(name.replace(/^[\w-]+\./, '*.')) ?? servers.find((server) => server.host === '_')
}

/** nginx's choice: the exact one, else the first regular expression that matches, else the longest prefix. */
export function findLocation(server: VirtualServer, path: string): Location | undefined {
  const { locations } = server
  const exact = locations.find((location) => location.match === 'exact' && location.path === path)
  if (exact) return exact
  const pattern = locations.find(
    (location) => location.match === 'regex' && pathPattern(location.path, true)?.match(path) !== undefined,
  )
  if (pattern) return pattern
  return locations
    .filter((location) => location.match === 'prefix' && path.startsWith(location.path))
    .reduce<Location | undefined>(
      (best, one) => (best === undefined || one.path.length > best.path.length ? one : best),
      undefined,
    )
}

/** What rewrite-target makes of a path: only `$1` and its like put parts of it in again. */
export function rewritten(location: Location, path: string): string | undefined {
  const { rewriteTarget } = location.options
  if (rewriteTarget === undefined || rewriteTarget === location.path) return undefined
  const match = pathPattern(location.path, false)?.match(path)
  if (!match) return undefined
  return rewriteTarget.replace(/\$(\d)/g, (_, group: string) => match[Number(group)] ?? '')
}

/** Hosts that have rules. */
export function hostsOf(configuration: Configuration): readonly string[] {
  return configuration.servers.map(({ host }) => host).filter((host) => host !== '_')
}
