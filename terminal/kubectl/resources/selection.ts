/** What the arguments of a command name: TYPE, TYPE NAME, TYPE/NAME, files (upstream: cli-runtime/pkg/resource/builder.go). */
import { Discovery, type ResourceType } from '../api/discovery.ts'
import type { FlagDefinitions } from '../cli/flags.ts'
import type { Invocation } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { type Manifest, readManifests } from './manifests.ts'

export const FILE_FLAGS: FlagDefinitions = {
  filename: {
    kind: 'stringSlice',
    shorthand: 'f',
    default: [],
    summary: 'File, directory or - (standard input) with the objects.',
    completes: 'file',
  },
  kustomize: {
    kind: 'string',
    shorthand: 'k',
    default: '',
    summary: 'Directory with a kustomization to build.',
    completes: 'file',
  },
  recursive: {
    kind: 'bool',
    shorthand: 'R',
    default: false,
    summary: 'Go into the directories below the one named by -f.',
  },
}
export const SELECTOR_FLAGS: FlagDefinitions = {
  selector: {
    kind: 'string',
    shorthand: 'l',
    default: '',
    summary: "Label selector: '=', '==', '!=', 'in', 'notin' (e.g. -l key1=value1,key2=value2).",
  },
}
export const FIELD_SELECTOR_FLAG: FlagDefinitions = {
  'field-selector': {
    kind: 'string',
    default: '',
    summary: "Field selector: '=', '==', '!=' (e.g. --field-selector status.phase=Running).",
  },
}
export const ALL_FLAG: FlagDefinitions = {
  all: { kind: 'bool', default: false, summary: 'Take all resources of the named types in the namespace.' },
}
export const ALL_NAMESPACES_FLAG: FlagDefinitions = {
  'all-namespaces': { kind: 'bool', shorthand: 'A', default: false, summary: 'Look in every namespace.' },
}

/** A type as a whole, or one object of it. */
export type Target =
  | {
      readonly kind: 'type'
      readonly type: ResourceType
      readonly namespace: string | undefined
      readonly labels: string
      readonly fields: string
    }
  | {
      readonly kind: 'object'
      readonly type: ResourceType
      readonly namespace: string | undefined
      readonly name: string
    }
  | {
      readonly kind: 'manifest'
      readonly type: ResourceType
      readonly namespace: string | undefined
      readonly name: string
      readonly manifest: Manifest
    }

export interface Selection {
  readonly targets: readonly Target[]
  readonly errors: readonly Error[]
  /** One object was asked for, so `-o yaml` prints it and no List. */
  readonly single: boolean
  readonly discovery: Discovery
}

export interface SelectionOptions {
  /** A type without names means all of its objects. */
  readonly typeMeansAll?: boolean
  readonly args?: readonly string[]
  /** Nothing named at all is not an error. */
  readonly allowNothing?: boolean
  /** `--selector` means something else to this command. */
  readonly ignoreSelector?: boolean
  readonly discovery?: Discovery
}

export const NOTHING_NAMED =
  "You must provide one or more resources by argument or filename.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   '<resource> <name>'\n   '<resource>'"

/** Throws KubectlError when the arguments make no sense together. */
export async function select(invocation: Invocation, options: SelectionOptions = {}): Promise<Selection> {
  const flags = flagsOf(invocation)
  const given = options.ignoreSelector ? { ...flags, labels: '' } : flags
  const args = options.args ?? invocation.args
  const local = isLocal(invocation)
  const discovery = options.discovery ?? new Discovery(invocation.api, asksFor(args, flags))
  if (given.filenames.length > 0 || given.kustomization !== undefined)
    return fromFiles(invocation, given, args, discovery)
  if (local && args.length > 0) throw new KubectlError(LOCAL_NEEDS_FILES)
  if (given.all && given.labels !== '')
    throw new KubectlError("setting 'all' parameter but found a non empty selector. ".trimEnd())
  if (args.length === 0 && (given.all || given.labels !== '' || given.fields !== ''))
    throw new KubectlError('at least one resource must be specified to use a selector')
  if (args.length === 0) {
    if (options.allowNothing) return { targets: [], errors: [], single: false, discovery }
    throw new KubectlError(NOTHING_NAMED)
  }
  if (args.some((arg) => arg.includes('/'))) return pairs(invocation, given, args, discovery)
  const [types = '', ...names] = args
  const resolved = resolveTypes(discovery, types)
  if (names.length === 0) return wholeTypes(invocation, given, resolved, options.typeMeansAll === true, discovery)
  checkNamed(given)
  if (names.includes('')) throw new KubectlError('resource name may not be empty')
  const targets = resolved.flatMap((type) => names.map((name) => object(type, name, invocation)))
  return { targets, errors: [], single: names.length === 1 && resolved.length === 1, discovery }
}

const LOCAL_NEEDS_FILES =
  "you must specify resources by --filename when --local is set.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'"

