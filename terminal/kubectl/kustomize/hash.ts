import { createHash } from 'node:crypto'
import { goJson } from '../print/go-json.ts'
import type { Resource } from './resource.ts'
import { mappingOf } from './values.ts'

const LETTERS: { readonly [digit: string]: string } = { '0': 'g', '1': 'h', '3': 'k', a: 'm', e: 't' }

/** Ten letters that change with the content of a ConfigMap or Secret (upstream: kustomize/api/internal/hasher). */
export function contentHash({ object, kind }: Resource): string {
  const { data, binaryData, stringData, type } = object
  const encoded = goJson({
    ...(kind === 'ConfigMap' && binaryData !== undefined && { binaryData }),
    data: data ?? '',
    kind,
    // Upstream looks the name up where it is not.
    name: '',
    ...(kind === 'Secret' && { type: type ?? '' }),
    ...(kind === 'Secret' && stringData !== undefined && { stringData: mappingOf(stringData) }),
  })
  return hashOf(encoded)
}

/** Ten letters for a text; neither vowels nor digits that look like letters. */
export function hashOf(encoded: string): string {
  const hex = createHash('sha256').update(encoded).digest('hex').slice(0, 10)
  return hex.replace(/[013ae]/g, (c) => LETTERS[c] ?? c)
}
