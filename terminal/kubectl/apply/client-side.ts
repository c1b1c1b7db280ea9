/** Client-side apply: the difference between file, last applied and live object as a patch (upstream: kubectl/pkg/cmd/apply). */
import type { JsonValue, KubeObject } from '../../../emulator/index.ts'
import { resourcePath, resourceText } from '../api/discovery.ts'
import { waitUntil } from '../api/follow.ts'
import { patchTypeOf, schemaFor } from '../api/openapi.ts'
import type { Invocation } from '../cli/subcommand.ts'
import { ApiError, isNotFound, KubectlError, withSource } from '../errors.ts'
import { goJson } from '../print/go-json.ts'
import { asJson } from '../print/output.ts'
import type { Manifest } from '../resources/manifests.ts'
import {
  createObject,
  dryRunOf,
  LAST_APPLIED,
  lastAppliedText,
  withLastApplied,
  writeQuery,
} from '../resources/mutation.ts'
import { patchedLocally } from '../resources/patch-locally.ts'
import type { Json } from '../yaml/parse.ts'
import { type Fields, lastApplied } from './last-applied.ts'
import { threeWayPatch } from './strategic-diff.ts'

export interface Outcome {
  readonly object: KubeObject
  readonly verb: string
}
/** Throws ApiError, KubectlError. */
export async function applyManifest(invocation: Invocation, manifest: Manifest): Promise<Outcome> {
  checkName(manifest)
  const current = currentOf(invocation, manifest)
  if (!current) return createNew(invocation, manifest)
  if (!current.metadata?.annotations?.[LAST_APPLIED]) warnMissing(invocation, manifest)
  const patch = patchFor(invocation, manifest, current)
  // A dry run of the client says the same of what is as wanted (upstream: apply.go, applyOneObject; patcher.go, PatchLocal).
  if (dryRunOf(invocation) === 'client')
    return { object: merged(invocation, manifest, current, patch), verb: 'configured' }
  if (Object.keys(patch).length === 0) return { object: current, verb: 'unchanged' }
  return { object: await sendPatch(invocation, manifest, patch), verb: 'configured' }
}

function merged(invocation: Invocation, { type }: Manifest, current: KubeObject, patch: Fields): KubeObject {
  const contentType = patchTypeOf(schemaFor(invocation.api, type))
  const info = { type, namespace: current.metadata?.namespace, name: '', object: current, source: '' }
  return patchedLocally(invocation, info, patch as Json, contentType)
}

function checkName(manifest: Manifest): void {
  const generateName = manifest.object.metadata?.generateName
  if (manifest.name === '' && generateName)
    throw new KubectlError(`from ${generateName}: cannot use generate name with apply`)
  if (manifest.name === '')
    throw new KubectlError(
      `error when retrieving current configuration of:\n${describeTarget(manifest)}\nfrom server for: ${JSON.stringify(manifest.source)}: resource name may not be empty`,
    )
}

function describeTarget({ type, name, namespace }: Manifest): string {
  const kind = `${type.group}/${type.version}, Kind=${type.kind}`
  return `Resource: "${resourceText(type)}", GroupVersionKind: "${kind}"\nName: "${name}", Namespace: "${namespace ?? ''}"`
}

function currentOf({ api }: Invocation, manifest: Manifest): KubeObject | undefined {
  try {
    return api.get<KubeObject>(resourcePath(manifest.type, manifest.namespace, manifest.name))
  } catch (error) {
    if (isNotFound(error)) return undefined
    if (!(error instanceof ApiError)) throw error
    const message = `error when retrieving current configuration of:\n${describeTarget(manifest)}\nfrom server for: ${JSON.stringify(manifest.source)}: ${error.message}`
    throw new ApiError({ ...error.status, message })
  }
}

