import { dump } from 'js-yaml'
import { defineDocument } from './document.ts'
import { fabricDefinitions } from './nginx-gateway-fabric-crds.ts'

const NAMESPACE = 'nginx-gateway'
const RBAC = 'rbac.authorization.k8s.io'
const REPOSITORY = String.raw`raw\.githubusercontent\.com\/nginx(?:inc)?\/nginx-gateway-fabric\/(?:v(2\.\d{1,2}\.\d{1,2})|main)`
const DEPLOY = new RegExp(`^${REPOSITORY}/deploy/(default|nodeport)/deploy\\.yaml$`)
const NEWEST = '2.4.0'

/** What the project's own kinds need before it is installed. */
export const nginxGatewayFabricDefinitions = defineDocument({
  address: new RegExp(`^${REPOSITORY}/deploy/crds\\.yaml$`),
  text: () => yaml(fabricDefinitions),
})

/** NGINX Gateway Fabric as its project installs it: with load balancers' addresses, or with node ports. */
export const nginxGatewayFabric = defineDocument({
  address: DEPLOY,
  text(address) {
    const [, version = NEWEST, way] = DEPLOY.exec(address) ?? []
    return yaml([
      ...controllerObjects(version),
      ...settingsObjects(version, way === 'nodeport' ? 'NodePort' : 'LoadBalancer'),
    ])
  },
})

const yaml = (objects: readonly object[]): string =>
  objects.map((object) => dump(object, { noRefs: true, lineWidth: -1 })).join('---\n')

const SELECTOR = { 'app.kubernetes.io/instance': NAMESPACE, 'app.kubernetes.io/name': NAMESPACE }
const labelsOf = (version: string) => ({ ...SELECTOR, 'app.kubernetes.io/version': version })

const may = (apiGroup: string, resources: readonly string[], verbs: readonly string[]) => ({
  apiGroups: [apiGroup],
  resources,
  verbs,
})

const WATCH = ['list', 'watch']
const MAKE = ['create', 'update', 'delete', 'list', 'get', 'watch']
const RULES = [
  may('', ['namespaces', 'pods'], ['get', 'list', 'watch']),
  may('', ['secrets', 'configmaps', 'serviceaccounts', 'services'], MAKE),
  may('', ['events'], ['create', 'patch']),
  may('apps', ['deployments', 'daemonsets'], MAKE),
  may('apps', ['replicasets'], ['get', 'list']),
  may('', ['nodes'], ['list']),
  may('authentication.k8s.io', ['tokenreviews'], ['create']),
  may('discovery.k8s.io', ['endpointslices'], WATCH),
  may('apiextensions.k8s.io', ['customresourcedefinitions'], WATCH),
  may(
    'gateway.networking.k8s.io',
    ['gatewayclasses', 'gateways', 'httproutes', 'grpcroutes', 'referencegrants'],
    WATCH,
  ),
  may(
    'gateway.networking.k8s.io',
    ['gatewayclasses/status', 'gateways/status', 'httproutes/status', 'grpcroutes/status'],
    ['update'],
  ),
  may('gateway.nginx.org', ['nginxgateways', 'nginxproxies'], ['get', 'list', 'watch']),
  may('gateway.nginx.org', ['nginxgateways/status'], ['update']),
  may('coordination.k8s.io', ['leases'], ['create', 'get', 'update']),
]

function controllerObjects(version: string): readonly object[] {
  const labels = labelsOf(version)
  const named = { labels, name: NAMESPACE }
  const metadata = { ...named, namespace: NAMESPACE }
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } },
    { apiVersion: 'v1', automountServiceAccountToken: false, kind: 'ServiceAccount', metadata },
    { apiVersion: `${RBAC}/v1`, kind: 'ClusterRole', metadata: named, rules: RULES },
    {
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: named,
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: NAMESPACE },
      subjects: [{ kind: 'ServiceAccount', name: NAMESPACE, namespace: NAMESPACE }],
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: {
        ports: [{ name: 'agent-grpc', port: 443, protocol: 'TCP', targetPort: 8443 }],
        selector: SELECTOR,
        type: 'ClusterIP',
      },
    },
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: deploymentSpec(version) },
  ]
}

const fromField = (name: string, fieldPath: string) => ({ name, valueFrom: { fieldRef: { fieldPath } } })

const deploymentSpec = (version: string) => ({
  replicas: 1,
  selector: { matchLabels: SELECTOR },
  template: {
    metadata: { annotations: { 'prometheus.io/port': '9113', 'prometheus.io/scrape': 'true' }, labels: SELECTOR },
    spec: {
      automountServiceAccountToken: true,
      containers: [
        {
          args: [
            'controller',
            '--gateway-ctlr-name=gateway.nginx.org/nginx-gateway-controller',
            '--gatewayclass=nginx',
            '--config=nginx-gateway-config',
            '--service=nginx-gateway',
            '--agent-tls-secret=agent-tls',
            '--metrics-port=9113',
            '--health-port=8081',
            '--leader-election-lock-name=nginx-gateway-leader-election',
          ],
          env: [
            fromField('POD_NAMESPACE', 'metadata.namespace'),
            fromField('POD_NAME', 'metadata.name'),
            fromField('POD_UID', 'metadata.uid'),
            fromField('INSTANCE_NAME', "metadata.labels['app.kubernetes.io/instance']"),
            { name: 'IMAGE_NAME', value: `ghcr.io/nginx/nginx-gateway-fabric:${version}` },
          ],
          image: `ghcr.io/nginx/nginx-gateway-fabric:${version}`,
          imagePullPolicy: 'IfNotPresent',
          name: 'nginx-gateway',
          ports: [
            { containerPort: 8443, name: 'agent-grpc' },
            { containerPort: 9113, name: 'metrics' },
            { containerPort: 8081, name: 'health' },
          ],
          readinessProbe: { httpGet: { path: '/readyz', port: 'health' }, initialDelaySeconds: 3, periodSeconds: 1 },
          securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ['ALL'] },
            readOnlyRootFilesystem: true,
            runAsGroup: 1001,
            runAsUser: 101,
            seccompProfile: { type: 'RuntimeDefault' },
          },
        },
      ],
      securityContext: { fsGroup: 1001, runAsNonRoot: true },
      serviceAccountName: NAMESPACE,
      terminationGracePeriodSeconds: 30,
    },
  },
})

function settingsObjects(version: string, type: string): readonly object[] {
  const labels = labelsOf(version)
  const settings = { group: 'gateway.nginx.org', kind: 'NginxProxy', name: 'nginx-gateway-proxy-config' }
  return [
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'GatewayClass',
      metadata: { labels, name: 'nginx' },
      spec: {
        controllerName: 'gateway.nginx.org/nginx-gateway-controller',
        parametersRef: { ...settings, namespace: NAMESPACE },
      },
    },
    {
      apiVersion: 'gateway.nginx.org/v1alpha1',
      kind: 'NginxGateway',
      metadata: { labels, name: 'nginx-gateway-config', namespace: NAMESPACE },
      spec: { logging: { level: 'info' } },
    },
    {
      apiVersion: 'gateway.nginx.org/v1alpha2',
      kind: 'NginxProxy',
      metadata: { labels, name: settings.name, namespace: NAMESPACE },
      spec: { kubernetes: { deployment: { replicas: 1 }, service: { externalTrafficPolicy: 'Local', type } } },
    },
  ]
}
