/** The default cluster with a default StorageClass, as rancher's local-path-provisioner brings it. */
import { PROVISIONER } from '../controllers/local-path-provisioner.ts'
import type { ConfigMap, Deployment, ServiceAccount, StorageClass } from '../generated/types.ts'
import { configMap } from '../kinds/config-map.ts'
import { deployment } from '../kinds/deployment.ts'
import { namespace } from '../kinds/namespace.ts'
import { serviceAccount } from '../kinds/service-account.ts'
import { storageClass } from '../kinds/storage-class.ts'
import type { Blueprint } from './blueprint.ts'
import { defaultBlueprint } from './default.ts'
import { kubeadmCluster } from './kubeadm-cluster.ts'

const NAMESPACE = 'local-path-storage'
const labels = { app: 'local-path-provisioner' }

const account: ServiceAccount = {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name: 'local-path-provisioner-service-account', namespace: NAMESPACE },
}

const config: ConfigMap = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'local-path-config', namespace: NAMESPACE },
  data: {
    'config.json': `${JSON.stringify({ nodePathMap: [{ node: 'DEFAULT_PATH_FOR_NON_LISTED_NODES', paths: ['/opt/local-path-provisioner'] }] }, null, 2)}\n`,
  },
}

const provisioner: Deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'local-path-provisioner', namespace: NAMESPACE },
  spec: {
    replicas: 1,
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: {
        serviceAccountName: 'local-path-provisioner-service-account',
        containers: [
          {
            name: 'local-path-provisioner',
            image: 'rancher/local-path-provisioner:v0.0.32',
            imagePullPolicy: 'IfNotPresent',
            command: ['local-path-provisioner', '--debug', 'start', '--config', '/etc/config/config.json'],
            volumeMounts: [{ name: 'config-volume', mountPath: '/etc/config/' }],
          },
        ],
        volumes: [{ name: 'config-volume', configMap: { name: 'local-path-config' } }],
      },
    },
  },
}

const localPath: StorageClass = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'local-path', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
  provisioner: PROVISIONER,
  reclaimPolicy: 'Delete',
  volumeBindingMode: 'WaitForFirstConsumer',
}

export const localPathBlueprint: Blueprint = kubeadmCluster('local-path', {
  ...(defaultBlueprint.loadBalancerPool && { loadBalancerPool: defaultBlueprint.loadBalancerPool }),
  moreObjects: [
    { kind: namespace, object: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } } },
    { kind: serviceAccount, object: account },
    { kind: configMap, object: config },
    { kind: deployment, object: provisioner },
    { kind: storageClass, object: localPath },
  ],
})
