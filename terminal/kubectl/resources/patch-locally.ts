/** A patch without a server: `patch --local` and its dry run of the client (upstream: kubectl/pkg/cmd/patch/patch.go, getPatchedJSON). */
import type { JsonValue, KubeObject } from '../../../emulator/index.ts'
import type { Invocation } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { applyJsonPatch } from '../kustomize/json-patch.ts'
import { strategicMerge } from '../kustomize/strategic-merge.ts'
import { isMapping, type Mapping } from '../kustomize/values.ts'
import { asJson } from '../print/output.ts'
import type { Json } from '../yaml/parse.ts'
import type { Info } from './fetch.ts'
import { mergePatch } from './merge-patch.ts'

/** Throws KubectlError. */
export function patchedLocally(
  { context }: Invocation,
  { object, type }: Info,
  patch: Json,
  contentType: string,
): KubeObject {
  const from = asJson(object) as Mapping
  if (contentType.includes('json-patch')) return applied(from, patch)
  if (!isMapping(patch))
    throw new KubectlError(`json: cannot unmarshal ${nameOf(patch)} into Go value of type ${DETECTOR}`)
  if (contentType.includes('strategic')) {
    if (!context.cluster.kinds.some(({ group, kind }) => group === type.group && kind === type.kind))
      throw new KubectlError(
        `strategic merge patch is not supported for ${type.group}/${type.version}, Kind=${type.kind} locally, try --type merge`,
      )
    return (strategicMerge(from, patch, false) ?? {}) as KubeObject
  }
  return mergePatch(from as JsonValue, patch as JsonValue) as KubeObject
}

const DETECTOR = 'unstructured.detector'

function applied(from: Mapping, patch: Json): KubeObject {
  if (!Array.isArray(patch) || !patch.every(isMapping))
    throw new KubectlError(`json: cannot unmarshal ${nameOf(patch)} into Go value of type jsonpatch.Patch`)
  return applyJsonPatch(from, patch) as KubeObject
}

const nameOf = (value: Json): string =>
  Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : value === null ? 'null' : typeof value
