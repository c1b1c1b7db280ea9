/** One line of /etc/hosts. */
export interface HostsEntry {
  readonly address: string
  readonly names: readonly string[]
}

/** Parses /etc/hosts; names in lower case. */
export function parseHosts(text: string): readonly HostsEntry[] {
  return text.split('\n').flatMap((line) => {
    const [address, ...names] = line.replace(/#.*/, '').trim().split(/\s+/)
    if (address === undefined || address === '' || names.length === 0) return []
    return [{ address, names: names.map((name) => name.toLowerCase()) }]
  })
}
