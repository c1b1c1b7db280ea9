import { dump } from 'js-yaml'
import { defineDocument } from './document.ts'

const ADDRESS =
  /^(?:github\.com\/flannel-io\/flannel\/releases\/download\/v0\.2[0-9]\.\d+|raw\.githubusercontent\.com\/flannel-io\/flannel\/(?:master|v0\.2[0-9]\.\d+)\/Documentation)\/kube-flannel\.yml$/

/** The release that `releases/latest` leads to. */
export const NEWEST_FLANNEL = 'v0.27.4'
const PLUGIN = 'ghcr.io/flannel-io/flannel-cni-plugin:v1.8.0-flannel1'

/** flannel as its project installs it, for the Pod network 10.244.0.0/16. */
export const flannel = defineDocument({
  address: ADDRESS,
  text(address) {
    const version = /v0\.2\d\.\d+/.exec(address)?.[0] ?? NEWEST_FLANNEL
    return objects(version)
      .map((object) => dump(object, { noRefs: true, lineWidth: -1 }))
      .join('---\n')
  },
})

const labels = { tier: 'node', app: 'flannel', 'k8s-app': 'flannel' }
const rbac = 'rbac.authorization.k8s.io'
const cniConfiguration = {
  name: 'cbr0',
  cniVersion: '0.3.1',
  plugins: [
    { type: 'flannel', delegate: { hairpinMode: true, isDefaultGateway: true } },
    { type: 'portmap', capabilities: { portMappings: true } },
  ],
}
const network = { Network: '10.244.0.0/16', EnableNFTables: false, Backend: { Type: 'vxlan' } }

function objects(version: string): readonly object[] {
  const place = { name: 'flannel', namespace: 'kube-flannel' }
  return [
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        labels: { 'k8s-app': 'flannel', 'pod-security.kubernetes.io/enforce': 'privileged' },
        name: 'kube-flannel',
      },
    },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { labels: { 'k8s-app': 'flannel' }, ...place } },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRole',
      metadata: { labels: { 'k8s-app': 'flannel' }, name: 'flannel' },
      rules: [
        { apiGroups: [''], resources: ['pods'], verbs: ['get'] },
        { apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list', 'watch'] },
        { apiGroups: [''], resources: ['nodes/status'], verbs: ['patch'] },
      ],
    },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { labels: { 'k8s-app': 'flannel' }, name: 'flannel' },
      roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: 'flannel' },
      subjects: [{ kind: 'ServiceAccount', ...place }],
    },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { labels, name: 'kube-flannel-cfg', namespace: 'kube-flannel' },
      data: {
        'cni-conf.json': `${JSON.stringify(cniConfiguration, undefined, 2)}\n`,
        'net-conf.json': `${JSON.stringify(network, undefined, 2)}\n`,
      },
    },
    daemonSet(version),
  ]
}

function daemonSet(version: string): object {
  const image = `ghcr.io/flannel-io/flannel:${version}`
  const field = (name: string, fieldPath: string) => ({ name, valueFrom: { fieldRef: { fieldPath } } })
  const copy = (name: string, of: string, argv: readonly string[], mounts: readonly object[]) => ({
    name,
    image: of,
    command: ['cp'],
    args: argv,
    volumeMounts: mounts,
  })
  const configuration = { mountPath: '/etc/kube-flannel/', name: 'flannel-cfg' }
  const host = (name: string, path: string, type?: string) => ({ name, hostPath: { path, ...(type && { type }) } })
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { labels, name: 'kube-flannel-ds', namespace: 'kube-flannel' },
    spec: {
      selector: { matchLabels: { app: 'flannel', 'k8s-app': 'flannel' } },
      template: {
        metadata: { labels },
        spec: {
          affinity: {
            nodeAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: [
                  { matchExpressions: [{ key: 'kubernetes.io/os', operator: 'In', values: ['linux'] }] },
                ],
              },
            },
          },
          hostNetwork: true,
          priorityClassName: 'system-node-critical',
          serviceAccountName: 'flannel',
          tolerations: [{ effect: 'NoSchedule', operator: 'Exists' }],
          initContainers: [
            copy(
              'install-cni-plugin',
              PLUGIN,
              ['-f', '/flannel', '/opt/cni/bin/flannel'],
              [{ mountPath: '/opt/cni/bin', name: 'cni-plugin' }],
            ),
            copy(
              'install-cni',
              image,
              ['-f', '/etc/kube-flannel/cni-conf.json', '/etc/cni/net.d/10-flannel.conflist'],
              [{ mountPath: '/etc/cni/net.d', name: 'cni' }, configuration],
            ),
          ],
          containers: [
            {
              name: 'kube-flannel',
              image,
              command: ['/opt/bin/flanneld'],
              args: ['--ip-masq', '--kube-subnet-mgr'],
              env: [
                field('POD_NAME', 'metadata.name'),
                field('POD_NAMESPACE', 'metadata.namespace'),
                { name: 'EVENT_QUEUE_DEPTH', value: '5000' },
                { name: 'CONT_WHEN_CACHE_NOT_READY', value: 'false' },
              ],
              resources: { requests: { cpu: '100m', memory: '50Mi' } },
              securityContext: { capabilities: { add: ['NET_ADMIN', 'NET_RAW'] }, privileged: false },
              volumeMounts: [
                { mountPath: '/run/flannel', name: 'run' },
                configuration,
                { mountPath: '/run/xtables.lock', name: 'xtables-lock' },
              ],
            },
          ],
          volumes: [
            host('run', '/run/flannel'),
            host('cni-plugin', '/opt/cni/bin'),
            host('cni', '/etc/cni/net.d'),
            { configMap: { name: 'kube-flannel-cfg' }, name: 'flannel-cfg' },
            host('xtables-lock', '/run/xtables.lock', 'FileOrCreate'),
          ],
        },
      },
    },
  }
}
