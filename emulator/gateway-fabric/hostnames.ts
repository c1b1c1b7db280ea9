/** Does a listener's or route's host name (`web.example.com`, `*.example.com`, undefined for all) stand for a host? */
export function covers(pattern: string | undefined, host: string): boolean {
  if (pattern === undefined || pattern === '') return true
  const wanted = pattern.toLowerCase()
  const asked = host.toLowerCase()
  return (
    wanted === asked || (wanted.startsWith('*.') && asked.endsWith(wanted.slice(1)) && asked.length > wanted.length - 1)
  )
}

/** Do any hosts belong to both? */
export const overlap = (a: string | undefined, b: string | undefined): boolean =>
  a === undefined || b === undefined || covers(a, b) || covers(b, a)

/** The hosts that a route takes on a listener: of each pair the narrower name. Undefined stands for all hosts. */
export function intersection(
  listener: string | undefined,
  route: readonly string[] | undefined,
): readonly (string | undefined)[] {
  if (route === undefined || route.length === 0) return [listener]
  return route.filter((name) => overlap(listener, name)).map((name) => (covers(listener, name) ? name : listener))
}

/** How narrow a name is: exact names before stars, long stars before short ones, all hosts last. */
export function narrowness(name: string | undefined): number {
  if (name === undefined || name === '') return 0
  return name.startsWith('*') ? name.length : 1_000 + name.length
}

/** Of several names the narrowest that stands for the host. */
export function narrowest<T extends { readonly host?: string }>(named: readonly T[], host: string): T | undefined {
  return named
    .filter((one) => covers(one.host, host))
    .reduce<T | undefined>(
      (best, one) => (best === undefined || narrowness(one.host) > narrowness(best.host) ? one : best),
      undefined,
    )
}
