import { age } from '../../api/age.ts'
import type { DescribeContext } from '../../api/kind.ts'
import type { Pod } from '../../generated/types.ts'
import { containerLines } from '../describe/containers.ts'
import { eventLines } from '../describe/events.ts'
import { annotationLines, controllerLines, indent, labelLines, nameLines } from '../describe/lines.ts'
import { spreadLines } from '../describe/pod-template.ts'
import { tolerationLines } from '../describe/tolerations.ts'
import { volumeLines } from '../describe/volumes.ts'
import { rfc1123 } from '../format/time.ts'
import { qosClass } from './qos.ts'

/** `kubectl describe pod` (upstream: k8s.io/kubectl/pkg/describe/describe.go describePod). */
export function describePod(pod: Pod, context: DescribeContext): readonly string[] {
  const { metadata, spec, status } = pod
  return [
    ...nameLines(pod),
    ...placementLines(pod),
    ...labelLines('Labels', metadata?.labels),
    ...annotationLines('Annotations', metadata?.annotations),
    ...statusLines(pod, context.now),
    `IP:\t${status?.podIP ?? ''}`,
    ...(status?.podIPs?.length
      ? [
          'IPs:',
          ...indent(
            1,
            status.podIPs.map(({ ip }) => `IP:\t${ip ?? ''}`),
          ),
        ]
      : ['IPs:\t<none>']),
    ...controllerLines(pod),
    ...(status?.nominatedNodeName ? [`NominatedNodeName:\t${status.nominatedNodeName}`] : []),
    ...(spec?.initContainers?.length
      ? containerLines('Init Containers', spec.initContainers, status?.initContainerStatuses, pod)
      : []),
    ...containerLines('Containers', spec?.containers ?? [], status?.containerStatuses, pod),
    ...(spec?.ephemeralContainers?.length
      ? containerLines('Ephemeral Containers', spec.ephemeralContainers, status?.ephemeralContainerStatuses, pod)
      : []),
    ...readinessGateLines(pod),
    ...conditionLines(pod),
    ...volumeLines(spec?.volumes, ''),
    `QoS Class:\t${status?.qosClass || qosClass(pod)}`,
    ...labelLines('Node-Selectors', spec?.nodeSelector),
    ...tolerationLines('Tolerations', spec?.tolerations),
    ...spreadLines(spec?.topologySpreadConstraints, ''),
    ...eventLines('Pod', pod, context),
  ]
}

function placementLines({ spec, status }: Pod): readonly string[] {
  return [
    ...(spec?.priority === undefined ? [] : [`Priority:\t${spec.priority}`]),
    ...(spec?.priorityClassName ? [`Priority Class Name:\t${spec.priorityClassName}`] : []),
    ...(spec?.runtimeClassName ? [`Runtime Class Name:\t${spec.runtimeClassName}`] : []),
    ...(spec?.serviceAccountName ? [`Service Account:\t${spec.serviceAccountName}`] : []),
    spec?.nodeName ? `Node:\t${spec.nodeName}/${status?.hostIP ?? ''}` : 'Node:\t<none>',
    ...(status?.startTime ? [`Start Time:\t${rfc1123(status.startTime)}`] : []),
  ]
}

function statusLines({ metadata, spec, status }: Pod, now: number): readonly string[] {
  const ended = status?.phase === 'Failed' || status?.phase === 'Succeeded'
  const profile = spec?.securityContext?.seccompProfile
  return [
    ...(metadata?.deletionTimestamp && !ended
      ? [
          `Status:\tTerminating (lasts ${age(metadata.deletionTimestamp, now)})`,
          `Termination Grace Period:\t${metadata.deletionGracePeriodSeconds ?? 0}s`,
        ]
      : [`Status:\t${status?.phase ?? ''}`]),
    ...(status?.reason ? [`Reason:\t${status.reason}`] : []),
    ...(status?.message ? `Message:\t${status.message}`.split('\n') : []),
    ...(profile ? [`SeccompProfile:\t${profile.type}`] : []),
    ...(profile?.type === 'Localhost' ? [`LocalhostProfile:\t${profile.localhostProfile ?? ''}`] : []),
  ]
}

function readinessGateLines({ spec, status }: Pod): readonly string[] {
  if (!spec?.readinessGates?.length) return []
  const rows = spec.readinessGates.map(({ conditionType }) => {
    const condition = status?.conditions?.find(({ type }) => type === conditionType)
    return `${conditionType} \t${condition?.status ?? '<none>'} `
  })
  return ['Readiness Gates:', ...indent(1, ['Type\tStatus', ...rows])]
}

function conditionLines({ status }: Pod): readonly string[] {
  if (!status?.conditions?.length) return []
  const rows = status.conditions.map((condition) => `${condition.type} \t${condition.status} `)
  return ['Conditions:', ...indent(1, ['Type\tStatus', ...rows])]
}
