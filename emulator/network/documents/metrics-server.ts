import { dump } from 'js-yaml'
import { defineDocument } from './document.ts'

const ADDRESS =
  /^github\.com\/kubernetes-sigs\/metrics-server\/releases\/download\/v(0\.(?:5\.[0-2]|6\.[0-4]|7\.[0-2]|8\.[01]))\/(components|high-availability(?:-1\.21\+)?)\.yaml$/

/** The release that `releases/latest` leads to. */
export const NEWEST_METRICS_SERVER = 'v0.8.1'

/** The metrics server as its project installs it: a kubeadm cluster needs `--kubelet-insecure-tls` besides. */
export const metricsServer = defineDocument({
  address: ADDRESS,
  text(address) {
    const [, version = '', kind = ''] = ADDRESS.exec(address) ?? []
    return objects(version, kind !== 'components')
      .map((object) => dump(object, { noRefs: true, lineWidth: -1 }))
      .join('---\n')
  },
})

const labels = { 'k8s-app': 'metrics-server' }
const rbac = 'rbac.authorization.k8s.io'
const place = { labels, name: 'metrics-server', namespace: 'kube-system' }
const subjects = [{ kind: 'ServiceAccount', name: 'metrics-server', namespace: 'kube-system' }]
const roleRef = (kind: string, name: string) => ({ apiGroup: rbac, kind, name })

function objects(version: string, highlyAvailable: boolean): readonly object[] {
  const budget = {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: place,
    spec: { minAvailable: 1, selector: { matchLabels: labels } },
  }
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: place },
    clusterRole('system:aggregated-metrics-reader', AGGREGATED, [
      { apiGroups: ['metrics.k8s.io'], resources: ['pods', 'nodes'], verbs: ['get', 'list', 'watch'] },
    ]),
    clusterRole('system:metrics-server', {}, [
      { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] },
      { apiGroups: [''], resources: ['pods', 'nodes'], verbs: ['get', 'list', 'watch'] },
    ]),
    {
      apiVersion: `${rbac}/v1`,
      kind: 'RoleBinding',
      metadata: { ...place, name: 'metrics-server-auth-reader' },
      roleRef: roleRef('Role', 'extension-apiserver-authentication-reader'),
      subjects,
    },
    clusterRoleBinding('metrics-server:system:auth-delegator', 'system:auth-delegator'),
    clusterRoleBinding('system:metrics-server', 'system:metrics-server'),
    service(version),
    deployment(version, highlyAvailable),
    ...(highlyAvailable ? [budget] : []),
    apiService,
  ]
}

const AGGREGATED = Object.fromEntries(['admin', 'edit', 'view'].map((role) => [`${rbac}/aggregate-to-${role}`, 'true']))

const clusterRole = (name: string, more: object, rules: readonly object[]) => ({
  apiVersion: `${rbac}/v1`,
  kind: 'ClusterRole',
  metadata: { labels: { ...labels, ...more }, name },
  rules,
})

const clusterRoleBinding = (name: string, role: string) => ({
  apiVersion: `${rbac}/v1`,
  kind: 'ClusterRoleBinding',
  metadata: { labels, name },
  roleRef: roleRef('ClusterRole', role),
  subjects,
})

function service(version: string): object {
  const appProtocol = version.startsWith('0.8') ? { appProtocol: 'https' } : {}
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: place,
    spec: {
      ports: [{ ...appProtocol, name: 'https', port: 443, protocol: 'TCP', targetPort: 'https' }],
      selector: labels,
    },
  }
}

function deployment(version: string, highlyAvailable: boolean): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: place,
    spec: {
      ...(highlyAvailable && { replicas: 2 }),
      selector: { matchLabels: labels },
      strategy: { rollingUpdate: { maxUnavailable: highlyAvailable ? 1 : 0 } },
      template: {
        metadata: { labels },
        spec: {
          ...(highlyAvailable && { affinity: apart }),
          containers: [container(version)],
          nodeSelector: { 'kubernetes.io/os': 'linux' },
          priorityClassName: 'system-cluster-critical',
          serviceAccountName: 'metrics-server',
          volumes: [{ emptyDir: {}, name: 'tmp-dir' }],
        },
      },
    },
  }
}

const apart = {
  podAntiAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: [
      { labelSelector: { matchLabels: labels }, namespaces: ['kube-system'], topologyKey: 'kubernetes.io/hostname' },
    ],
  },
}

function container(version: string): object {
  const port = /^0\.[56]\./.test(version) ? 4443 : 10250
  const probe = (path: string) => ({ failureThreshold: 3, httpGet: { path, port: 'https', scheme: 'HTTPS' } })
  return {
    args: [
      '--cert-dir=/tmp',
      `--secure-port=${port}`,
      '--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname',
      '--kubelet-use-node-status-port',
      '--metric-resolution=15s',
    ],
    image: `registry.k8s.io/metrics-server/metrics-server:v${version}`,
    imagePullPolicy: 'IfNotPresent',
    livenessProbe: { ...probe('/livez'), periodSeconds: 10 },
    name: 'metrics-server',
    ports: [{ containerPort: port, name: 'https', protocol: 'TCP' }],
    readinessProbe: { ...probe('/readyz'), initialDelaySeconds: 20, periodSeconds: 10 },
    resources: { requests: { cpu: '100m', memory: '200Mi' } },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      runAsUser: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    volumeMounts: [{ mountPath: '/tmp', name: 'tmp-dir' }],
  }
}

const apiService = {
  apiVersion: 'apiregistration.k8s.io/v1',
  kind: 'APIService',
  metadata: { labels, name: 'v1beta1.metrics.k8s.io' },
  spec: {
    group: 'metrics.k8s.io',
    groupPriorityMinimum: 100,
    insecureSkipTLSVerify: true,
    service: { name: 'metrics-server', namespace: 'kube-system' },
    version: 'v1beta1',
    versionPriority: 100,
  },
}
