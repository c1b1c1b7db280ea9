/** `patches`, `patchesStrategicMerge` and `patchesJson6902` (upstream: kustomize's PatchTransformer). */
import { KubectlError } from '../errors.ts'
import { documentsOf } from '../resources/documents.ts'
import { type Json, parseYaml } from '../yaml/parse.ts'
import { applyJsonPatch } from './json-patch.ts'
import type { Place } from './place.ts'
import { idText, type Resource } from './resource.ts'
import { selects } from './select.ts'
import { strategicMerge } from './strategic-merge.ts'
import { isMapping, listOf, type Mapping, mappingOf, mappingsOf, textOf } from './values.ts'

interface Patch {
  readonly target: Mapping | undefined
  readonly options: Mapping
  readonly strategic: readonly Mapping[]
  readonly operations: readonly Mapping[]
}

/** Throws KubectlError. */
export async function applyPatches(
  resources: readonly Resource[],
  kustomization: Mapping,
  place: Place,
): Promise<readonly Resource[]> {
  let result = resources
  for (const patch of await patchesOf(kustomization, place)) result = applyPatch(result, patch)
  return result
}

async function patchesOf(kustomization: Mapping, place: Place): Promise<readonly Patch[]> {
  const patches: Patch[] = []
  for (const entry of listOf(kustomization.patchesStrategicMerge)) {
    const inline = textOf(entry)
    const text = inline.includes('\n') ? inline : await place.read(inline, (problem) => problem)
    patches.push({ target: undefined, options: {}, strategic: objectsOf(text), operations: [] })
  }
  for (const entry of [...mappingsOf(kustomization.patches), ...mappingsOf(kustomization.patchesJson6902)]) {
    const text = entry.path === undefined ? textOf(entry.patch) : await place.read(textOf(entry.path), failureOf(entry))
    patches.push(parsed(text, entry))
  }
  return patches
}

const failureOf = (entry: Mapping) => (problem: string) =>
  `trouble configuring builtin PatchTransformer with config: \`\n${configOf(entry)}\n\`: failed to get the patch file from path(${textOf(entry.path)}): ${problem}`

function configOf(entry: Mapping): string {
  const lines = [
    ...(entry.patch === undefined ? [] : [`patch: ${textOf(entry.patch)}`]),
    ...(entry.path === undefined ? [] : [`path: ${textOf(entry.path)}`]),
    ...(isMapping(entry.target)
      ? ['target:', ...Object.entries(entry.target).map(([key, value]) => `  ${key}: ${textOf(value)}`)]
      : []),
  ]
  return lines.join('\n')
}

function parsed(text: string, entry: Mapping): Patch {
  const target = isMapping(entry.target) ? entry.target : undefined
  const shared = { target, options: mappingOf(entry.options) }
  const value = parseAny(text)
  if (Array.isArray(value) && value.every(isMapping)) {
    if (!target) throw new KubectlError(`must specify a target for JSON patch [patch: ${JSON.stringify(text)}]`)
    return { ...shared, strategic: [], operations: value }
  }
  const objects = isMapping(value) || text.includes('\n---') ? objectsOf(text) : []
  if (objects.length === 0)
    throw new KubectlError(
      `trouble configuring builtin PatchTransformer with config: \`\n${configOf(entry)}\n\`: unable to parse SM or JSON patch from [patch: ${JSON.stringify(text)}]`,
    )
  return { ...shared, strategic: objects, operations: [] }
}

function parseAny(text: string): Json | undefined {
  try {
    return parseYaml(text)
  } catch {
    return undefined
  }
}

function objectsOf(text: string): readonly Mapping[] {
  return documentsOf(text, 'patch').flatMap((document) => {
    const problem: unknown = document
    if (problem instanceof Error) throw problem
    return isMapping(document as Json) ? [document as Mapping] : []
  })
}

function applyPatch(resources: readonly Resource[], patch: Patch): readonly Resource[] {
  if (patch.operations.length > 0) {
    for (const resource of resources.filter((one) => patch.target !== undefined && selects(patch.target, one)))
      keepIdentity(resource, applyJsonPatch(resource.object, patch.operations), patch.options)
    return resources
  }
  let result = resources
  for (const object of patch.strategic) result = applyStrategic(result, object, patch)
  return result
}

function applyStrategic(resources: readonly Resource[], object: Mapping, patch: Patch): readonly Resource[] {
  const { target } = patch
  const matched = target ? resources.filter((one) => selects(target, one)) : [named(resources, object)]
  const gone = new Set<Resource>()
  for (const resource of matched) {
    const merged = strategicMerge(resource.object, object)
    if (merged === undefined) gone.add(resource)
    else keepIdentity(resource, merged, patch.options)
  }
  return resources.filter((resource) => !gone.has(resource))
}

/** The one resource that a patch without a target names. */
function named(resources: readonly Resource[], object: Mapping): Resource {
  const [group = '', version] = textOf(object.apiVersion).split('/')
  const gvk = { kind: textOf(object.kind), group: version === undefined ? '' : group, version: version ?? group }
  const metadata = mappingOf(object.metadata)
  const [name, namespace] = [textOf(metadata.name), textOf(metadata.namespace)]
  const found = resources.find(
    (one) =>
      one.kind === gvk.kind &&
      one.group === gvk.group &&
      one.version === gvk.version &&
      one.names.includes(name) &&
      (namespace === '' || namespace === one.namespace || namespace === one.originalNamespace),
  )
  if (found) return found
  const id = idText(gvk, name, namespace)
  throw new KubectlError(
    `no resource matches strategic merge patch "${id}": no matches for Id ${id}; failed to find unique target for patch ${id}`,
  )
}

/** A patch does not rename and does not change kinds unless its options say so. */
function keepIdentity(resource: Resource, object: Mapping, options: Mapping): void {
  const { name, namespace } = mappingOf(resource.object.metadata)
  const metadata = {
    ...mappingOf(object.metadata),
    ...(options.allowNameChange !== true && name !== undefined && { name }),
    ...(namespace !== undefined && { namespace }),
  }
  resource.object = {
    ...object,
    ...(options.allowKindChange !== true && { apiVersion: resource.object.apiVersion ?? '', kind: resource.kind }),
    metadata,
  }
}
