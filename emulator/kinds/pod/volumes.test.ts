/** Every kind of volume, and how containers use them, with the words in which the API server refuses them. */
import { expect, test } from 'vitest'
import type { Container, Pod, Volume } from '../../generated/types.ts'
import { refusals } from '../testing/refusals.ts'

const pod = (volumes: readonly Volume[], container: Partial<Container> = {}): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'default' },
  spec: { serviceAccountName: 'default', containers: [{ name: 'c', image: 'nginx', ...container }], volumes },
})

const AT = 'spec.volumes[0]'
const volume = (source: Omit<Volume, 'name'>): readonly Volume[] => [{ name: 'v', ...source }]
const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } }

test.each<[Omit<Volume, 'name'>, readonly string[]]>([
  [
    { emptyDir: { sizeLimit: '-1' } },
    [`${AT}.emptyDir.sizeLimit: Forbidden: SizeLimit field must be a valid resource quantity`],
  ],
  [{ hostPath: { path: '' } }, [`${AT}.hostPath.path: Required value`]],
  [
    { emptyDir: {}, hostPath: { path: '' }, downwardAPI: {}, cephfs: { monitors: [] } },
    [
      `${AT}.hostPath: Forbidden: may not specify more than 1 volume type`,
      `${AT}.cephFS: Forbidden: may not specify more than 1 volume type`,
      `${AT}.downwarAPI: Forbidden: may not specify more than 1 volume type`,
    ],
  ],
  [
    { gitRepo: { repository: '', directory: '/../x' } },
    [
      `${AT}.gitRepo.repository: Required value`,
      `${AT}.gitRepo.directory: Invalid value: "/../x": must be a relative path`,
      `${AT}.gitRepo.directory: Invalid value: "/../x": must not contain '..'`,
    ],
  ],
  [
    { gcePersistentDisk: { pdName: '', partition: 300 } },
    [
      `${AT}.persistentDisk.pdName: Required value`,
      `${AT}.persistentDisk.partition: Invalid value: 300: must be between 1 and 255, inclusive`,
    ],
  ],
  [
    { secret: { items: [{ key: '', path: '..x', mode: 512 }] } },
    [
      `${AT}.secret.secretName: Required value`,
      `${AT}.secret.items[0].key: Required value`,
      `${AT}.secret.items[0].path: Invalid value: "..x": must not start with '..'`,
      `${AT}.secret.items[0].mode: Invalid value: 512: must be a number between 0 and 0777 (octal), both inclusive`,
    ],
  ],
  [
    { nfs: { server: '', path: 'data' } },
    [`${AT}.nfs.server: Required value`, `${AT}.nfs.path: Invalid value: "data": must be an absolute path`],
  ],
  [
    { iscsi: { targetPortal: 'p', iqn: 'q', lun: -1, chapAuthSession: true } },
    [
      `${AT}.iscsi.iqn: Invalid value: "q": must be valid format starting with iqn, eui, or naa`,
      `${AT}.iscsi.lun: Invalid value: -1: must be between 0 and 255, inclusive`,
      `${AT}.iscsi.secretRef: Required value`,
    ],
  ],
  [{ flocker: {} }, [`${AT}.flocker: Required value: one of datasetName and datasetUUID is required`]],
  [{ persistentVolumeClaim: { claimName: '' } }, [`${AT}.persistentVolumeClaim.claimName: Required value`]],
  [{ rbd: { image: '', monitors: [] } }, [`${AT}.rbd.monitors: Required value`, `${AT}.rbd.image: Required value`]],
  [
    { quobyte: { registry: 'here', volume: '' } },
    [
      `${AT}.quobyte.registry: Invalid value: "here": must be a host:port pair or multiple pairs separated by commas`,
      `${AT}.quobyte.volume: Required value`,
    ],
  ],
  [
    { downwardAPI: { items: [{ path: 'a', fieldRef: { fieldPath: 'status.podIP' } }, { path: 'b' }] } },
    [
      `${AT}.downwardAPI.fieldRef.fieldPath: Unsupported value: "status.podIP": supported values: "metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"`,
      `${AT}.downwardAPI: Required value: one of fieldRef and resourceFieldRef is required`,
    ],
  ],
  [
    { downwardAPI: { items: [{ path: 'a', resourceFieldRef: { resource: 'limits.cpu', divisor: '2' } }] } },
    [
      `${AT}.downwardAPI.resourceFieldRef.containerName: Required value`,
      `${AT}.downwardAPI.resourceFieldRef.divisor: Invalid value: "limits.cpu": only divisor's values 1m and 1 are supported with the cpu resource`,
    ],
  ],
  [
    { fc: { targetWWNs: ['a'], wwids: ['b'] } },
    [
      `${AT}.fc.targetWWNs: Invalid value: ["a"]: targetWWNs and wwids can not be specified simultaneously`,
      `${AT}.fc.lun: Required value: lun is required if targetWWNs is specified`,
    ],
  ],
  [
    { flexVolume: { driver: 'd', options: { 'kubernetes.io/x': '1' } } },
    [
      `${AT}.flexVolume.options[kubernetes.io/x]: Invalid value: "kubernetes.io/x": kubernetes.io and k8s.io namespaces are reserved`,
    ],
  ],
  [
    { azureDisk: { diskName: 'd', diskURI: 'x', kind: 'Managed' } },
    [
      `${AT}.azureDisk.diskURI: Unsupported value: "x": supported values: "/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}"`,
    ],
  ],
  [
    {
      projected: {
        sources: [
          { configMap: { name: 'a', items: [{ key: 'k', path: 'p' }] } },
          { secret: { name: '', items: [{ key: 'k', path: 'p' }] } },
          { serviceAccountToken: { path: '', expirationSeconds: 60 } },
          { clusterTrustBundle: { path: 'x' } },
          { configMap: { name: 'a' }, secret: { name: 'b' } },
        ],
      },
    },
    [
      `${AT}.projected.sources[1].secret.name: Required value`,
      `${AT}.projected: Invalid value: "": conflicting duplicate paths`,
      `${AT}.projected.sources[2].serviceAccountToken.expirationSeconds: Invalid value: 60: may not specify a duration less than 10 minutes`,
      `${AT}.projected.path: Required value`,
      `${AT}.projected.sources[3].clusterTrustBundle: Required value: either name or signerName must be specified`,
      `${AT}.projected.sources[4]: Forbidden: may not specify more than 1 volume type per source`,
    ],
  ],
  [
    { csi: { driver: '', nodePublishSecretRef: { name: '' } } },
    [
      `${AT}.csi.driver: Required value`,
      `${AT}.csi.driver: Invalid value: "": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')`,
      `${AT}.csi.nodePublishSecretRef.name: Required value`,
    ],
  ],
  [{ ephemeral: {} }, [`${AT}.ephemeral.volumeClaimTemplate: Required value`]],
  [
    { ephemeral: { volumeClaimTemplate: { metadata: { name: 'x' }, spec: { ...claim, accessModes: [] } } } },
    [
      `${AT}.ephemeral.volumeClaimTemplate.metadata.name: Forbidden: cannot be set`,
      `${AT}.ephemeral.volumeClaimTemplate.spec.accessModes: Required value: at least 1 access mode is required`,
    ],
  ],
  [{ image: {} }, [`${AT}.image.reference: Required value`]],
])('a volume of %j is refused', (source, expected) => {
  expect(refusals(pod(volume(source)))).toEqual(expected)
})

