/** What one release of the controller is installed with. */
export interface Release {
  /** `1.14.0` */
  readonly version: string
  readonly loadBalancer: boolean
}

export const NAMESPACE = 'ingress-nginx'
const RBAC = 'rbac.authorization.k8s.io'

export function labelsOf({ version }: Release, component?: string): { readonly [key: string]: string } {
  return {
    ...(component !== undefined && { 'app.kubernetes.io/component': component }),
    'app.kubernetes.io/instance': 'ingress-nginx',
    'app.kubernetes.io/name': 'ingress-nginx',
    'app.kubernetes.io/part-of': 'ingress-nginx',
    'app.kubernetes.io/version': version,
  }
}

const SELECTOR = {
  'app.kubernetes.io/component': 'controller',
  'app.kubernetes.io/instance': 'ingress-nginx',
  'app.kubernetes.io/name': 'ingress-nginx',
}

/** A role or cluster role with its binding to a service account of the namespace. */
export function roleObjects(kind: 'Role' | 'ClusterRole', name: string, labels: object, rules: readonly object[]) {
  const place = kind === 'Role' ? { namespace: NAMESPACE } : {}
  const metadata = { labels, name, ...place }
  return [
    { apiVersion: `${RBAC}/v1`, kind, metadata, rules },
    {
      apiVersion: `${RBAC}/v1`,
      kind: `${kind}Binding`,
      metadata,
      roleRef: { apiGroup: RBAC, kind, name },
      subjects: [{ kind: 'ServiceAccount', name, namespace: NAMESPACE }],
    },
  ]
}

const may = (apiGroup: string, resources: readonly string[], verbs: readonly string[]) => ({
  apiGroups: [apiGroup],
  resources,
  verbs,
})

/** What stands before the webhook's objects in the manifest, and what stands after them. */
export function controllerObjects(release: Release): {
  readonly first: readonly object[]
  readonly last: readonly object[]
} {
  const labels = labelsOf(release, 'controller')
  const watch = ['get', 'list', 'watch']
  const clusterRules = [
    may('', ['configmaps', 'endpoints', 'nodes', 'pods', 'secrets', 'namespaces'], ['list', 'watch']),
    may('coordination.k8s.io', ['leases'], ['list', 'watch']),
    may('', ['nodes'], ['get']),
    may('', ['services'], watch),
    may('networking.k8s.io', ['ingresses'], watch),
    may('', ['events'], ['create', 'patch']),
    may('networking.k8s.io', ['ingresses/status'], ['update']),
    may('networking.k8s.io', ['ingressclasses'], watch),
    may('discovery.k8s.io', ['endpointslices'], ['list', 'watch', 'get']),
  ]
  const rules = [
    may('', ['namespaces'], ['get']),
    may('', ['configmaps', 'pods', 'secrets', 'endpoints'], watch),
    may('', ['services'], watch),
    may('networking.k8s.io', ['ingresses'], watch),
    may('networking.k8s.io', ['ingresses/status'], ['update']),
    may('networking.k8s.io', ['ingressclasses'], watch),
    { ...may('coordination.k8s.io', ['leases'], ['get', 'update']), resourceNames: ['ingress-nginx-leader'] },
    may('coordination.k8s.io', ['leases'], ['create']),
    may('', ['events'], ['create', 'patch']),
    may('discovery.k8s.io', ['endpointslices'], ['list', 'watch', 'get']),
  ]
  const metadata = (name: string) => ({ labels, name, namespace: NAMESPACE })
  return {
    first: [
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: {
          labels: { 'app.kubernetes.io/instance': 'ingress-nginx', 'app.kubernetes.io/name': 'ingress-nginx' },
          name: NAMESPACE,
        },
      },
      {
        apiVersion: 'v1',
        automountServiceAccountToken: true,
        kind: 'ServiceAccount',
        metadata: metadata('ingress-nginx'),
      },
      ...roleObjects('Role', 'ingress-nginx', labels, rules),
      ...roleObjects('ClusterRole', 'ingress-nginx', labelsOf(release), clusterRules),
      { apiVersion: 'v1', data: null, kind: 'ConfigMap', metadata: metadata('ingress-nginx-controller') },
      service(release, metadata('ingress-nginx-controller')),
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: metadata('ingress-nginx-controller-admission'),
        spec: {
          ports: [{ appProtocol: 'https', name: 'https-webhook', port: 443, targetPort: 'webhook' }],
          selector: SELECTOR,
          type: 'ClusterIP',
        },
      },
      deployment(release, metadata('ingress-nginx-controller')),
    ],
    last: [
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'IngressClass',
        metadata: { labels, name: 'nginx' },
        spec: { controller: 'k8s.io/ingress-nginx' },
      },
    ],
  }
}

