import type { SelectableField } from '../../api/kind.ts'
import type { KubeObject } from '../../api/types.ts'
import type { CustomResourceDefinitionVersion } from '../../generated/types.ts'
import { namesIn, valueIn } from './paths.ts'

/** What `--field-selector` accepts beyond name and namespace; undefined where the version names nothing. */
export function selectableFieldsOf({
  selectableFields,
}: CustomResourceDefinitionVersion): { readonly [path: string]: SelectableField<KubeObject> } | undefined {
  if (!selectableFields?.length) return undefined
  return Object.fromEntries(
    selectableFields.map(({ jsonPath }) => {
      const names = namesIn(jsonPath)
      return [names.join('.'), (object: KubeObject) => String(valueIn(object, names) ?? '')]
    }),
  )
}
