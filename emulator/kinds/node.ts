import { ageColumn } from '../api/age.ts'
import { defineKind } from '../api/kind.ts'
import type { Node } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { describeNode } from './node/describe.ts'
import { nodeRoles } from './node/roles.ts'
import { validateNode } from './node/validate.ts'

export const node = defineKind<Node>({
  group: '',
  version: 'v1',
  kind: 'Node',
  plural: 'nodes',
  singular: 'node',
  shortNames: ['no'],
  scope: 'Cluster',
  subresources: ['status'],
  schema: 'Node',
  validate: validateNode,
  strategy: { bumpsGeneration: () => false },
  columns: [
    nameColumn,
    { name: 'Status', cell: nodeStatus },
    { name: 'Roles', cell: (object) => nodeRoles(object).join(',') || '<none>' },
    ageColumn,
    { name: 'Version', cell: ({ status }) => status?.nodeInfo?.kubeletVersion ?? '' },
    { name: 'Internal-IP', wide: true, cell: (object) => addressOf(object, 'InternalIP') },
    { name: 'External-IP', wide: true, cell: (object) => addressOf(object, 'ExternalIP') },
    { name: 'OS-Image', wide: true, cell: ({ status }) => status?.nodeInfo?.osImage || '<unknown>' },
    { name: 'Kernel-Version', wide: true, cell: kernel },
    {
      name: 'Container-Runtime',
      wide: true,
      cell: ({ status }) => status?.nodeInfo?.containerRuntimeVersion || '<unknown>',
    },
  ],
  selectableFields: { 'spec.unschedulable': ({ spec }) => String(spec?.unschedulable ?? false) },
  describe: describeNode,
})

function nodeStatus({ spec, status }: Node): string {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready')
  const state = ready ? (ready.status === 'True' ? 'Ready' : 'NotReady') : 'Unknown'
  return spec?.unschedulable ? `${state},SchedulingDisabled` : state
}

const addressOf = ({ status }: Node, wanted: string): string =>
  status?.addresses?.find(({ type }) => type === wanted)?.address || '<none>'

/** Since 1.36 the architecture follows the kernel's version. */
function kernel({ status }: Node): string {
  const { kernelVersion, architecture } = status?.nodeInfo ?? {}
  if (!kernelVersion) return '<unknown>'
  return architecture ? `${kernelVersion} (${architecture})` : kernelVersion
}
