import { ageColumn } from '../../api/age.ts'
import type { Column } from '../../api/kind.ts'
import type { Service, ServicePort } from '../../generated/types.ts'
import { nameColumn } from '../columns.ts'
import { byBytes, formatLabels } from '../format/labels.ts'

/** Columns of `get services` (upstream: pkg/printers/internalversion/printers.go printService). */
export const serviceColumns: readonly Column<Service>[] = [
  nameColumn,
  { name: 'Type', cell: ({ spec }) => spec?.type ?? '' },
  { name: 'Cluster-IP', cell: ({ spec }) => spec?.clusterIPs?.[0] ?? '<none>' },
  { name: 'External-IP', cell: externalAddress },
  { name: 'Port(s)', cell: ({ spec }) => (spec?.ports ?? []).map(portText).join(',') || '<none>' },
  ageColumn,
  { name: 'Selector', wide: true, cell: ({ spec }) => formatLabels(spec?.selector) },
]

const portText = ({ port, nodePort, protocol }: ServicePort): string =>
  nodePort ? `${port}:${nodePort}/${protocol}` : `${port}/${protocol}`

function externalAddress({ spec, status }: Service): string {
  const externalIPs = spec?.externalIPs ?? []
  switch (spec?.type) {
    case 'ClusterIP':
    case 'NodePort':
      return externalIPs.join(',') || '<none>'
    case 'LoadBalancer': {
      const given = (status?.loadBalancer?.ingress ?? []).map(({ ip, hostname }) => ip || hostname || '')
      const addresses = [...new Set(given.filter((address) => address !== ''))].sort(byBytes)
      return [...addresses, ...externalIPs].join(',') || '<pending>'
    }
    case 'ExternalName':
      return spec.externalName ?? ''
    default:
      return '<unknown>'
  }
}