test('a claim that an ephemeral volume makes is not named by another volume', () => {
  const volumes = [
    { name: 'e', ephemeral: { volumeClaimTemplate: { spec: claim } } },
    { name: 'v', persistentVolumeClaim: { claimName: 'web-e' } },
  ]
  expect(refusals(pod(volumes))).toEqual([
    'spec.volumes[1].persistentVolumeClaim.claimName: Invalid value: "web-e": must not reference a PVC that gets created for an ephemeral volume',
  ])
})

const C = 'spec.containers[0]'
const disk = [{ name: 'v', persistentVolumeClaim: { claimName: 'a' } }]

test.each<[Partial<Container>, readonly Volume[], readonly string[]]>([
  [{ volumeMounts: [{ name: 'w', mountPath: '/a' }] }, disk, [`${C}.volumeMounts[0].name: Not found: "w"`]],
  [
    { volumeMounts: [{ name: 'v', mountPath: '/a' }] },
    [{ name: 'v', hostPath: { path: '' } }],
    [`${AT}.hostPath.path: Required value`, `${C}.volumeMounts[0].name: Not found: "v"`],
  ],
  [
    { volumeMounts: [{ name: 'v', mountPath: '/a', subPath: '/x', subPathExpr: '../y' }] },
    disk,
    [
      `${C}.volumeMounts.subPath: Invalid value: "/x": must be a relative path`,
      `${C}.volumeMounts[0].subPathExpr: Invalid value: "../y": subPathExpr and subPath are mutually exclusive`,
      `${C}.volumeMounts.subPathExpr: Invalid value: "../y": must not contain '..'`,
    ],
  ],
  [
    { volumeMounts: [{ name: 'v', mountPath: '/a', mountPropagation: 'Bidirectional', recursiveReadOnly: 'Enabled' }] },
    disk,
    [
      `${C}.volumeMounts.mountPropagation: Forbidden: Bidirectional mount propagation is available only to privileged containers`,
      `${C}.volumeMounts.recursiveReadOnly: Forbidden: may only be specified when readOnly is true`,
      `${C}.volumeMounts.recursiveReadOnly: Forbidden: may only be specified when mountPropagation is None or not specified`,
    ],
  ],
  [
    { volumeDevices: [{ name: 'v', devicePath: '/dev/../x' }], volumeMounts: [{ name: 'v', mountPath: '/a' }] },
    disk,
    [
      `${C}.volumeMounts[0].name: Invalid value: "v": must not already exist in volumeDevices`,
      `${C}.volumeDevices[0].devicePath: Invalid value: "/dev/../x": can not contain backsteps ('..')`,
      `${C}.volumeDevices[0].name: Invalid value: "v": must not already exist in volumeMounts`,
    ],
  ],
  [
    { volumeDevices: [{ name: 'v', devicePath: '/dev/x' }] },
    [{ name: 'v', emptyDir: {} }],
    [
      `${C}.volumeDevices[0].name: Invalid value: "v": can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode`,
    ],
  ],
])('a container with %j is refused', (container, volumes, expected) => {
  expect(refusals(pod(volumes, container))).toEqual(expected)
})
