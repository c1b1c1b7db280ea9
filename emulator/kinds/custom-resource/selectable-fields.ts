import type { SelectableField } from '../../api/kind.ts'
import type { KubeObject } from '../../api/types.ts'
import type { CustomResourceDefinitionVersion } from '../../generated/types.ts'
import { namesIn, valueIn } from './paths.ts'

/** What `--field-selector` accepts beyond name and namespace. */
export function selectableFieldsOf({ selectableFields = [] }: CustomResourceDefinitionVersion): {
  readonly [path: string]: SelectableField<KubeObject>
} {
  return Object.fromEntries(
    selectableFields.map(({ jsonPath }) => {
      const names = namesIn(jsonPath)
      return [names.join('.'), (object: KubeObject) => String(valueIn(object, names) ?? '')]
    }),
  )
}
