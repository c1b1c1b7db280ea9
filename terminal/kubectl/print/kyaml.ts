import type { JsonValue } from '../../../emulator/index.ts'
import { naturalOrder } from '../yaml/print.ts'
import { looksLikeAnotherType } from '../yaml/resolve.ts'

/** KYAML: YAML's flow style with braces, quoted strings and trailing commas (KEP-5295). */
export function printKyaml(value: JsonValue): string {
  return `---\n${write(value, '')}\n`
}

function write(value: JsonValue, indent: string): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value !== 'object' || value === null) return String(value)
  const inner = `${indent}  `
  if (Array.isArray(value)) return array(value, indent)
  const entries = Object.entries(value as { [key: string]: JsonValue }).sort(([a], [b]) => naturalOrder(a, b))
  if (entries.length === 0) return '{}'
  const lines = entries.map(([key, item]) => `${inner}${keyText(key)}: ${write(item, inner)},`)
  return `{\n${lines.join('\n')}\n${indent}}`
}

/** Lists of mappings cuddle their brackets: `[{ … }, { … }]`. */
function array(value: readonly JsonValue[], indent: string): string {
  if (value.length === 0) return '[]'
  if (value.every((item) => typeof item === 'object' && item !== null))
    return `[${value.map((item) => write(item, indent)).join(', ')}]`
  return `[\n${value.map((item) => `${indent}  ${write(item, `${indent}  `)},`).join('\n')}\n${indent}]`
}

function keyText(key: string): string {
  return /^[A-Za-z_][\w./-]*$/.test(key) && !looksLikeAnotherType(key) ? key : JSON.stringify(key)
}
