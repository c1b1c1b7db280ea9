/** What the `set` commands share: finding the pod template of an object and patching it. */
import type { JsonValue, Kube, KubeObject } from '../../../emulator/index.ts'
import { resourcePath } from '../api/discovery.ts'
import { schemaFor } from '../api/openapi.ts'
import { twoWayPatch } from '../apply/strategic-diff.ts'
import type { FlagDefinitions } from '../cli/flags.ts'
import type { Invocation } from '../cli/subcommand.ts'
import { ApiError, KubectlError, throwAll } from '../errors.ts'
import { asJson, PRINT_FLAGS } from '../print/output.ts'
import { typedZeros } from '../print/typed-zeros.ts'
import { fetchOrRead, type Info } from '../resources/fetch.ts'
import { diffPatch } from '../resources/merge-patch.ts'
import {
  CHANGE_CAUSE,
  changeCause,
  DRY_RUN_FLAG,
  dryRunOf,
  fieldManagerFlag,
  RECORD_FLAG,
  refuseLocalServerRun,
  resultPrinter,
  writeQuery,
} from '../resources/mutation.ts'
import { isRegistered, unregistered } from '../resources/scheme.ts'
import { ALL_FLAG, FILE_FLAGS, isLocal, SELECTOR_FLAGS, select } from '../resources/selection.ts'

export const SET_FLAGS_BY_NAME: FlagDefinitions = {
  ...FILE_FLAGS,
  ...ALL_FLAG,
  ...PRINT_FLAGS,
  ...DRY_RUN_FLAG,
  ...RECORD_FLAG,
  ...fieldManagerFlag('kubectl-set'),
  local: { kind: 'bool', default: false, summary: 'Do not ask the server; change what the file says.' },
}

export const SET_FLAGS: FlagDefinitions = { ...SET_FLAGS_BY_NAME, ...SELECTOR_FLAGS }

export type PodSpec = Kube.PodSpec
type Fields = { readonly [field: string]: JsonValue }

interface ChangeOptions {
  /** With --local, what is named beside files is not looked at. */
  readonly silentNames?: boolean
  /** What is as wanted already is said to be changed. */
  readonly saysAlways?: boolean
}

/** Changes the pod spec of every object named; `verb` is what the result line says, `what` what a failure says. */
export async function changePodSpecs(
  invocation: Invocation,
  args: readonly string[],
  verb: string,
  what: string,
  change: (spec: PodSpec, info: Info) => PodSpec,
  options: ChangeOptions = {},
): Promise<number> {
  const changed = (info: Info) => withPodSpec(info, (spec) => change(spec, info))
  return changeObjects(invocation, args, verb, what, changed, options)
}

/** Changes objects and sends the difference as a strategic merge patch; failures are collected. Nothing is said of what `change` leaves out. */
export async function changeObjects(
  invocation: Invocation,
  args: readonly string[],
  verb: string,
  what: string,
  change: (info: Info) => KubeObject | undefined,
  options: ChangeOptions = {},
): Promise<number> {
  refuseLocalServerRun(invocation)
  const selection = await select(invocation, { args: isLocal(invocation) && options.silentNames ? [] : args })
  const local = isLocal(invocation)
  const { infos, errors } = fetchOrRead(invocation, selection)
  for (const info of infos)
    if (!isRegistered(invocation, info.type)) throw local ? undecodable(info) : unregistered(info.type)
  const failures: Error[] = []
  const print = await resultPrinter(invocation)
  for (const info of infos) {
    try {
      const changed = change(info)
      if (changed === undefined) continue
      const after = recorded(invocation, changed)
      const patch: Fields = local
        ? ((diffPatch(asJson(info.object), asJson(after)) ?? {}) as Fields)
        : patchFor(invocation, info, after)
      // What is as wanted already is passed over in silence.
      if (Object.keys(patch).length === 0 && !options.saysAlways) continue
      print(info.type, local ? typedZeros(after) : send(invocation, info, after, patch, what), verb)
    } catch (error) {
      if (!(error instanceof ApiError) && !(error instanceof KubectlError)) throw error
      failures.push(error)
    }
  }
  throwAll([...failures, ...errors])
  return 0
}

function undecodable({ type, source }: Info): KubectlError {
  return new KubectlError(`unable to decode ${JSON.stringify(source)}: ${unregistered(type).message}`)
}

function recorded(invocation: Invocation, object: KubeObject): KubeObject {
  if (!invocation.flags.has('record') || !invocation.flags.bool('record')) return object
  const annotations = { ...object.metadata?.annotations, [CHANGE_CAUSE]: changeCause(invocation) }
  return { ...object, metadata: { ...object.metadata, annotations } }
}

function patchFor({ api }: Invocation, info: Info, after: KubeObject): Fields {
  return twoWayPatch(asJson(info.object) as Fields, asJson(after) as Fields, schemaFor(api, info.type))
}

/** Throws KubectlError with the server's message, as `set` words it. */
function send(invocation: Invocation, info: Info, after: KubeObject, patch: Fields, what: string): KubeObject {
  if (dryRunOf(invocation) === 'client') return after
  try {
    return invocation.api.send('PATCH', resourcePath(info.type, info.namespace, info.name), {
      body: patch,
      contentType: 'application/strategic-merge-patch+json',
      query: writeQuery(invocation),
    }) as KubeObject
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    throw new KubectlError(`failed to patch ${what}${error.message}`)
  }
}

interface Holder extends KubeObject {
  readonly spec?: PodSpec & {
    readonly template?: { readonly spec?: PodSpec }
    readonly jobTemplate?: { readonly spec?: { readonly template?: { readonly spec?: PodSpec } } }
  }
}

/** The object's pod spec. Throws KubectlError if its kind has none. */
export function podSpecOf(info: Info): PodSpec {
  const { spec } = info.object as Holder
  const found = info.type.kind === 'Pod' ? spec : (spec?.template?.spec ?? spec?.jobTemplate?.spec?.template?.spec)
  if (!found)
    throw new KubectlError(
      `${info.type.plural}/${info.name} the object is not a pod or does not have a pod template: *${info.type.version}.${info.type.kind}`,
    )
  return found
}

function withPodSpec(info: Info, change: (spec: PodSpec) => PodSpec): KubeObject {
  const changed = change(podSpecOf(info))
  const { spec, ...rest } = info.object as Holder
  // allowed: a Pod is its own template
  if (info.type.kind === 'Pod') return { ...rest, spec: changed } as KubeObject
  if (spec?.template) return { ...rest, spec: { ...spec, template: { ...spec.template, spec: changed } } } as KubeObject
  const job = spec?.jobTemplate
  return {
    ...rest,
    spec: {
      ...spec,
      jobTemplate: { ...job, spec: { ...job?.spec, template: { ...job?.spec?.template, spec: changed } } },
    },
  } as KubeObject
}

/** Resources first, then KEY=VALUE words. */
export function splitAtPairs(args: readonly string[]): { resources: readonly string[]; pairs: readonly string[] } {
  const first = args.findIndex(
    (arg) => (arg.includes('=') && !arg.startsWith('=')) || (arg.endsWith('-') && arg !== '-'),
  )
  return first < 0 ? { resources: args, pairs: [] } : { resources: args.slice(0, first), pairs: args.slice(first) }
}

/** Whether a container's name matches a pattern in which `*` stands for any text. */
export function matchesName(pattern: string, name: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`).test(name)
}
