import type { Container, Pod, Volume } from '../generated/types.ts'

/** Something that a Pod's node must be able to read for it. */
export interface Reference {
  readonly resource:
    | 'secrets'
    | 'configmaps'
    | 'persistentvolumeclaims'
    | 'persistentvolumes'
    | 'resourceclaims'
    | 'serviceaccounts'
    | 'volumeattachments'
  readonly name: string
}

/** All that a Pod names (upstream: pkg/api/v1/pod VisitPodSecretNames, VisitPodConfigmapNames). */
export function referencesOf({ spec }: Pod): readonly Reference[] {
  if (!spec) return []
  const containers = [...(spec.initContainers ?? []), ...(spec.containers ?? []), ...(spec.ephemeralContainers ?? [])]
  return [
    ...references(
      'secrets',
      spec.imagePullSecrets?.map(({ name }) => name),
    ),
    ...references('serviceaccounts', [spec.serviceAccountName]),
    ...references(
      'resourceclaims',
      spec.resourceClaims?.map(({ resourceClaimName }) => resourceClaimName),
    ),
    ...containers.flatMap(ofContainer),
    ...(spec.volumes ?? []).flatMap(ofVolume),
  ]
}

const references = (
  resource: Reference['resource'],
  names: readonly (string | undefined)[] = [],
): readonly Reference[] => names.flatMap((name) => (name ? [{ resource, name }] : []))

const ofContainer = ({ env = [], envFrom = [] }: Container): readonly Reference[] => [
  ...references('secrets', [
    ...env.map(({ valueFrom }) => valueFrom?.secretKeyRef?.name),
    ...envFrom.map(({ secretRef }) => secretRef?.name),
  ]),
  ...references('configmaps', [
    ...env.map(({ valueFrom }) => valueFrom?.configMapKeyRef?.name),
    ...envFrom.map(({ configMapRef }) => configMapRef?.name),
  ]),
]

const ofVolume = ({ secret, configMap, projected, persistentVolumeClaim, csi }: Volume): readonly Reference[] => [
  ...references('secrets', [
    secret?.secretName,
    csi?.nodePublishSecretRef?.name,
    ...(projected?.sources ?? []).map((source) => source.secret?.name),
  ]),
  ...references('configmaps', [configMap?.name, ...(projected?.sources ?? []).map((source) => source.configMap?.name)]),
  ...references('persistentvolumeclaims', [persistentVolumeClaim?.claimName]),
]
