import { jsonEqual } from '../../api/json.ts'
import type { DescribeContext } from '../../api/kind.ts'
import type { Deployment, PodTemplateSpec, ReplicaSet } from '../../generated/types.ts'
import { eventLines } from '../describe/events.ts'
import { annotationLines, labelLines, nameLines } from '../describe/lines.ts'
import { podTemplateLines } from '../describe/pod-template.ts'
import { conditionLines } from '../describe/workload.ts'
import { labelSelectorText } from '../format/labels.ts'
import { rfc1123 } from '../format/time.ts'

/** `kubectl describe deployment` (upstream: k8s.io/kubectl/pkg/describe/describe.go describeDeployment). */
export function describeDeployment(deployment: Deployment, context: DescribeContext): readonly string[] {
  const { metadata, spec, status } = deployment
  const rolling = spec?.strategy?.rollingUpdate
  return [
    ...nameLines(deployment),
    `CreationTimestamp:\t${rfc1123(metadata?.creationTimestamp)}`,
    ...labelLines('Labels', metadata?.labels),
    ...annotationLines('Annotations', metadata?.annotations),
    `Selector:\t${labelSelectorText(spec?.selector)}`,
    `Replicas:\t${[
      `${spec?.replicas ?? 0} desired`,
      `${status?.updatedReplicas ?? 0} updated`,
      `${status?.replicas ?? 0} total`,
      `${status?.availableReplicas ?? 0} available`,
      `${status?.unavailableReplicas ?? 0} unavailable`,
    ].join(' | ')}`,
    `StrategyType:\t${spec?.strategy?.type ?? ''}`,
    `MinReadySeconds:\t${spec?.minReadySeconds ?? 0}`,
    ...(rolling
      ? [`RollingUpdateStrategy:\t${rolling.maxUnavailable} max unavailable, ${rolling.maxSurge} max surge`]
      : []),
    ...podTemplateLines(spec?.template),
    ...conditionLines(status?.conditions),
    ...replicaSetLines(deployment, context),
    ...eventLines('Deployment', deployment, context),
  ]
}

function replicaSetLines(deployment: Deployment, context: DescribeContext): readonly string[] {
  const owned = context
    .list<ReplicaSet>('replicasets.apps', {
      namespace: deployment.metadata?.namespace ?? '',
      labels: labelSelectorText(deployment.spec?.selector),
    })
    .filter(({ metadata }) =>
      metadata?.ownerReferences?.some(({ controller, uid }) => controller && uid === deployment.metadata?.uid),
    )
  const current = [...owned]
    .sort(byCreation)
    .find(({ spec }) => sameTemplate(spec?.template, deployment.spec?.template))
  return [
    `OldReplicaSets:\t${replicaSetsText(owned.filter((candidate) => candidate !== current))}`,
    `NewReplicaSet:\t${replicaSetsText(current ? [current] : [])}`,
  ]
}

const replicaSetsText = (sets: readonly ReplicaSet[]): string =>
  sets
    .map(
      ({ metadata, spec, status }) =>
        `${metadata?.name} (${status?.replicas ?? 0}/${spec?.replicas ?? 0} replicas created)`,
    )
    .join(', ') || '<none>'

const byCreation = (a: ReplicaSet, b: ReplicaSet): number =>
  Date.parse(a.metadata?.creationTimestamp ?? '') - Date.parse(b.metadata?.creationTimestamp ?? '')

/** The templates are the same but for the label that the Deployment's controller adds. */
function sameTemplate(a: PodTemplateSpec | undefined, b: PodTemplateSpec | undefined): boolean {
  const plain = (template: PodTemplateSpec | undefined): PodTemplateSpec => {
    const { 'pod-template-hash': _hash, ...labels } = template?.metadata?.labels ?? {}
    return { ...template, metadata: { ...template?.metadata, labels } }
  }
  return jsonEqual(plain(a), plain(b))
}
