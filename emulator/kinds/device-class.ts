import { ageColumn } from '../api/age.ts'
import { defineKind } from '../api/kind.ts'
import type { DeviceClass } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { describeGeneric } from './describe/generic.ts'

/** Kept and shown; no driver allocates devices here. */
export const deviceClass = defineKind<DeviceClass>({
  group: 'resource.k8s.io',
  version: 'v1',
  kind: 'DeviceClass',
  plural: 'deviceclasses',
  singular: 'deviceclass',
  scope: 'Cluster',
  schema: 'DeviceClass',
  columns: [nameColumn, ageColumn],
  describe: (object, context) => describeGeneric('DeviceClass', object, context),
})
