/** What all writing commands share: dry runs, validation, field managers, result lines. */
import type { KubeObject } from '../../../emulator/index.ts'
import { apiVersionOf, kindName, type ResourceType, resourcePath } from '../api/discovery.ts'
import type { FlagDefinitions } from '../cli/flags.ts'
import type { Invocation } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { goJson } from '../print/go-json.ts'
import { asJson, objectPrinter } from '../print/output.ts'
import { typedJson } from '../print/typed-json.ts'

export const DRY_RUN_FLAG: FlagDefinitions = {
  'dry-run': {
    kind: 'string',
    default: 'none',
    bare: 'unchanged',
    summary:
      'Must be "none", "server", or "client". client prints the object that would be sent; server has the API server do everything but keep it.',
  },
}
export const VALIDATE_FLAG: FlagDefinitions = {
  validate: {
    kind: 'string',
    default: 'strict',
    bare: 'strict',
    summary:
      'Must be one of: strict (or true), warn, ignore (or false). What to do about fields that are unknown or set twice.',
  },
}
export const SAVE_CONFIG_FLAG: FlagDefinitions = {
  'save-config': {
    kind: 'bool',
    default: false,
    summary: 'Keep the configuration in an annotation, for later use by apply.',
  },
}
export const fieldManagerFlag = (name: string): FlagDefinitions => ({
  'field-manager': { kind: 'string', default: name, summary: 'Name that owns the fields this command sets.' },
})
export const RECORD_FLAG: FlagDefinitions = {
  record: {
    kind: 'bool',
    default: false,
    summary: 'Note the command line in the annotation kubernetes.io/change-cause.',
    deprecated: '--record will be removed in the future',
  },
}

export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'
export type DryRun = 'none' | 'client' | 'server'

/** Throws KubectlError for other values. */
export function dryRunOf({ flags }: Invocation): DryRun {
  const value = flags.string('dry-run')
  if (value === 'none' || value === 'client' || value === 'server') return value
  if (value === 'unchanged') return 'client'
  throw new KubectlError(`Invalid dry-run value (${value}). Must be "none", "server", or "client".`)
}

/** Throws KubectlError for --local together with a dry run of the server. */
export function refuseLocalServerRun(invocation: Invocation): void {
  if (invocation.flags.bool('local') && dryRunOf(invocation) === 'server')
    throw new KubectlError('cannot specify --local and --dry-run=server - did you mean --dry-run=client?')
}

/** The query of a write: dry run, field manager, field validation. Throws KubectlError. */
export function writeQuery(invocation: Invocation, manager?: string): { readonly [name: string]: string } {
  const { flags } = invocation
  const dryRun = flags.has('dry-run') && dryRunOf(invocation) === 'server'
  return {
    ...(flags.has('validate') ? { fieldValidation: fieldValidation(flags.string('validate')) } : {}),
    fieldManager: manager ?? (flags.has('field-manager') ? flags.string('field-manager') : 'kubectl'),
    ...(dryRun && { dryRun: 'All' }),
  }
}

/** Throws KubectlError for values that are none. */
export function fieldValidation(value: string): string {
  if (value === 'strict' || value === 'true') return 'Strict'
  if (value === 'warn') return 'Warn'
  if (value === 'ignore' || value === 'false') return 'Ignore'
  throw new KubectlError(
    `invalid - validate option ${JSON.stringify(value)}; must be one of: strict (or true), warn, ignore (or false)`,
  )
}

export const dryRunSuffix = (dryRun: DryRun) =>
  dryRun === 'client' ? ' (dry run)' : dryRun === 'server' ? ' (server dry run)' : ''

interface ResultOptions {
  /** Objects are kubectl's own, typed ones. */
  readonly built?: boolean
  readonly silentDryRun?: boolean
}

/** `deployment.apps`, from what the object says: a subresource answers with another kind than it was asked of. */
function printedKind({ kind, apiVersion }: { readonly kind: string; readonly apiVersion: string }): string {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
  return kindName({ kind, group })
}

/** Prints an object in the form `-o` asks for, else `service/web created`. */
export async function resultPrinter(
  invocation: Invocation,
  { built = false, silentDryRun = false }: ResultOptions = {},
): Promise<(type: ResourceType, object: KubeObject, operation: string) => void> {
  const printer = invocation.flags.has('output') ? await objectPrinter(invocation, false, built) : undefined
  const suffix = invocation.flags.has('dry-run') && !silentDryRun ? dryRunSuffix(dryRunOf(invocation)) : ''
  return (type, object, operation) => {
    const named = { ...object, apiVersion: object.apiVersion ?? apiVersionOf(type), kind: object.kind ?? type.kind }
    if (printer) invocation.context.out(printer(named))
    else invocation.context.out(`${printedKind(named)}/${object.metadata?.name || '<unknown>'} ${operation}${suffix}\n`)
  }
}

/** POST; a client-side dry run returns the object as it is. Throws ApiError. */
export function createObject(
  invocation: Invocation,
  target: { readonly type: ResourceType; readonly namespace: string | undefined },
  object: KubeObject,
  { configured }: { readonly configured?: KubeObject } = {},
): KubeObject {
  const keeps = invocation.flags.has('save-config') && invocation.flags.bool('save-config')
  const text = keeps ? (configured ? builtText(configured) : lastAppliedText(object)) : undefined
  const saved = text === undefined ? object : withLastApplied(object, text)
  if (invocation.flags.has('dry-run') && dryRunOf(invocation) === 'client') return saved
  return invocation.api.send('POST', resourcePath(target.type, target.namespace), {
    query: writeQuery(invocation),
    body: withoutVersion(saved),
  }) as KubeObject
}

/** What `get -o yaml` wrote can be created again (upstream: cli-runtime/pkg/resource/helper.go, CreateWithOptions). */
function withoutVersion(object: KubeObject): KubeObject {
  if (!object.metadata?.resourceVersion) return object
  const { resourceVersion: _, ...metadata } = object.metadata
  return { ...object, metadata }
}

/** The configuration that `apply` compares with later: one line of JSON without the annotation itself. */
export function lastAppliedText(object: KubeObject): string {
  const { [LAST_APPLIED]: _, ...annotations } = object.metadata?.annotations ?? {}
  return `${goJson(asJson({ ...object, metadata: { ...object.metadata, annotations } }))}\n`
}

/** The same of an object that kubectl built itself, in the order of its type's fields. */
const builtText = (object: KubeObject): string => `${typedJson(asJson(object), 0)}\n`

export function withLastApplied(object: KubeObject, text = lastAppliedText(object)): KubeObject {
  const annotations = { ...object.metadata?.annotations, [LAST_APPLIED]: text }
  return { ...object, metadata: { ...object.metadata, annotations } }
}

/** `kubectl set image … --record=true`: the text of the change-cause annotation. */
export function changeCause(invocation: Invocation): string {
  return invocation.commandLine.map((word) => (word === '--record' ? '--record=true' : word)).join(' ')
}
export const CHANGE_CAUSE = 'kubernetes.io/change-cause'
