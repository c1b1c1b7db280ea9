import { ageColumn } from '../../api/age.ts'
import type { Column } from '../../api/kind.ts'
import type { Pod } from '../../generated/types.ts'
import { nameColumn } from '../columns.ts'
import { restartsText, summarizePod } from './status-text.ts'

/** Columns of `get pods` (upstream: pkg/printers/internalversion/printers.go printPod). */
export const podColumns: readonly Column<Pod>[] = [
  nameColumn,
  {
    name: 'Ready',
    cell: (pod) => {
      const { ready, total } = summarizePod(pod)
      return `${ready}/${total}`
    },
  },
  { name: 'Status', cell: (pod) => summarizePod(pod).status },
  { name: 'Restarts', cell: (pod, { now }) => restartsText(summarizePod(pod), now) },
  ageColumn,
  { name: 'IP', wide: true, cell: ({ status }) => status?.podIPs?.[0]?.ip || '<none>' },
  { name: 'Node', wide: true, cell: ({ spec }) => spec?.nodeName || '<none>' },
  { name: 'Nominated Node', wide: true, cell: ({ status }) => status?.nominatedNodeName || '<none>' },
  { name: 'Readiness Gates', wide: true, cell: readinessGates },
]

function readinessGates({ spec, status }: Pod): string {
  const gates = spec?.readinessGates ?? []
  if (gates.length === 0) return '<none>'
  const passed = gates.filter(({ conditionType }) =>
    status?.conditions?.some((condition) => condition.type === conditionType && condition.status === 'True'),
  )
  return `${passed.length}/${gates.length}`
}
