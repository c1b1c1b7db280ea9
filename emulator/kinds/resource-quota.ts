import { ageColumn } from '../api/age.ts'
import { defineKind } from '../api/kind.ts'
import { canonicalQuantities } from '../api/quantity.ts'
import type { ResourceQuota } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { byBytes } from './format/labels.ts'
import { describeResourceQuota } from './resource-quota/describe.ts'
import { validateResourceQuota } from './resource-quota/validate.ts'

export const resourceQuota = defineKind<ResourceQuota>({
  group: '',
  version: 'v1',
  kind: 'ResourceQuota',
  plural: 'resourcequotas',
  singular: 'resourcequota',
  shortNames: ['quota'],
  scope: 'Namespaced',
  subresources: ['status'],
  schema: 'ResourceQuota',
  default: (object) => ({
    ...object,
    spec: { ...object.spec, ...(object.spec?.hard && { hard: canonicalQuantities(object.spec.hard) }) },
  }),
  strategy: { prepareForCreate: (object) => ({ ...object, status: {} }), bumpsGeneration: () => false },
  validate: validateResourceQuota,
  columns: [
    nameColumn,
    { name: 'Request', cell: (object) => amountsText(object, (name) => !name.startsWith('limits.')) },
    { name: 'Limit', cell: (object) => amountsText(object, (name) => name.startsWith('limits.')) },
    ageColumn,
  ],
  describe: describeResourceQuota,
})

/** `pods: 2/10, requests.cpu: 200m/1` (upstream: printers.go printResourceQuota). */
function amountsText({ status }: ResourceQuota, wanted: (resource: string) => boolean): string {
  return Object.entries(status?.hard ?? {})
    .filter(([name]) => wanted(name))
    .sort(([a], [b]) => byBytes(a, b))
    .map(([name, hard]) => `${name}: ${status?.used?.[name] ?? '0'}/${hard}`)
    .join(', ')
}
