import type { DescribeContext } from '../../api/kind.ts'
import type { EndpointAddress, EndpointSubset, Endpoints } from '../../generated/types.ts'
import { eventLines } from '../describe/events.ts'
import { annotationLines, indent, labelLines, nameLines } from '../describe/lines.ts'

/** `kubectl describe endpoints` (upstream: k8s.io/kubectl/pkg/describe/describe.go describeEndpoints). */
export function describeEndpoints(object: Endpoints, context: DescribeContext): readonly string[] {
  const { metadata, subsets = [] } = object
  return [
    ...nameLines(object),
    ...labelLines('Labels', metadata?.labels),
    ...annotationLines('Annotations', metadata?.annotations),
    'Subsets:',
    ...subsets.flatMap((subset) => [...indent(1, subsetLines(subset)), '']),
    ...eventLines('Endpoints', object, context),
  ]
}

function subsetLines({ addresses, notReadyAddresses, ports = [] }: EndpointSubset): readonly string[] {
  const rows = ports.map(({ name, port, protocol }) => `${name || '<unset>'}\t${port}\t${protocol ?? ''}`)
  return [
    `Addresses:\t${addressesText(addresses)}`,
    `NotReadyAddresses:\t${addressesText(notReadyAddresses)}`,
    ...(rows.length === 0 ? [] : ['Ports:', ...indent(1, ['Name\tPort\tProtocol', '----\t----\t--------', ...rows])]),
  ]
}

const addressesText = (addresses: readonly EndpointAddress[] = []): string =>
  addresses.map(({ ip }) => ip).join(',') || '<none>'
