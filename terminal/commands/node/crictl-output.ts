import { dump } from 'js-yaml'
import type { CommandContext } from '../../types.ts'

/** `-o json|yaml`; undefined for the table. */
export function structured({ out }: CommandContext, format: string | undefined, value: object): boolean {
  if (format === 'json') out(`${JSON.stringify(value, undefined, 2)}\n`)
  else if (format === 'yaml') out(dump(value, { lineWidth: -1 }))
  else return false
  return true
}

/** Names of registries are written out: `docker.io/library/nginx`. */
export function nameAndTag(reference: string): readonly [name: string, tag: string] {
  const [named = ''] = reference.split('@')
  const at = named.lastIndexOf(':')
  return at > named.lastIndexOf('/') ? [named.slice(0, at), named.slice(at + 1)] : [named, '<none>']
}

/** go-units' HumanSizeWithPrecision: three digits. */
export function humanSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB']
  let value = bytes
  let unit = 0
  for (; value >= 1000 && unit < units.length - 1; unit += 1) value /= 1000
  return `${Number(value.toPrecision(3))}${units[unit]}`
}