function createNew(invocation: Invocation, manifest: Manifest): Outcome {
  try {
    return { object: createObject(invocation, manifest, withLastApplied(manifest.object)), verb: 'created' }
  } catch (error) {
    if (error instanceof ApiError) throw withSource('creating', manifest.source, error)
    throw error
  }
}

function warnMissing({ context }: Invocation, { type, name }: Manifest): void {
  context.err(
    `Warning: resource ${type.plural}/${name} is missing the ${LAST_APPLIED} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.\n`,
  )
}

function patchFor({ api, context }: Invocation, manifest: Manifest, current: KubeObject): Fields {
  const text = current.metadata?.annotations?.[LAST_APPLIED]
  const modified = asJson(withLastApplied(manifest.object)) as Fields
  const original = originalOf(manifest, () =>
    lastApplied(text, context, { modified, current: asJson(current) as Fields }),
  )
  const document = schemaFor(api, manifest.type)
  if (text && document?.strategic !== false && sameConfiguration(text, manifest, current)) return {}
  const before = text ? withAnnotation(original, text) : original
  return threeWayPatch(before, modified, asJson(current) as Fields, document)
}

function originalOf(manifest: Manifest, read: () => Fields): Fields {
  try {
    return read()
  } catch (error) {
    throw error instanceof KubectlError ? new KubectlError(patchProblem(manifest, '', error.message)) : error
  }
}

function patchProblem(manifest: Manifest, patch: string, message: string): string {
  const source = JSON.stringify(manifest.source)
  return `error when applying patch:\n${patch}\nto:\n${describeTarget(manifest)}\nfor: ${source}: error when patching ${source}: ${message}`
}

/** What was applied last says the same, and the live object still has all of it. */
function sameConfiguration(text: string, manifest: Manifest, current: KubeObject): boolean {
  return text === lastAppliedText(manifest.object) && covers(asJson(current), asJson(manifest.object))
}

function covers(live: JsonValue | undefined, wanted: JsonValue): boolean {
  if (typeof wanted !== 'object' || wanted === null) return live === wanted
  if (Array.isArray(wanted))
    return (
      Array.isArray(live) &&
      live.length === wanted.length &&
      wanted.every((item: JsonValue, i) => covers(live[i], item))
    )
  if (typeof live !== 'object' || live === null || Array.isArray(live)) return Object.keys(wanted).length === 0
  return Object.entries(wanted as Fields).every(([key, value]) => covers((live as Fields)[key], value))
}

/** The annotation itself counts as applied, so that it is compared and not deleted. */
function withAnnotation(original: Fields, text: string): Fields {
  const metadata = (original.metadata ?? {}) as Fields
  const annotations = (metadata.annotations ?? {}) as Fields
  return { ...original, metadata: { ...metadata, annotations: { ...annotations, [LAST_APPLIED]: text } } }
}

async function sendPatch(invocation: Invocation, manifest: Manifest, patch: Fields): Promise<KubeObject> {
  const { api, flags } = invocation
  const path = resourcePath(manifest.type, manifest.namespace, manifest.name)
  try {
    return api.send('PATCH', path, {
      body: patch,
      contentType: patchTypeOf(schemaFor(api, manifest.type)),
      query: writeQuery(invocation),
    }) as KubeObject
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    if (flags.bool('force') && (error.reason === 'Invalid' || error.reason === 'Conflict'))
      return replaceByForce(invocation, manifest)
    throw new ApiError({ ...error.status, message: patchProblem(manifest, goJson(patch), error.message) })
  }
}

async function replaceByForce(invocation: Invocation, manifest: Manifest): Promise<KubeObject> {
  const { api, context } = invocation
  const path = resourcePath(manifest.type, manifest.namespace, manifest.name)
  api.send('DELETE', path, { body: { kind: 'DeleteOptions', apiVersion: 'v1', propagationPolicy: 'Background' } })
  const gone = () => currentOf(invocation, manifest) === undefined
  await waitUntil(context, gone)
  return createObject(invocation, manifest, withLastApplied(manifest.object))
}
