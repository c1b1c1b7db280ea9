import type { DescribeContext } from '../../api/kind.ts'
import type { EndpointSlice, LoadBalancerIngress, Service, ServicePort } from '../../generated/types.ts'
import { eventLines } from '../describe/events.ts'
import { annotationLines, labelLines, nameLines } from '../describe/lines.ts'
import { joinHostPort } from '../format/address.ts'
import { formatLabels } from '../format/labels.ts'

/** `kubectl describe service` (upstream: k8s.io/kubectl/pkg/describe/describe.go describeService). */
export function describeService(service: Service, context: DescribeContext): readonly string[] {
  const { metadata, spec = {}, status } = service
  const slices = context.list<EndpointSlice>('endpointslices.discovery.k8s.io', {
    namespace: metadata?.namespace ?? '',
    labels: `kubernetes.io/service-name=${metadata?.name ?? ''}`,
  })
  const line = (title: string, value: string | number | undefined): readonly string[] =>
    value === undefined || value === '' || value === 0 ? [] : [`${title}:\t${value}`]
  return [
    ...nameLines(service),
    ...labelLines('Labels', metadata?.labels),
    ...annotationLines('Annotations', metadata?.annotations),
    `Selector:\t${formatLabels(spec.selector)}`,
    `Type:\t${spec.type ?? ''}`,
    ...line('IP Family Policy', spec.ipFamilyPolicy),
    `IP Families:\t${spec.ipFamilies?.join(',') || '<none>'}`,
    `IP:\t${spec.clusterIP ?? ''}`,
    `IPs:\t${spec.clusterIPs?.join(',') || '<none>'}`,
    ...line('External IPs', spec.externalIPs?.join(',')),
    ...line('Desired LoadBalancer IP', spec.loadBalancerIP),
    ...line('External Name', spec.externalName),
    ...line('LoadBalancer Ingress', (status?.loadBalancer?.ingress ?? []).map(ingressText).join(', ')),
    ...(spec.ports ?? []).flatMap((port) => portLines(port, slices)),
    `Session Affinity:\t${spec.sessionAffinity ?? ''}`,
    ...line('External Traffic Policy', spec.externalTrafficPolicy),
    ...line('Internal Traffic Policy', spec.internalTrafficPolicy),
    ...line('Traffic Distribution', spec.trafficDistribution),
    ...line('HealthCheck NodePort', spec.healthCheckNodePort),
    ...line('LoadBalancer Source Ranges', spec.loadBalancerSourceRanges?.join(',')),
    ...eventLines('Service', service, context),
  ]
}

const ingressText = ({ ip, ipMode, hostname }: LoadBalancerIngress): string =>
  ip ? `${ip}${ipMode ? ` (${ipMode})` : ''}` : (hostname ?? '')

function portLines(
  { name, port, protocol, targetPort, nodePort, appProtocol }: ServicePort,
  slices: readonly EndpointSlice[],
): readonly string[] {
  const shown = name || '<unset>'
  return [
    `Port:\t${shown}\t${port}/${protocol}`,
    `TargetPort:\t${targetPort}/${protocol}`,
    ...(appProtocol === undefined ? [] : [`AppProtocol:\t${appProtocol}`]),
    ...(nodePort ? [`NodePort:\t${shown}\t${nodePort}/${protocol}`] : []),
    `Endpoints:\t${endpointsText(slices, name ?? '')}`,
  ]
}

const SHOWN = 3

/** The ready endpoints that serve one of the Service's ports (upstream: describe.go formatEndpointSlices). */
export function endpointsText(slices: readonly EndpointSlice[], portName: string): string {
  if (slices.length === 0) return '<none>'
  const shown: string[] = []
  let more = false
  let count = 0
  for (const { endpoints, ports } of slices) {
    const numbers = ports?.length ? ports.filter(({ name }) => (name ?? '') === portName) : [undefined]
    for (const port of numbers)
      for (const { addresses, conditions } of endpoints ?? []) {
        // Upstream notes "more" before it looks whether the endpoint is ready.
        if (shown.length === SHOWN) more = true
        if (conditions?.ready === false) continue
        const address = addresses[0] ?? ''
        if (!more) shown.push(port?.port === undefined ? address : joinHostPort(address, port.port))
        count++
      }
  }
  return more ? `${shown.join(',')} + ${count - SHOWN} more...` : shown.join(',')
}
