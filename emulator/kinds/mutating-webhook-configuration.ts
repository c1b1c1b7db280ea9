import { ageColumn } from '../api/age.ts'
import { defineKind } from '../api/kind.ts'
import type { MutatingWebhookConfiguration } from '../generated/types.ts'
import { defaultWebhook } from './admission/defaults.ts'
import { webhookErrors } from './admission/validate.ts'
import { nameColumn } from './columns.ts'
import { describeGeneric } from './describe/generic.ts'

/** Its webhooks are called in emulator/admission. */
export const mutatingWebhookConfiguration = defineKind<MutatingWebhookConfiguration>({
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  kind: 'MutatingWebhookConfiguration',
  plural: 'mutatingwebhookconfigurations',
  singular: 'mutatingwebhookconfiguration',
  categories: ['api-extensions'],
  scope: 'Cluster',
  schema: 'MutatingWebhookConfiguration',
  default: ({ webhooks, ...object }) => ({
    ...object,
    ...(webhooks && { webhooks: webhooks.map((each) => defaultWebhook({ reinvocationPolicy: 'Never', ...each })) }),
  }),
  strategy: {
    prepareForCreate: (object) => ({ ...object, metadata: { ...object.metadata, generation: 1 } }),
    bumpsGeneration: (object, old) => JSON.stringify(object.webhooks) !== JSON.stringify(old.webhooks),
  },
  validate: ({ webhooks }) => webhookErrors(webhooks),
  columns: [
    nameColumn,
    { name: 'Webhooks', type: 'integer', cell: ({ webhooks }) => webhooks?.length ?? 0 },
    ageColumn,
  ],
  describe: (object, context) => describeGeneric('MutatingWebhookConfiguration', object, context),
})
