import { ageColumn } from '../api/age.ts'
import { type DescribeContext, defineKind } from '../api/kind.ts'
import type { CSINode } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { eventLines } from './describe/events.ts'
import { annotationLines, indent, labelLines } from './describe/lines.ts'
import { rfc1123 } from './format/time.ts'

export const csiNode = defineKind<CSINode>({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'CSINode',
  plural: 'csinodes',
  singular: 'csinode',
  scope: 'Cluster',
  schema: 'CSINode',
  strategy: { bumpsGeneration: () => false },
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
    ...(drivers.length === 0 ? [] : ['  Drivers:', ...indent(2, drivers)]),
    ...eventLines('CSINode', object, context),
  ]
}
