/** Field selectors: `metadata.name=web,status.phase!=Running` (upstream: apimachinery/pkg/fields). */
import { badRequest } from './errors.ts'
import type { KindDefinition, SelectableField } from './kind.ts'
import type { KubeObject } from './types.ts'

const COMMON: { readonly [path: string]: SelectableField<KubeObject> } = {
  'metadata.name': (object) => object.metadata?.name ?? '',
  'metadata.namespace': (object) => object.metadata?.namespace ?? '',
}

/** A predicate for the selector's text; throws BadRequest for what is not a selector or not selectable. */
export function fieldSelector(kind: KindDefinition, text: string): (object: KubeObject) => boolean {
  const terms = splitTerms(text).map((term) => parseTerm(kind, term))
  return (object) => terms.every(({ read, value, equal }) => (read(object) === value) === equal)
}

function parseTerm(
  kind: KindDefinition,
  term: string,
): { read: SelectableField<KubeObject>; value: string; equal: boolean } {
  const match = /^((?:[^=!\\]|\\.)*?)(==|!=|=)((?:[^\\]|\\[\\,=])*)$/s.exec(term)
  if (!match) throw badRequest(`invalid selector: '${term}'; can't understand '${term}'`)
  const path = match[1] ?? ''
  const read = lookup(kind, path)
  if (!read) throw badRequest(unknownField(kind, path))
  return { read, value: (match[3] ?? '').replace(/\\([\\,=])/g, '$1'), equal: match[2] !== '!=' }
}

function lookup(kind: KindDefinition, path: string): SelectableField<KubeObject> | undefined {
  if (Object.hasOwn(COMMON, path)) return COMMON[path]
  const own = kind.selectableFields
  return own && Object.hasOwn(own, path) ? own[path] : undefined
}

/** Kinds with selectable fields of their own word this differently from those with the default conversion. */
function unknownField(kind: KindDefinition, path: string): string {
  return kind.selectableFields
    ? `field label not supported: ${path}`
    : `"${path}" is not a known field selector: only "metadata.name", "metadata.namespace"`
}

/** Splits at commas that no backslash escapes. */
function splitTerms(text: string): readonly string[] {
  return [...text.matchAll(/(?:[^,\\]|\\.|\\$)+/gs)].map((match) => match[0])
}
