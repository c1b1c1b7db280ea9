import { type FieldError, field } from '../../api/field.ts'
import { listTypeErrors } from '../../api/structural/list-types.ts'
import { ruleErrors } from '../../api/structural/rules.ts'
import type { Schema } from '../../api/structural/schema.ts'
import { schemaErrors } from '../../api/structural/validate.ts'
import type { KubeObject } from '../../api/types.ts'
import type { CustomResourceSubresourceScale } from '../../generated/types.ts'
import { namesIn, valueIn } from './paths.ts'

/** Errors after which rules say nothing of use (upstream: strategy.go, hasBlockingErr). */
const BLOCKING: readonly FieldError['type'][] = ['Required', 'TooLong', 'TooMany', 'TypeInvalid']

/** Everything wrong with a custom resource (upstream: registry/customresource/strategy.go, Validate and ValidateUpdate). */
export function validateCustom(
  schema: Schema,
  scale: CustomResourceSubresourceScale | undefined,
  object: KubeObject,
  old: KubeObject | undefined,
): readonly FieldError[] {
  const { metadata: _metadata, ...content } = object
  const { metadata: _old, ...before } = old ?? {}
  const errors = [
    ...schemaErrors(schema, content, '', old && { value: before }),
    ...(scale ? scaleErrors(scale, object) : []),
    ...listTypeErrors(schema, content),
  ]
  if (errors.some(({ type }) => BLOCKING.includes(type)))
    return [
      ...errors,
      field.invalid(
        '<nil>',
        null,
        'some validation rules were not checked because the object was invalid; correct the existing errors to complete validation',
      ),
    ]
  return [...errors, ...ruleErrors(schema, object, old)]
}

function scaleErrors(scale: CustomResourceSubresourceScale, object: KubeObject): readonly FieldError[] {
  const checked = [scale.specReplicasPath, scale.statusReplicasPath]
  return checked.flatMap((path) => {
    const value = valueIn(object, namesIn(path))
    if (value === undefined) return []
    if (typeof value !== 'number') return [field.invalid(path, value, `should be a non-negative integer`)]
    if (value < 0) return [field.invalid(path, value, 'should be a non-negative integer')]
    return value > 2 ** 31 - 1 ? [field.invalid(path, value, `should be less than or equal to ${2 ** 31 - 1}`)] : []
  })
}
