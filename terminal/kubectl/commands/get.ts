import type { KubeObject } from '../../../emulator/index.ts'
import { TABLE_ACCEPT } from '../api/client.ts'
import { type ResourceType, resourcePath } from '../api/discovery.ts'
import { defineSubcommand, type Invocation } from '../cli/subcommand.ts'
import { usageError } from '../cli/usage-error.ts'
import { AggregateFailure, ApiError, isNotFound, KubectlError } from '../errors.ts'
import { relaxedPath } from '../jsonpath/print.ts'
import { humanAge } from '../print/human-age.ts'
import { asJson, GET_PRINT_FLAGS, objectPrinter } from '../print/output.ts'
import { sortByPath } from '../print/sort.ts'
import { type Table, type TableOptions, tableHeader, tableRow } from '../print/table.ts'
import { alignTabs, TABLE } from '../print/tabwriter.ts'
import { fetchInfos, fetchTarget, type Info, listTarget } from '../resources/fetch.ts'
import { sendRaw } from '../resources/raw.ts'
import {
  ALL_NAMESPACES_FLAG,
  FIELD_SELECTOR_FLAG,
  FILE_FLAGS,
  namesFiles,
  SELECTOR_FLAGS,
  type Selection,
  select,
  type Target,
} from '../resources/selection.ts'
import { watchTarget } from './get-watch.ts'

export const get = defineSubcommand({
  name: 'get',
  group: 'Basic Commands (Intermediate):',
  summary: 'Display one or many resources',
  long: 'Display one or many resources.\n\n Prints a table of the most important information about the specified resources. You can filter the list using a label selector and the --selector flag.',
  examples: [
    '# List all pods of the current namespace, with node and address',
    'kubectl get pods -o wide',
    '',
    '# A service as YAML',
    'kubectl get svc web -o yaml',
    '',
    '# One field of an object',
    "kubectl get svc web -o jsonpath='{.spec.clusterIP}'",
    '',
    '# Several types at once',
    'kubectl get deployments,services',
  ],
  usage:
    '[(-o|--output=)json|yaml|kyaml|name|go-template|go-template-file|template|templatefile|jsonpath|jsonpath-as-json|jsonpath-file|custom-columns|custom-columns-file|wide] (TYPE[.VERSION][.GROUP] [NAME | -l label] | TYPE[.VERSION][.GROUP]/NAME ...) [flags]',
  completes: 'resources',
  flags: {
    ...FILE_FLAGS,
    ...SELECTOR_FLAGS,
    ...FIELD_SELECTOR_FLAG,
    ...ALL_NAMESPACES_FLAG,
    ...GET_PRINT_FLAGS,
    'chunk-size': {
      kind: 'int64',
      default: 500,
      summary: 'Ask for large lists in pieces of this size; 0 asks for all at once.',
    },
    'ignore-not-found': { kind: 'bool', default: false, summary: 'Exit with 0 if the object does not exist.' },
    'label-columns': {
      kind: 'stringSlice',
      shorthand: 'L',
      default: [],
      summary: 'Labels to show as columns of their own.',
    },
    'no-headers': { kind: 'bool', default: false, summary: 'Leave the headers out.' },
    'output-watch-events': { kind: 'bool', default: false, summary: 'With --watch, say what happened to each object.' },
    raw: { kind: 'string', default: '', summary: 'Path to ask the server for, as it is.' },
    'server-print': { kind: 'bool', default: true, summary: 'Have the server lay the table out.' },
    'show-kind': { kind: 'bool', default: false, summary: "Put the kind before each object's name." },
    'show-labels': { kind: 'bool', default: false, summary: 'Show all labels in a last column.' },
    'sort-by': { kind: 'string', default: '', summary: 'JSONPath of the field to sort by, e.g. {.metadata.name}.' },
    subresource: {
      kind: 'string',
      default: '',
      summary: 'Work on a subresource: status, scale or resize.',
      values: ['resize', 'scale', 'status'],
    },
    watch: { kind: 'bool', shorthand: 'w', default: false, summary: 'After the listing, go on and print changes.' },
    'watch-only': { kind: 'bool', default: false, summary: 'Print changes only.' },
  },
  run: async (invocation) => {
    const { flags } = invocation
    if (flags.optional('raw')) {
      if (flags.bool('watch') || flags.bool('watch-only') || flags.optional('selector'))
        throw usageError(
          invocation,
          '--raw may not be specified with other flags that filter the server request or alter the output',
        )
      if (namesFiles(invocation) || invocation.args.length > 0)
        throw new KubectlError('arguments may not be passed when --raw is specified')
      return sendRaw(invocation, 'GET')
    }
    if (invocation.args.length === 0 && !namesFiles(invocation)) throw nothingAsked(invocation)
    const printer = await objectPrinter(invocation, true)
    if (flags.bool('output-watch-events') && !flags.bool('watch') && !flags.bool('watch-only'))
      throw new KubectlError('--output-watch-events option can only be used with --watch or --watch-only')
    const selection = await select(invocation, { typeMeansAll: true })
    if (flags.optional('subresource') && selection.targets.some(({ kind }) => kind === 'type'))
      throw new KubectlError('subresource cannot be used when bulk resources are specified')
    if (flags.bool('watch') || flags.bool('watch-only')) return watchTarget(invocation, selection, printer)
    if (printer) printObjects(invocation, selection, printer)
    else printTables(invocation, selection)
    return 0
  },
})

function nothingAsked(invocation: Invocation): KubectlError {
  invocation.context.err(
    'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\n',
  )
  return usageError(
    invocation,
    'Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).',
  )
}

