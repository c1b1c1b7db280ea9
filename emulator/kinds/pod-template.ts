import { defineKind } from '../api/kind.ts'
import type { PodTemplate } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { describeGeneric } from './describe/generic.ts'
import { formatLabels } from './format/labels.ts'
import { defaultPodTemplate } from './pod/defaults.ts'
import { podTemplateErrors } from './pod/validate.ts'

export const podTemplate = defineKind<PodTemplate>({
  group: '',
  version: 'v1',
  kind: 'PodTemplate',
  plural: 'podtemplates',
  singular: 'podtemplate',
  scope: 'Namespaced',
  schema: 'PodTemplate',
  default: (object) => ({ ...object, template: defaultPodTemplate(object.template ?? {}) }),
  strategy: {
    prepareForCreate: (object) => ({ ...object, metadata: { ...object.metadata, generation: 1 } }),
    bumpsGeneration: (object, old) => JSON.stringify(object.template) !== JSON.stringify(old.template),
  },
  validate: ({ template }) => podTemplateErrors('template', template ?? {}),
  columns: [
    nameColumn,
    {
      name: 'Containers',
      cell: ({ template }) => (template?.spec?.containers ?? []).map(({ name }) => name).join(','),
    },
    {
      name: 'Images',
      cell: ({ template }) => (template?.spec?.containers ?? []).map(({ image }) => image ?? '').join(','),
    },
    { name: 'Pod Labels', cell: ({ template }) => formatLabels(template?.metadata?.labels) },
  ],
  describe: (object, context) => describeGeneric('PodTemplate', object, context),
})
