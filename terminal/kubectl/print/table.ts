/** Server-side Tables as text (upstream: cli-runtime/pkg/printers/tableprinter.go). */
import type { KubeObject } from '../../../emulator/index.ts'
import { kindName, type ResourceType } from '../api/discovery.ts'
import { goValue } from './go-format.ts'

export interface Table {
  readonly columnDefinitions: readonly { readonly name: string; readonly priority?: number }[] | null
  readonly rows: readonly TableRow[]
}
export interface TableRow {
  readonly cells: readonly (string | number | boolean | null)[]
  readonly object?: KubeObject
}

export interface TableOptions {
  readonly wide: boolean
  readonly headers: boolean
  readonly showLabels: boolean
  readonly labelColumns: readonly string[]
  readonly withNamespace: boolean
  /** Set where names are prefixed by their kind (`pod/web`). */
  readonly kind: ResourceType | undefined
}

/** Lines with tabs between cells, to be aligned together with other rows of the same type. */
export function tableHeader(columns: NonNullable<Table['columnDefinitions']>, options: TableOptions): string {
  const names = shown(columns, options).map(({ name }) => name.toUpperCase())
  const labels = options.labelColumns.map((key) => (key.split('/').pop() ?? key).toUpperCase())
  return [
    ...(options.withNamespace ? ['NAMESPACE'] : []),
    ...names,
    ...labels,
    ...(options.showLabels ? ['LABELS'] : []),
  ].join('\t')
}

export function tableRow(
  row: TableRow,
  columns: NonNullable<Table['columnDefinitions']>,
  options: TableOptions,
): string {
  const { metadata } = row.object ?? {}
  const labels = metadata?.labels ?? {}
  const cells = row.cells
    .map((cell, i) => ({ text: cellText(cell), column: columns[i] }))
    .filter(({ column }) => column && (options.wide || !column.priority))
    .map(({ text }, i) => (i === 0 && options.kind ? `${kindName(options.kind)}/${text}` : text))
  const columnLabels = options.labelColumns.map((key) => (Object.hasOwn(labels, key) ? labels[key] || '' : '<none>'))
  return [
    ...(options.withNamespace ? [metadata?.namespace ?? ''] : []),
    ...cells,
    ...columnLabels.map((l) => (l === '<none>' ? '' : l)),
    ...(options.showLabels ? [formatLabels(labels)] : []),
  ].join('\t')
}

function shown(columns: NonNullable<Table['columnDefinitions']>, options: TableOptions) {
  return columns.filter(({ priority }) => options.wide || !priority)
}

/** Only a cell's first line is shown. */
function cellText(cell: string | number | boolean | null): string {
  const text = cell === null ? '' : goValue(cell)
  const cut = text.search(/[\f\n\r]/)
  return cut < 0 ? text : `${text.slice(0, cut)}...`
}

/** `a=1,b=2`, or `<none>`. */
export function formatLabels(labels: { readonly [key: string]: string }): string {
  const pairs = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))
  return pairs.length ? pairs.map(([key, value]) => `${key}=${value}`).join(',') : '<none>'
}
