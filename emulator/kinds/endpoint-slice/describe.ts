import type { DescribeContext } from '../../api/kind.ts'
import type { Endpoint, EndpointSlice } from '../../generated/types.ts'
import { eventLines } from '../describe/events.ts'
import { annotationLines, indent, labelLines, nameLines } from '../describe/lines.ts'

/** `kubectl describe endpointslice` (upstream: k8s.io/kubectl/pkg/describe/describe.go describeEndpointSliceV1). */
export function describeEndpointSlice(slice: EndpointSlice, context: DescribeContext): readonly string[] {
  const { metadata, addressType } = slice
  const ports = (slice.ports ?? []).map(
    ({ name, port, protocol }) => `${name || '<unset>'}\t${port ?? '<unset>'}\t${protocol ?? ''}`,
  )
  const endpoints = (slice.endpoints ?? []).flatMap(endpointLines)
  return [
    ...nameLines(slice),
    ...labelLines('Labels', metadata?.labels),
    ...annotationLines('Annotations', metadata?.annotations),
    `AddressType:\t${addressType}`,
    ...(ports.length === 0
      ? ['Ports: <unset>']
      : ['Ports:', ...indent(1, ['Name\tPort\tProtocol', '----\t----\t--------', ...ports])]),
    ...(endpoints.length === 0 ? ['Endpoints: <none>'] : ['Endpoints:', ...indent(1, endpoints)]),
    ...eventLines('EndpointSlice', slice, context),
  ]
}

function endpointLines({
  addresses,
  conditions,
  hostname,
  targetRef,
  nodeName,
  zone,
  deprecatedTopology,
}: Endpoint): readonly string[] {
  const topology = Object.entries(deprecatedTopology ?? {}).map(([key, value]) => `${key}: ${value}`)
  return [
    `- Addresses:\t${addresses.join(', ') || '<none>'}`,
    ...indent(1, [
      'Conditions:',
      `  Ready:\t${conditions?.ready ?? '<unset>'}`,
      `Hostname:\t${hostname ?? '<unset>'}`,
      ...(targetRef ? [`TargetRef:\t${targetRef.kind ?? ''}/${targetRef.name ?? ''}`] : []),
      `NodeName:\t${nodeName ?? '<unset>'}`,
      `Zone:\t${zone ?? '<unset>'}`,
      ...(topology.length === 0 ? [] : ['Topology:', ...indent(1, topology)]),
    ]),
  ]
}
