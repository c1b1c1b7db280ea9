import type { ObjectClient } from '../api/client.ts'
import type { KindDefinition } from '../api/kind.ts'
import { controllerReference, nameOf, namespaceOf } from '../controllers/metadata.ts'
import type { Deployment, ObjectMeta, PodTemplateSpec, Service, ServicePort } from '../generated/types.ts'
import { deployment as deploymentKind } from '../kinds/deployment.ts'
import { service as serviceKind } from '../kinds/service.ts'
import { serviceAccount as accountKind } from '../kinds/service-account.ts'
import type { Gateway, ProxySettings } from './objects.ts'

export const GATEWAY_LABEL = 'gateway.networking.k8s.io/gateway-name'

export interface Provisioned {
  readonly objects: ObjectClient
  readonly gatewayKind: KindDefinition
  readonly className: string
  /** `2.4.0` */
  readonly version: string
  readonly settings: readonly ProxySettings[]
}

export const dataPlaneName = (gateway: Gateway, className: string): string => `${nameOf(gateway)}-${className}`

/** Makes the nginx of a Gateway and its Service, or brings them in line (nginx-gateway-fabric: provisioner/objects.go). */
export function provision(gateway: Gateway, given: Provisioned): void {
  const { objects } = given
  const metadata = metadataOf(gateway, given)
  const { name = '', namespace } = metadata
  const account = objects.get(accountKind, namespace, name)
  if (!account)
    objects.create(accountKind, {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata,
      automountServiceAccountToken: false,
    })
  provisionService(gateway, metadata, given)
  provisionDeployment(gateway, metadata, given)
}

function metadataOf(gateway: Gateway, { gatewayKind, className }: Provisioned): ObjectMeta {
  const { labels, annotations } = gateway.spec.infrastructure ?? {}
  return {
    name: dataPlaneName(gateway, className),
    namespace: namespaceOf(gateway),
    labels: { ...selectorOf(gateway, className), ...labels },
    ...(annotations && { annotations }),
    ownerReferences: [controllerReference(gateway, gatewayKind)],
  }
}

const selectorOf = (gateway: Gateway, className: string): { readonly [key: string]: string } => ({
  'app.kubernetes.io/instance': 'nginx-gateway',
  'app.kubernetes.io/managed-by': `nginx-gateway-${className}`,
  'app.kubernetes.io/name': dataPlaneName(gateway, className),
  [GATEWAY_LABEL]: nameOf(gateway),
})

const portsOf = (gateway: Gateway): readonly number[] =>
  [...new Set(gateway.spec.listeners.map(({ port }) => port))].sort((a, b) => a - b)

/** Of several settings the first that says something: the Gateway's own before its class's. */
function setting<T>(settings: readonly ProxySettings[], read: (one: ProxySettings) => T | undefined): T | undefined {
  for (const one of settings) {
    const value = read(one)
    if (value !== undefined) return value
  }
  return undefined
}

function provisionService(gateway: Gateway, metadata: ObjectMeta, { objects, className, settings }: Provisioned): void {
  const old = objects.get(serviceKind, metadata.namespace, metadata.name ?? '')
  const type = setting(settings, ({ spec }) => spec?.kubernetes?.service?.type) ?? 'LoadBalancer'
  const policy = setting(settings, ({ spec }) => spec?.kubernetes?.service?.externalTrafficPolicy) ?? 'Local'
  const address = setting(settings, ({ spec }) => spec?.kubernetes?.service?.loadBalancerIP)
  const wantedPorts = setting(settings, ({ spec }) => spec?.kubernetes?.service?.nodePorts) ?? []
  const ports = portsOf(gateway).map((port): ServicePort => {
    const before = old?.spec?.ports?.find((one) => one.port === port)?.nodePort
    const nodePort = wantedPorts.find(({ listenerPort }) => listenerPort === port)?.port ?? before
    const keeps = type !== 'ClusterIP' && nodePort !== undefined
    return { name: `port-${port}`, port, protocol: 'TCP', targetPort: port, ...(keeps && { nodePort }) }
  })
  const { externalTrafficPolicy: _, loadBalancerIP: __, ...kept } = old?.spec ?? {}
  const spec: NonNullable<Service['spec']> = {
    ...kept,
    type,
    ports,
    selector: selectorOf(gateway, className),
    ...(type !== 'ClusterIP' && { externalTrafficPolicy: policy }),
    ...(address !== undefined && { loadBalancerIP: address }),
  }
  if (!old) objects.create(serviceKind, { apiVersion: 'v1', kind: 'Service', metadata, spec })
  else objects.update(serviceKind, { ...old, metadata: merged(old.metadata, metadata), spec })
}

function provisionDeployment(gateway: Gateway, metadata: ObjectMeta, given: Provisioned): void {
  const { objects, className, settings } = given
  const replicas = setting(settings, ({ spec }) => spec?.kubernetes?.deployment?.replicas)
  const template = templateOf(gateway, metadata, given)
  const old = objects.get(deploymentKind, metadata.namespace, metadata.name ?? '')
  if (!old) {
    const spec: Deployment['spec'] = {
      ...(replicas !== undefined && { replicas }),
      selector: { matchLabels: selectorOf(gateway, className) },
      template,
    }
    objects.create(deploymentKind, { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec })
    return
  }
  const spec = {
    ...old.spec,
    selector: old.spec?.selector ?? {},
    template,
    ...(replicas !== undefined && { replicas }),
  }
  objects.update(deploymentKind, { ...old, metadata: merged(old.metadata, metadata), spec })
}

const merged = (old: ObjectMeta | undefined, wanted: ObjectMeta): ObjectMeta => ({
  ...old,
  labels: { ...old?.labels, ...wanted.labels },
  ...(wanted.annotations && { annotations: { ...old?.annotations, ...wanted.annotations } }),
})

function templateOf(
  gateway: Gateway,
  { name, labels, annotations }: ObjectMeta,
  { version }: Provisioned,
): PodTemplateSpec {
  return {
    metadata: { ...(labels && { labels }), ...(annotations && { annotations }) },
    spec: {
      containers: [
        {
          name: 'nginx',
          image: `ghcr.io/nginx/nginx-gateway-fabric/nginx:${version}`,
          imagePullPolicy: 'IfNotPresent',
          ports: portsOf(gateway).map((port) => ({ name: `port-${port}`, containerPort: port, protocol: 'TCP' })),
          securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ['ALL'] },
            runAsGroup: 1001,
            runAsUser: 101,
            seccompProfile: { type: 'RuntimeDefault' },
          },
        },
      ],
      serviceAccountName: name ?? '',
      securityContext: {
        fsGroup: 1001,
        runAsNonRoot: true,
        sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }],
      },
    },
  }
}
