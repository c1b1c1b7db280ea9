import type { DescribeContext } from '../../api/kind.ts'
import type { EndpointSlice, Ingress, IngressBackend, IngressServiceBackend, Service } from '../../generated/types.ts'
import { eventLines } from '../describe/events.ts'
import { annotationLines, indent, labelLines } from '../describe/lines.ts'
import { endpointsText } from '../service/describe.ts'
import { addressText } from './text.ts'

/** `kubectl describe ingress` (upstream: k8s.io/kubectl/pkg/describe/describe.go describeIngressV1). */
export function describeIngress(ingress: Ingress, context: DescribeContext): readonly string[] {
  const { metadata, spec = {}, status } = ingress
  const namespace = metadata?.namespace ?? ''
  const fallback = spec.defaultBackend ? backendText(namespace, spec.defaultBackend, context) : '<default>'
  const rules = (spec.rules ?? []).flatMap(({ host, http }) =>
    http
      ? [
          `${host || '*'}\t`,
          ...(http.paths ?? []).map(
            ({ path = '', backend }) => `  \t${path} \t${backendText(namespace, backend ?? {}, context)}`,
          ),
        ]
      : [],
  )
  const tls = (spec.tls ?? []).map(({ secretName, hosts = [] }) =>
    secretName ? `${secretName} terminates ${hosts.join(',')}` : `SNI routes ${hosts.join(',')}`,
  )
  return [
    `Name:\t${metadata?.name ?? ''}`,
    ...labelLines('Labels', metadata?.labels),
    `Namespace:\t${namespace}`,
    `Address:\t${addressText(status)}`,
    `Ingress Class:\t${spec.ingressClassName ?? '<none>'}`,
    `Default backend:\t${fallback}`,
    ...(tls.length === 0 ? [] : ['TLS:', ...indent(1, tls)]),
    'Rules:',
    ...indent(1, [
      'Host\tPath\tBackends',
      '----\t----\t--------',
      ...(rules.length > 0 ? rules : [`*\t*\t${fallback}`]),
    ]),
    ...annotationLines('Annotations', metadata?.annotations),
    ...eventLines('Ingress', ingress, context),
  ]
}

function backendText(namespace: string, { service, resource }: IngressBackend, context: DescribeContext): string {
  if (service) return serviceText(namespace, service, context)
  if (!resource) return ''
  return `APIGroup: ${resource.apiGroup ?? '<none>'}, Kind: ${resource.kind}, Name: ${resource.name}`
}

function serviceText(namespace: string, { name = '', port }: IngressServiceBackend, { list }: DescribeContext): string {
  const text = `${name}:${port?.number || (port?.name ?? '')}`
  const service = list<Service>('services', { namespace }).find(({ metadata }) => metadata?.name === name)
  if (!service) return `${text} (<error: services "${name}" not found>)`
  const slices = list<EndpointSlice>('endpointslices.discovery.k8s.io', {
    namespace,
    labels: `kubernetes.io/service-name=${name}`,
  })
  const matched = service.spec?.ports?.find((candidate) =>
    port?.number ? candidate.port === port.number : port?.name !== undefined && candidate.name === port.name,
  )
  return `${text} (${endpointsText(slices, matched?.name ?? '')})`
}
