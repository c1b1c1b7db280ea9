import { defineKind } from '../api/kind.ts'
import type { Pod } from '../generated/types.ts'
import { podColumns } from './pod/columns.ts'
import { defaultPod } from './pod/defaults.ts'
import { describePod } from './pod/describe.ts'
import { ephemeralContainers } from './pod/ephemeral-containers.ts'
import { resize } from './pod/resize.ts'
import { preparePodForCreate } from './pod/strategy.ts'
import { validatePod } from './pod/validate.ts'
import { podWarnings } from './pod/warnings.ts'

export const pod = defineKind<Pod>({
  group: '',
  version: 'v1',
  kind: 'Pod',
  plural: 'pods',
  singular: 'pod',
  shortNames: ['po'],
  categories: ['all'],
  scope: 'Namespaced',
  subresources: ['ephemeralcontainers', 'resize', 'status'],
  schema: 'Pod',
  default: defaultPod,
  validate: validatePod,
  warnings: podWarnings,
  strategy: {
    gracePeriod: gracePeriodOf,
    prepareForCreate: preparePodForCreate,
    subresourceUpdates: { ephemeralcontainers: ephemeralContainers, resize },
  },
  columns: podColumns,
  selectableFields: {
    'spec.nodeName': ({ spec }) => spec?.nodeName ?? '',
    'spec.restartPolicy': ({ spec }) => spec?.restartPolicy ?? '',
    'spec.schedulerName': ({ spec }) => spec?.schedulerName ?? '',
    'spec.serviceAccountName': ({ spec }) => spec?.serviceAccountName ?? '',
    'spec.hostNetwork': ({ spec }) => String(spec?.hostNetwork ?? false),
    'status.phase': ({ status }) => status?.phase ?? '',
    'status.podIP': ({ status }) => status?.podIPs?.[0]?.ip ?? '',
    'status.podIPs': ({ status }) => status?.podIPs?.[0]?.ip ?? '',
    'status.nominatedNodeName': ({ status }) => status?.nominatedNodeName ?? '',
  },
  describe: describePod,
})

/** A Pod that never reached a node, or has ended, goes at once (upstream: registry/core/pod CheckGracefulDelete). */
function gracePeriodOf({ spec, status }: Pod): number {
  if (!spec?.nodeName || status?.phase === 'Succeeded' || status?.phase === 'Failed') return 0
  return spec.terminationGracePeriodSeconds ?? 30
}