/** `--local`: files are changed, and no server is asked. */
export function isLocal({ flags }: Invocation): boolean {
  return flags.has('local') && flags.bool('local')
}

/** The builder looks each type up again, and every use of the shortcuts of the server asks anew where nobody answers. */
function asksFor(args: readonly string[], given: Pick<Given, 'filenames' | 'kustomization'>): number {
  if (given.filenames.length > 0 || given.kustomization !== undefined) return 1
  return args.some((arg) => arg.includes('/')) ? 4 : 4 + (args[0] ?? '').split(',').length
}

/** What commands say that need to know which objects to change. */
export const RESOURCE_WANTED = 'one or more resources must be specified as <resource> <name> or <resource>/<name>'

/** `-f` or `-k` was given, so that arguments need not name anything. */
export function namesFiles({ flags }: Invocation): boolean {
  const kustomized = flags.has('kustomize') && flags.optional('kustomize') !== undefined
  return flags.list('filename').length > 0 || kustomized
}

interface Given {
  readonly kustomization: string | undefined
  readonly filenames: readonly string[]
  readonly recursive: boolean
  readonly labels: string
  readonly fields: string
  readonly all: boolean
  readonly allNamespaces: boolean
}

function flagsOf({ flags }: Invocation): Given {
  return {
    kustomization: flags.has('kustomize') ? flags.optional('kustomize') : undefined,
    filenames: flags.has('filename') ? flags.list('filename') : [],
    recursive: flags.has('recursive') && flags.bool('recursive'),
    labels: flags.has('selector') ? flags.string('selector') : '',
    fields: flags.has('field-selector') ? flags.string('field-selector') : '',
    all: flags.has('all') && flags.bool('all'),
    allNamespaces: flags.has('all-namespaces') && flags.bool('all-namespaces'),
  }
}

async function fromFiles(
  invocation: Invocation,
  given: Given,
  args: readonly string[],
  discovery: Discovery,
): Promise<Selection> {
  if (args.length > 0 && invocation.flags.has('selector'))
    throw new KubectlError(
      'when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well',
    )
  const validate =
    invocation.flags.has('validate') && !['false', 'ignore'].includes(invocation.flags.string('validate'))
  const { manifests, errors } = await readManifests(invocation, {
    filenames: given.filenames,
    kustomization: given.kustomization,
    recursive: given.recursive,
    validate,
    discovery,
    local: isLocal(invocation),
  })
  const targets = manifests.map(
    (manifest): Target => ({
      kind: 'manifest',
      type: manifest.type,
      namespace: manifest.namespace,
      name: manifest.name,
      manifest,
    }),
  )
  return { targets, errors, single: given.filenames.length === 1 && manifests.length === 1, discovery }
}

function pairs(invocation: Invocation, given: Given, args: readonly string[], discovery: Discovery): Selection {
  checkNamed(given)
  const targets = args.map((arg) => {
    const parts = arg.split('/')
    if (parts.length === 1)
      throw new KubectlError(
        "there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'",
      )
    if (parts.length > 2) throw new KubectlError('arguments in resource/name form may not have more than one slash')
    const [type = '', name = ''] = parts
    if (type === '' || name === '')
      throw new KubectlError('arguments in resource/name form must have a single resource and name')
    return object(discovery.resolve(type), name, invocation)
  })
  return { targets, errors: [], single: args.length === 1, discovery }
}

function checkNamed(given: Given): void {
  if (given.labels !== '' || given.fields !== '')
    throw new KubectlError('name cannot be provided when a selector is specified')
  if (given.allNamespaces) throw new KubectlError('a resource cannot be retrieved by name across all namespaces')
}

function object(type: ResourceType, name: string, invocation: Invocation): Target {
  return { kind: 'object', type, name, namespace: type.namespaced ? invocation.namespace : undefined }
}

function wholeTypes(
  invocation: Invocation,
  given: Given,
  types: readonly ResourceType[],
  typeMeansAll: boolean,
  discovery: Discovery,
): Selection {
  if (!typeMeansAll && given.labels === '' && given.fields === '' && !given.all)
    throw new KubectlError('resource(s) were provided, but no name was specified')
  const targets = types.map(
    (type): Target => ({
      kind: 'type',
      type,
      namespace: type.namespaced && !given.allNamespaces ? invocation.namespace : undefined,
      labels: given.labels,
      fields: given.fields,
    }),
  )
  return { targets, errors: [], single: false, discovery }
}

/** `po,svc` and categories, each type once. Throws NoResourceType. */
export function resolveTypes(discovery: Discovery, words: string): readonly ResourceType[] {
  const types: ResourceType[] = []
  for (const word of words.split(',')) {
    const category = discovery.find(word) ? [] : discovery.category(word)
    for (const type of category.length ? category : [discovery.resolve(word)])
      if (!types.some((t) => t.plural === type.plural && t.group === type.group)) types.push(type)
  }
  return types
}