function service({ loadBalancer }: Release, metadata: object): object {
  const port = (name: string, number: number) => ({
    appProtocol: name,
    name,
    port: number,
    protocol: 'TCP',
    targetPort: name,
  })
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: {
      ...(loadBalancer && { externalTrafficPolicy: 'Local' }),
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      ports: [port('http', 80), port('https', 443)],
      selector: SELECTOR,
      type: loadBalancer ? 'LoadBalancer' : 'NodePort',
    },
  }
}

function deployment(release: Release, metadata: object): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      minReadySeconds: 0,
      revisionHistoryLimit: 10,
      selector: { matchLabels: SELECTOR },
      strategy: { rollingUpdate: { maxUnavailable: 1 }, type: 'RollingUpdate' },
      template: {
        metadata: { labels: labelsOf(release, 'controller') },
        spec: {
          automountServiceAccountToken: true,
          containers: [container(release)],
          dnsPolicy: 'ClusterFirst',
          nodeSelector: { 'kubernetes.io/os': 'linux' },
          serviceAccountName: 'ingress-nginx',
          terminationGracePeriodSeconds: 300,
          volumes: [{ name: 'webhook-cert', secret: { secretName: 'ingress-nginx-admission' } }],
        },
      },
    },
  }
}

function container({ version, loadBalancer }: Release): object {
  const probe = (failureThreshold: number) => ({
    failureThreshold,
    httpGet: { path: '/healthz', port: 10254, scheme: 'HTTP' },
    initialDelaySeconds: 10,
    periodSeconds: 10,
    successThreshold: 1,
    timeoutSeconds: 1,
  })
  const field = (name: string, fieldPath: string) => ({ name, valueFrom: { fieldRef: { fieldPath } } })
  const port = (name: string, containerPort: number) => ({ containerPort, name, protocol: 'TCP' })
  return {
    args: [
      '/nginx-ingress-controller',
      ...(loadBalancer ? ['--publish-service=$(POD_NAMESPACE)/ingress-nginx-controller'] : []),
      '--election-id=ingress-nginx-leader',
      '--controller-class=k8s.io/ingress-nginx',
      '--ingress-class=nginx',
      '--configmap=$(POD_NAMESPACE)/ingress-nginx-controller',
      '--validating-webhook=:8443',
      '--validating-webhook-certificate=/usr/local/certificates/cert',
      '--validating-webhook-key=/usr/local/certificates/key',
    ],
    env: [
      field('POD_NAME', 'metadata.name'),
      field('POD_NAMESPACE', 'metadata.namespace'),
      { name: 'LD_PRELOAD', value: '/usr/local/lib/libmimalloc.so' },
    ],
    image: `registry.k8s.io/ingress-nginx/controller:v${version}`,
    imagePullPolicy: 'IfNotPresent',
    lifecycle: { preStop: { exec: { command: ['/wait-shutdown'] } } },
    livenessProbe: probe(5),
    name: 'controller',
    ports: [port('http', 80), port('https', 443), port('webhook', 8443)],
    readinessProbe: probe(3),
    resources: { requests: { cpu: '100m', memory: '90Mi' } },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] },
      readOnlyRootFilesystem: false,
      runAsGroup: 82,
      runAsNonRoot: true,
      runAsUser: 101,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    volumeMounts: [{ mountPath: '/usr/local/certificates/', name: 'webhook-cert', readOnly: true }],
  }
}