function printObjects(invocation: Invocation, selection: Selection, printer: (object: KubeObject) => string): void {
  const { infos, errors } = fetchInfos(invocation.api, selection, invocation.flags.optional('subresource'))
  const failures = tolerated(invocation, errors)
  const sortPath = invocation.flags.optional('sort-by')
  const single = selection.single && infos.length === 1 ? infos[0] : undefined
  if (single) invocation.context.out(printer(single.object))
  else if (infos.length > 0 || failures.length === 0) {
    if (infos.length === 0 && selection.single) return
    const path = sortPath && relaxedPath(sortPath)
    const sorted = path ? sortByPath(infos, path, (info) => asJson(info.object)) : infos
    if (!sorted) throw new KubectlError(`couldn't find any field with path "${path}" in the list of objects`)
    const list = {
      apiVersion: 'v1',
      items: sorted.map((info) => info.object),
      kind: 'List',
      metadata: { resourceVersion: '' },
    }
    invocation.context.out(printer(list as KubeObject))
  }
  if (failures.length > 0) throw new AggregateFailure(failures)
}

function tolerated({ flags }: Invocation, errors: readonly Error[]): readonly Error[] {
  return flags.bool('ignore-not-found') ? errors.filter((error) => !isNotFound(error)) : errors
}

/** One aligned block a type; all rows of one type share their columns. */
interface Block {
  readonly type: ResourceType
  readonly columns: NonNullable<Table['columnDefinitions']>
  readonly rows: Table['rows'][number][]
}

function printTables(invocation: Invocation, selection: Selection): void {
  const { flags, context } = invocation
  const { blocks, errors, types } = fetchBlocks(invocation, selection)
  const filled = blocks.map((block) => sorted(invocation, block)).filter((block) => block.rows.length > 0)
  const several = new Set(blocks.map((block) => `${block.type.group}/${block.type.kind}`)).size > 1
  const texts = filled.map((block) => blockText(block, tableOptions(invocation, block.type, several)))
  if (texts.length > 0) context.out(texts.join(flags.bool('no-headers') ? '' : '\n'))
  const failures = tolerated(invocation, errors)
  if (failures.length > 0) throw new AggregateFailure(failures)
  if (texts.length > 0 || flags.bool('ignore-not-found')) return
  const namespaced = !flags.bool('all-namespaces') && types.every((type) => type.namespaced)
  context.err(namespaced ? `No resources found in ${invocation.namespace} namespace.\n` : 'No resources found\n')
}

function fetchBlocks(invocation: Invocation, selection: Selection) {
  const { flags } = invocation
  const blocks: Block[] = []
  const errors = [...selection.errors]
  const query: { readonly includeObject?: string } = flags.optional('sort-by') ? { includeObject: 'Object' } : {}
  for (const target of selection.targets) {
    try {
      const table = fetchTable(invocation, target, query)
      const last = blocks[blocks.length - 1]
      if (last && last.type === target.type) last.rows.push(...table.rows)
      else blocks.push({ type: target.type, columns: table.columnDefinitions ?? [], rows: [...table.rows] })
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      errors.push(error)
    }
  }
  return { blocks, errors, types: selection.targets.map(({ type }) => type) }
}

function fetchTable(
  { api, context, flags }: Invocation,
  target: Target,
  query: { readonly [name: string]: string },
): Table {
  if (!flags.bool('server-print'))
    return plainTable(fetchTarget(api, target, flags.optional('subresource')), context.cluster.now())
  if (target.kind === 'type') return listTarget<Table>(api, target, { accept: TABLE_ACCEPT, query })
  const path = resourcePath(target.type, target.namespace, target.name, flags.optional('subresource'))
  const answer = api.get<Table & KubeObject>(path, { accept: TABLE_ACCEPT, query })
  // Not everything has a table of its own: the server then answers with the object.
  if (Array.isArray(answer.rows)) return answer
  return plainTable([{ ...target, object: answer, source: '' }], context.cluster.now())
}

function ageOf({ metadata }: KubeObject, now: number): string {
  return metadata?.creationTimestamp ? humanAge(now - Date.parse(metadata.creationTimestamp)) : '<unknown>'
}

/** What kubectl lays out by itself, without knowing the kind: names and ages. */
function plainTable(infos: readonly Info[], now: number): Table {
  const rows = infos.map(({ object, name }) => ({
    cells: [name, ageOf(object, now)],
    object,
  }))
  return {
    columnDefinitions: [
      { name: 'Name', priority: 0 },
      { name: 'Age', priority: 0 },
    ],
    rows,
  }
}

/** A path that no row has leaves nothing to show, as the server-side tables of kubectl 1.36 do. */
function sorted({ flags }: Invocation, block: Block): Block {
  const path = flags.optional('sort-by')
  if (!path || block.rows.length === 0) return block
  return { ...block, rows: [...(sortByPath(block.rows, relaxedPath(path), (row) => asJson(row.object ?? {})) ?? [])] }
}

export function tableOptions({ flags }: Invocation, type: ResourceType, several: boolean): TableOptions {
  return {
    wide: flags.string('output') === 'wide',
    headers: !flags.bool('no-headers'),
    showLabels: flags.bool('show-labels'),
    labelColumns: flags.list('label-columns'),
    withNamespace: flags.bool('all-namespaces') && type.namespaced,
    kind: several || flags.bool('show-kind') ? type : undefined,
  }
}

function blockText(block: Block, options: TableOptions): string {
  const rows = block.rows.map((row) => tableRow(row, block.columns, options))
  const lines = options.headers ? [tableHeader(block.columns, options), ...rows] : rows
  return `${alignTabs(lines.join('\n'), TABLE)}\n`
}
