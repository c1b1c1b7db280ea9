import { jsonEqual } from '../../api/json.ts'
import type { KindDefinition } from '../../api/kind.ts'
import type { KubeObject } from '../../api/types.ts'

/**
 * Custom resources start at generation 1 and count every change outside of metadata, and outside of status where that
 * is a subresource (upstream: registry/customresource/strategy.go).
 */
export function customStrategy(hasStatus: boolean): NonNullable<KindDefinition['strategy']> {
  const content = (object: KubeObject) => {
    const { metadata: _metadata, status, ...rest } = object as KubeObject & { readonly status?: unknown }
    return hasStatus ? rest : { ...rest, status }
  }
  return {
    plainFinalizers: true,
    prepareForCreate(object) {
      const { status: _status, ...rest } = object as KubeObject & { readonly status?: unknown }
      const kept: KubeObject = hasStatus ? rest : object
      return { ...kept, metadata: { ...kept.metadata, generation: 1 } }
    },
    bumpsGeneration: (object, old) => !jsonEqual(content(object), content(old)),
  }
}
