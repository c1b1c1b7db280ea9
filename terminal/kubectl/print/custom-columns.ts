import type { JsonValue } from '../../../emulator/index.ts'
import { KubectlError } from '../errors.ts'
import { valuesAt } from '../jsonpath/print.ts'
import { goValue } from './go-format.ts'
import { alignTabs, TABLE } from './tabwriter.ts'

/** `-o custom-columns=NAME:.metadata.name,…` (upstream: kubectl/pkg/cmd/get/customcolumn.go). Throws KubectlError. */
export function customColumnsPrinter(
  spec: string,
  options: { readonly fromFile: boolean; readonly headers: boolean },
): (value: JsonValue) => string {
  const columns = options.fromFile ? fileColumns(spec) : spec.split(',').map(column)
  let headers = options.headers
  return (value) => {
    const items = isList(value) ? value.items : [value]
    const rows = items.map((item) => columns.map(({ path }) => cell(path, item)).join('\t'))
    const head = headers ? [columns.map(({ header }) => header).join('\t')] : []
    headers = false
    const lines = [...head, ...rows]
    return lines.length ? `${alignTabs(lines.join('\n'), TABLE)}\n` : ''
  }
}

interface Column {
  readonly header: string
  readonly path: string
}

function column(text: string): Column {
  const colon = text.indexOf(':')
  if (colon < 0 || (text.indexOf(':', colon + 1) >= 0 && !text.slice(colon + 1).includes('[')))
    throw new KubectlError(`unexpected custom-columns spec: ${text}, expected <header>:<json-path-expr>`)
  return { header: text.slice(0, colon), path: text.slice(colon + 1) }
}

/** A template file: one line of headers, one line of paths. */
function fileColumns(text: string): readonly Column[] {
  const [heads = '', paths = ''] = text.split('\n')
  const headers = heads.trim().split(/\s+/)
  const specs = paths.trim().split(/\s+/)
  if (headers.length !== specs.length)
    throw new KubectlError(
      `number of headers (${headers.length}) and field specifications (${specs.length}) don't match`,
    )
  return headers.map((header, i) => ({ header, path: specs[i] ?? '' }))
}

function cell(path: string, item: JsonValue): string {
  const values = valuesAt(path, item)
  return values.length === 0 ? '<none>' : values.map((v) => (v === null ? '<none>' : goValue(v))).join(',')
}

function isList(value: JsonValue): value is { readonly items: readonly JsonValue[] } {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Array.isArray((value as { items?: unknown }).items)
  )
}
