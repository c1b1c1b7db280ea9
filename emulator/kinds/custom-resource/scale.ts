import { internalError } from '../../api/errors.ts'
import type { KindDefinition } from '../../api/kind.ts'
import type { CustomResourceSubresourceScale } from '../../generated/types.ts'
import { namesIn, valueIn, withValueIn } from './paths.ts'

/** The scale subresource over the fields that the definition names (upstream: registry/customresource/etcd.go, ScaleREST). */
export function scaleOf(definition: CustomResourceSubresourceScale): NonNullable<KindDefinition['scale']> {
  const spec = namesIn(definition.specReplicasPath)
  const status = namesIn(definition.statusReplicasPath)
  const selector = definition.labelSelectorPath ? namesIn(definition.labelSelectorPath) : undefined
  return {
    replicas(object) {
      const value = valueIn(object, spec)
      if (typeof value !== 'number')
        throw internalError(`the spec replicas field ${JSON.stringify(definition.specReplicasPath)} does not exist`)
      return value
    },
    withReplicas: (object, replicas) => withValueIn(object, spec, replicas),
    statusReplicas: (object) => Number(valueIn(object, status) ?? 0),
    selector: (object) => (selector ? String(valueIn(object, selector) ?? '') : ''),
  }
}
