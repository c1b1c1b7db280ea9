import { blocksOf, CorefileError, type Line } from './corefile-blocks.ts'
import { type Handler, plainName } from './plugin.ts'
import { absentPlugins, plugins, silentDirectives } from './plugins/index.ts'

/** One server block of CoreDNS's configuration. */
export interface ServerBlock {
  /** Zones that the block answers for, without last dots; `''` for all. */
  readonly serves: readonly string[]
  readonly port: number
  /** Its plugins, in the order in which a question passes them. */
  readonly handlers: readonly Handler[]
  readonly lines: readonly Line[]
}

const KNOWN = new Map(plugins.map((plugin) => [plugin.name, plugin]))
const DEFAULT_PORT = 53

/** Reads a Corefile; throws a CorefileError with CoreDNS's own words where CoreDNS would not start. */
export function parseCorefile(text: string, file = 'Corefile'): readonly ServerBlock[] {
  return blocksOf(text, file).map(({ keys, lines }) => {
    for (const line of lines) check(line)
    const serves = keys.map((key) => plainName(key.replace(/^dns:\/\//, '').replace(/:\d+$/, '')))
    const handlers = plugins.flatMap((plugin) => {
      const own = lines.filter(({ name }) => name === plugin.name)
      const handler = own.length > 0 ? plugin.setup(own, serves) : undefined
      return handler ? [handler] : []
    })
    return { serves, port: Number(/:(\d+)$/.exec(keys[0] ?? '')?.[1] ?? DEFAULT_PORT), handlers, lines }
  })
}

function check({ name, file, number }: Line): void {
  if (KNOWN.has(name) || silentDirectives.has(name)) return
  if (absentPlugins.has(name)) throw new CorefileError(file, number, `the plugin ${name} is not emulated`)
  throw new CorefileError(file, number, `Unknown directive '${name}'`)
}

/** Has one of the blocks this directive? */
export function hasDirective(blocks: readonly ServerBlock[], name: string): boolean {
  return blocks.some(({ lines }) => lines.some((line) => line.name === name))
}
