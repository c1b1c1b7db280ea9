import type { NetfilterRule, NetfilterTable } from '../types.ts'

export type TableName = 'mangle' | 'filter' | 'nat'

const BUILT_IN: { readonly [table in TableName]: readonly string[] } = {
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
}

/** Collects the rules of one host; tables come out as iptables-save prints them, own chains after the built-in ones by name. */
export class RuleSet {
  readonly #tables = new Map<TableName, Map<string, NetfilterRule[]>>()

  constructor() {
    for (const table of ['mangle', 'filter', 'nat'] as const) {
      this.#tables.set(table, new Map(BUILT_IN[table].map((chain) => [chain, []])))
    }
  }

  /** Makes sure that a chain is there, with rules or without. */
  chain(table: TableName, name: string): NetfilterRule[] {
    const chains = this.#tables.get(table)
    const rules = chains?.get(name) ?? []
    chains?.set(name, rules)
    return rules
  }

  append(table: TableName, chain: string, rule: NetfilterRule): void {
    this.chain(table, chain).push(rule)
  }

  get tables(): readonly NetfilterTable[] {
    return [...this.#tables].map(([name, chains]) => {
      const builtIn = BUILT_IN[name]
      const own = [...chains.keys()].filter((chain) => !builtIn.includes(chain)).sort()
      return {
        name,
        chains: [...builtIn, ...own].map((chain) => ({
          name: chain,
          ...(builtIn.includes(chain) && { policy: 'ACCEPT' as const }),
          rules: chains.get(chain) ?? [],
        })),
      }
    })
  }
}
