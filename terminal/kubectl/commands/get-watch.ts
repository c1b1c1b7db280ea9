import type { KubeObject } from '../../../emulator/index.ts'
import { TABLE_ACCEPT } from '../api/client.ts'
import { resourcePath } from '../api/discovery.ts'
import { follow, requestTimeout } from '../api/follow.ts'
import type { Invocation } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import type { Printer } from '../print/output.ts'
import { type Table, tableHeader, tableRow } from '../print/table.ts'
import { alignTabs, TABLE } from '../print/tabwriter.ts'
import { typed } from '../resources/fetch.ts'
import type { Selection, Target } from '../resources/selection.ts'
import { tableOptions } from './get.ts'

interface WatchItem {
  readonly type: string
  readonly object: Table & KubeObject
}

/** `get -w`: the listing, then every change, until interrupted (upstream: kubectl/pkg/cmd/get/get.go, watch). */
export async function watchTarget(
  invocation: Invocation,
  selection: Selection,
  printer: Printer | undefined,
): Promise<number> {
  const { flags, context, api } = invocation
  const [target, ...others] = selection.targets
  if (!target || others.length > 0) throw new KubectlError('you may only specify a single resource type')
  const { path, query } = watchRequest(target)
  const accept = printer ? undefined : TABLE_ACCEPT
  const list = api.get<(Table & { readonly items?: readonly KubeObject[] }) & KubeObject>(path, {
    ...(accept && { accept }),
    query,
  })
  const write = printer ? objectWriter(invocation, target, printer) : tableWriter(invocation, target)
  if (!flags.bool('watch-only')) write.initial(list)
  const stream = api.stream(path, {
    ...(accept && { accept }),
    query: { ...query, watch: 'true', resourceVersion: list.metadata?.resourceVersion ?? '0' },
  })
  await follow(context, stream, (item) => write.change(item as WatchItem), requestTimeout(api))
  return 0
}

function watchRequest(target: Target): { path: string; query: { [name: string]: string } } {
  const path = resourcePath(target.type, target.namespace)
  if (target.kind !== 'type') return { path, query: { fieldSelector: `metadata.name=${target.name}` } }
  return {
    path,
    query: {
      ...(target.labels && { labelSelector: target.labels }),
      ...(target.fields && { fieldSelector: target.fields }),
    },
  }
}

interface Writer {
  initial(list: (Table & { readonly items?: readonly KubeObject[] }) & KubeObject): void
  change(item: WatchItem): void
}

function objectWriter({ context }: Invocation, target: Target, printer: Printer): Writer {
  return {
    initial: (list) => {
      for (const object of list.items ?? []) context.out(printer(typed(target.type, object)))
    },
    change: ({ object }) => context.out(printer(typed(target.type, object))),
  }
}

/** Columns keep the widths they have had: a watch never gets narrower. */
function tableWriter(invocation: Invocation, target: Target): Writer {
  const options = tableOptions(invocation, target.type, false)
  const events = invocation.flags.bool('output-watch-events')
  const remembered: number[] = []
  let columns: NonNullable<Table['columnDefinitions']> = []
  let headerDue = options.headers
  const print = (table: Table, event: string) => {
    if (table.columnDefinitions?.length) columns = table.columnDefinitions
    const rows = table.rows.map((row) => (events ? `${event}\t` : '') + tableRow(row, columns, options))
    if (rows.length === 0) return
    const head = headerDue ? [(events ? 'EVENT\t' : '') + tableHeader(columns, options)] : []
    headerDue = false
    invocation.context.out(`${alignTabs([...head, ...rows].join('\n'), { ...TABLE, remembered })}\n`)
  }
  return { initial: (list) => print(list, 'ADDED'), change: ({ type, object }) => print(object, type) }
}
