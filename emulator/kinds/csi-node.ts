import { ageColumn } from '../api/age.ts'
import { type FieldError, field } from '../api/field.ts'
import { jsonEqual } from '../api/json.ts'
import { type DescribeContext, defineKind } from '../api/kind.ts'
import { qualifiedNameErrors } from '../api/names.ts'
import type { CSINode } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { eventLines } from './describe/events.ts'
import { annotationLines, indent, labelLines } from './describe/lines.ts'
import { rfc1123 } from './format/time.ts'
import { csiDriverNameErrors } from './storage/volume-sources.ts'
import { nameErrors } from './validation/names.ts'

export const csiNode = defineKind<CSINode>({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'CSINode',
  plural: 'csinodes',
  singular: 'csinode',
  scope: 'Cluster',
  schema: 'CSINode',
  strategy: { bumpsGeneration: () => false },
  validate: validateCSINode,
  columns: [
    nameColumn,
    { name: 'Drivers', type: 'integer', cell: ({ spec }) => spec?.drivers?.length ?? 0 },
    ageColumn,
  ],
  describe: describeCSINode,
})

/** `kubectl describe csinode` (upstream: k8s.io/kubectl/pkg/describe/describe.go describeCSINode). */
function describeCSINode(object: CSINode, context: DescribeContext): readonly string[] {
  const { metadata, spec } = object
  const drivers = (spec?.drivers ?? []).flatMap(({ name, nodeID, allocatable, topologyKeys }) => [
    `${name}:`,
    ...indent(1, [
      `Node ID:\t${nodeID}`,
      ...(allocatable?.count === undefined ? [] : ['Allocatables:', `  Count:\t${allocatable.count}`]),
      ...(topologyKeys ? [`Topology Keys:\t[${topologyKeys.join(' ')}]`] : []),
    ]),
  ])
  return [
    `Name:\t${metadata?.name ?? ''}`,
    ...labelLines('Labels', metadata?.labels),
    ...annotationLines('Annotations', metadata?.annotations),
    `CreationTimestamp:\t${rfc1123(metadata?.creationTimestamp)}`,
    'Spec:',
    '  Drivers:',
    ...indent(2, drivers),
    ...eventLines('CSINode', object, context),
  ]
}

const MAX_NODE_ID = 256

/** Upstream: pkg/apis/storage/validation ValidateCSINode and its update. */
function validateCSINode({ spec }: CSINode, old: CSINode | undefined): readonly FieldError[] {
  const drivers = spec?.drivers ?? []
  return [
    ...drivers.flatMap(({ name, nodeID = '', topologyKeys = [] }, index) => {
      const path = `spec.drivers[${index}]`
      return [
        ...csiDriverNameErrors(`${path}.name`, name),
        ...(nodeID === '' ? [field.required(`${path}.nodeID`, nodeID)] : []),
        ...(nodeID.length > MAX_NODE_ID
          ? [field.invalid(`${path}.nodeID`, nodeID, `must be ${MAX_NODE_ID} characters or less`)]
          : []),
        ...topologyKeys.flatMap((key, place) => [
          ...(topologyKeys.indexOf(key) < place ? [field.duplicate(`${path}.topologyKeys`, key)] : []),
          ...nameErrors(`${path}.topologyKeys`, key, qualifiedNameErrors),
        ]),
        ...(drivers.slice(0, index).some((other) => other.name === name)
          ? [field.duplicate(`${path}.name`, name)]
          : []),
      ]
    }),
    ...(old?.spec?.drivers ?? []).flatMap((before) => {
      const now = drivers.findIndex(({ name }) => name === before.name)
      const kept = now < 0 || jsonEqual(withoutCount(drivers[now]), withoutCount(before))
      return kept ? [] : [field.invalid(`spec.drivers[${now}]`, drivers[now], 'field is immutable')]
    }),
  ]
}

/** How many volumes a driver takes may change. */
function withoutCount(driver: NonNullable<CSINode['spec']>['drivers'][number] | undefined) {
  const { allocatable: _count, ...rest } = driver ?? {}
  return rest
}
