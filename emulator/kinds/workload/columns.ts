import type { Column } from '../../api/kind.ts'
import type { KubeObject } from '../../api/types.ts'
import type { LabelSelector, PodTemplateSpec } from '../../generated/types.ts'
import { labelSelectorText } from '../format/labels.ts'

interface Workload extends KubeObject {
  readonly spec?: { readonly selector?: LabelSelector; readonly template?: PodTemplateSpec }
}

/** The wide columns of everything that has a Pod template. */
export const templateColumns: readonly Column<Workload>[] = [
  {
    name: 'Containers',
    wide: true,
    cell: ({ spec }) =>
      containers(spec?.template)
        .map(({ name }) => name)
        .join(','),
  },
  {
    name: 'Images',
    wide: true,
    cell: ({ spec }) =>
      containers(spec?.template)
        .map(({ image }) => image ?? '')
        .join(','),
  },
  { name: 'Selector', wide: true, cell: ({ spec }) => labelSelectorText(spec?.selector) },
]

const containers = (template: PodTemplateSpec | undefined) => template?.spec?.containers ?? []
