import { ageColumn } from '../api/age.ts'
import { type FieldError, field } from '../api/field.ts'
import { defineKind } from '../api/kind.ts'
import { dns1123LabelErrors } from '../api/names.ts'
import type { RuntimeClass } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { describeGeneric } from './describe/generic.ts'
import { resourceErrors } from './pod/validate-resources.ts'
import { tolerationsErrors } from './pod/validate-tolerations.ts'
import { labelErrors, nameErrors } from './validation/names.ts'

export const runtimeClass = defineKind<RuntimeClass>({
  group: 'node.k8s.io',
  version: 'v1',
  kind: 'RuntimeClass',
  plural: 'runtimeclasses',
  singular: 'runtimeclass',
  scope: 'Cluster',
  schema: 'RuntimeClass',
  validate: validateRuntimeClass,
  columns: [nameColumn, { name: 'Handler', cell: ({ handler }) => handler }, ageColumn],
  describe: (object, context) => describeGeneric('RuntimeClass', object, context),
})

/** Upstream: pkg/apis/node/validation ValidateRuntimeClass and its update. */
function validateRuntimeClass(
  { handler, overhead, scheduling }: RuntimeClass,
  old: RuntimeClass | undefined,
): readonly FieldError[] {
  const { nodeSelector, tolerations } = scheduling ?? {}
  return [
    ...nameErrors('handler', handler ?? '', dns1123LabelErrors),
    ...(overhead ? resourceErrors('overhead', { limits: overhead.podFixed ?? {} }) : []),
    ...labelErrors('scheduling.nodeSelector', nodeSelector),
    ...tolerationsErrors('scheduling.tolerations', tolerations),
    ...(old && old.handler !== handler ? [field.invalid('handler', handler, 'field is immutable')] : []),
  ]
}
