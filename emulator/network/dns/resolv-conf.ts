/** What a resolver library reads from /etc/resolv.conf. */
export interface ResolvConf {
  readonly nameservers: readonly string[]
  readonly search: readonly string[]
  readonly ndots: number
}

const MAX_NAMESERVERS = 3

/** Parses as resolv.conf(5) says: the last `search` or `domain` counts. */
export function parseResolvConf(text: string): ResolvConf {
  const nameservers: string[] = []
  let search: readonly string[] = []
  let ndots = 1
  for (const line of text.split('\n')) {
    const [keyword, ...values] = line
      .replace(/[#;].*/, '')
      .trim()
      .split(/\s+/)
    if (keyword === 'nameserver' && values[0] !== undefined) nameservers.push(values[0])
    if (keyword === 'search' || keyword === 'domain') search = values.map((value) => value.replace(/\.$/, ''))
    for (const value of keyword === 'options' ? values : []) {
      const match = /^ndots:(\d+)$/.exec(value)
      if (match !== null) ndots = Math.min(15, Number(match[1]))
    }
  }
  return { nameservers: nameservers.slice(0, MAX_NAMESERVERS), search: search.filter((domain) => domain !== ''), ndots }
}

/** Names to ask for, in order: a name with enough dots goes as it is first, else the search list does. */
export function candidateNames(name: string, conf: ResolvConf): readonly string[] {
  if (name.endsWith('.')) return [name.slice(0, -1)]
  const searched = conf.search.map((domain) => `${name}.${domain}`)
  const dots = name.split('.').length - 1
  return dots >= conf.ndots ? [name, ...searched] : [...searched, name]
}
