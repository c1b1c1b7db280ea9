/** `--overrides` of run and expose (upstream: kubectl/pkg/cmd/util/override_options.go). */
import type { JsonValue, KubeObject } from '../../../emulator/index.ts'
import type { Invocation } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { applyJsonPatch } from '../kustomize/json-patch.ts'
import { strategicMerge } from '../kustomize/strategic-merge.ts'
import { isMapping, type Mapping } from '../kustomize/values.ts'
import { typedZeros } from '../print/typed-zeros.ts'
import type { Json } from '../yaml/parse.ts'
import { mergePatch } from './merge-patch.ts'

type Fields = { readonly [field: string]: JsonValue }

/** The generated object with what the learner lays over it. Throws KubectlError. */
export function overridden({ flags }: Invocation, object: Fields): Fields {
  const text = flags.optional('overrides')
  if (text === undefined) return object
  const changed = applied(object as Mapping, parsed(text), flags.string('override-type'))
  if (changed.kind !== object.kind || changed.apiVersion !== object.apiVersion)
    throw new KubectlError(
      `no kind ${JSON.stringify(changed.kind ?? '')} is registered for version ${JSON.stringify(changed.apiVersion ?? '')} in scheme "pkg/scheme/scheme.go:28"`,
    )
  return typedZeros(changed as KubeObject) as object as Fields
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    throw new KubectlError('Invalid JSON Patch')
  }
}

function applied(object: Mapping, patch: Json, type: string): Mapping {
  switch (type) {
    case 'json':
      if (Array.isArray(patch) && patch.every(isMapping)) return applyJsonPatch(object, patch)
      throw new KubectlError('json: cannot unmarshal object into Go value of type jsonpatch.Patch')
    case 'strategic':
      return (isMapping(patch) && strategicMerge(object, patch, false)) || {}
    case 'merge':
      return mergePatch(object as JsonValue, patch as JsonValue) as Mapping
    default:
      throw new KubectlError(`invalid override type: ${type}`)
  }
}
