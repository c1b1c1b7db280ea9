import { ageColumn } from '../api/age.ts'
import { type FieldError, field } from '../api/field.ts'
import { jsonEqual } from '../api/json.ts'
import { defineKind } from '../api/kind.ts'
import type { CSIDriver } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { describeGeneric } from './describe/generic.ts'
import { csiDriverNameErrors } from './storage/volume-sources.ts'

export const csiDriver = defineKind<CSIDriver>({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'CSIDriver',
  plural: 'csidrivers',
  singular: 'csidriver',
  scope: 'Cluster',
  schema: 'CSIDriver',
  // Upstream: pkg/apis/storage/v1/defaults.go SetDefaults_CSIDriver.
  default: ({ spec, ...object }) => ({
    ...object,
    spec: {
      ...spec,
      attachRequired: spec?.attachRequired ?? true,
      fsGroupPolicy: spec?.fsGroupPolicy ?? 'ReadWriteOnceWithFSType',
      podInfoOnMount: spec?.podInfoOnMount ?? false,
      requiresRepublish: spec?.requiresRepublish ?? false,
      seLinuxMount: spec?.seLinuxMount ?? false,
      storageCapacity: spec?.storageCapacity ?? false,
      volumeLifecycleModes: spec?.volumeLifecycleModes?.length ? spec.volumeLifecycleModes : ['Persistent'],
    },
  }),
  strategy: { validateName: driverNameErrors },
  validate: validateCSIDriver,
  columns: [
    nameColumn,
    { name: 'AttachRequired', cell: ({ spec }) => String(spec.attachRequired ?? true) },
    { name: 'PodInfoOnMount', cell: ({ spec }) => String(spec.podInfoOnMount ?? false) },
    { name: 'StorageCapacity', cell: ({ spec }) => String(spec.storageCapacity ?? false) },
    {
      name: 'TokenRequests',
      cell: ({ spec }) => spec.tokenRequests?.map(({ audience }) => audience).join(',') ?? '<unset>',
    },
    { name: 'RequiresRepublish', cell: ({ spec }) => String(spec.requiresRepublish ?? false) },
    { name: 'Modes', cell: ({ spec }) => spec.volumeLifecycleModes?.join(',') || '<none>' },
    ageColumn,
  ],
  describe: (object, context) => describeGeneric('CSIDriver', object, context),
})

const POLICIES = ['File', 'None', 'ReadWriteOnceWithFSType']
const MODES = ['Ephemeral', 'Persistent']
const MIN_SECONDS = 600

/** A driver's name is no longer than a label's (upstream: ValidateCSIDriverName). */
function driverNameErrors(name: string): readonly string[] {
  return csiDriverNameErrors('', name).map(({ detail }) => detail)
}

/** Upstream: pkg/apis/storage/validation ValidateCSIDriver and its update. */
function validateCSIDriver({ spec }: CSIDriver, old: CSIDriver | undefined): readonly FieldError[] {
  const { fsGroupPolicy: policy, tokenRequests = [], volumeLifecycleModes: modes = [], requiresRepublish } = spec
  const audiences = tokenRequests.map(({ audience }) => audience)
  return [
    ...(policy !== undefined && !POLICIES.includes(policy)
      ? [field.notSupported('spec.fsGroupPolicy', policy, POLICIES)]
      : []),
    ...tokenRequests.flatMap(({ audience, expirationSeconds: seconds }, index) => [
      ...(audiences.indexOf(audience) < index
        ? [field.duplicate(`spec.tokenRequests[${index}].audience`, audience)]
        : []),
      ...(seconds !== undefined && seconds < MIN_SECONDS
        ? [
            field.invalid(
              `spec.tokenRequests[${index}].expirationSeconds`,
              seconds,
              'may not specify a duration less than 10 minutes',
            ),
          ]
        : []),
      ...(seconds !== undefined && seconds > 2 ** 32
        ? [
            field.invalid(
              `spec.tokenRequests[${index}].expirationSeconds`,
              seconds,
              'may not specify a duration larger than 2^32 seconds',
            ),
          ]
        : []),
    ]),
    ...(requiresRepublish === undefined && tokenRequests.length > 0 ? [field.required('spec.requiresRepublish')] : []),
    ...modes.flatMap((mode) =>
      MODES.includes(mode) ? [] : [field.notSupported('spec.volumeLifecycleModes', mode, MODES)],
    ),
    ...(old && old.spec.attachRequired !== spec.attachRequired
      ? [field.invalid('spec.attachedRequired', spec.attachRequired, 'field is immutable')]
      : []),
    ...(old && !jsonEqual(old.spec.volumeLifecycleModes, modes)
      ? [field.invalid('spec.volumeLifecycleModes', modes, 'field is immutable')]
      : []),
  ]
}
