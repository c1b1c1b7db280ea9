import { type FieldError, field } from '../../api/field.ts'
import { dns1123LabelErrors, dns1123SubdomainErrors, qualifiedNameErrors } from '../../api/names.ts'
import type { Pod, PodSpec, PodTemplateSpec } from '../../generated/types.ts'
import { labelErrors, nameErrors } from '../validation/names.ts'
import { affinityErrors } from './validate-affinity.ts'
import { podAnnotationErrors, profileMatchErrors } from './validate-annotations.ts'
import { podResourcesErrors, resourceClaimErrors } from './validate-claims.ts'
import {
  containersErrors,
  ephemeralContainersErrors,
  imageSpaceErrors,
  initContainersErrors,
} from './validate-containers.ts'
import { dnsConfigErrors, hostAliasErrors } from './validate-dns.ts'
import { osErrors } from './validate-os.ts'
import { resourceErrors } from './validate-resources.ts'
import { podSecurityErrors } from './validate-security.ts'
import { spreadErrors } from './validate-spread.ts'
import { tolerationsErrors } from './validate-tolerations.ts'
import { podUpdateErrors } from './validate-update.ts'
import { checkVolumes } from './validate-volumes.ts'

const RESTART_POLICIES = ['Always', 'OnFailure', 'Never']
const DNS_POLICIES = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None']

/** Everything that can be wrong with a Pod (upstream: pkg/apis/core/validation ValidatePodCreate, ValidatePodUpdate). */
export function validatePod(pod: Pod, old: Pod | undefined): readonly FieldError[] {
  // What is as it was stored was looked at then: most writes are of a status.
  if (old && pod.spec === old.spec && pod.metadata?.annotations === old.metadata?.annotations) return []
  if (old) return [...podErrors(pod), ...podUpdateErrors(pod, old)]
  const { metadata, spec = { containers: [] } } = pod
  return [
    ...podErrors(pod),
    ...(spec.ephemeralContainers?.length
      ? [field.forbidden('spec.ephemeralContainers', 'cannot be set on create')]
      : []),
    ...(spec.nodeName && spec.schedulingGates?.length
      ? [field.forbidden('spec.nodeName', 'cannot be set until all schedulingGates have been cleared')]
      : []),
    ...profileMatchErrors('spec', metadata?.annotations, spec),
  ]
}

/** A Pod as such, new or changed (upstream: validatePodMetadataAndSpec). */
export function podErrors({ metadata, spec = { containers: [] } }: Pod): readonly FieldError[] {
  return [
    ...podAnnotationErrors('metadata.annotations', metadata?.annotations, spec),
    ...podSpecErrors('spec', spec, metadata?.name ?? ''),
    ...(spec.serviceAccountName ? [] : tokenErrors(spec)),
    ...(['containers', 'initContainers'] as const).flatMap((list) =>
      (spec[list] ?? []).flatMap((container, index) => imageSpaceErrors(`spec.${list}[${index}]`, container)),
    ),
  ]
}

const tokenErrors = ({ volumes = [] }: PodSpec): readonly FieldError[] =>
  volumes.flatMap(({ projected }, index) =>
    (projected?.sources ?? []).flatMap(({ serviceAccountToken }, place) => {
      const path = `spec.volumes[${index}].projected.sources[${place}].serviceAccountToken`
      return serviceAccountToken
        ? [field.forbidden(path, 'must not be specified when serviceAccountName is not set')]
        : []
    }),
  )

/** A Pod template's own metadata and its spec (upstream: ValidatePodTemplateSpec). */
export function podTemplateErrors(path: string, { metadata, spec }: PodTemplateSpec): readonly FieldError[] {
  const podSpec = spec ?? { containers: [] }
  return [
    ...labelErrors(`${path}.labels`, metadata?.labels),
    ...Object.keys(metadata?.annotations ?? {})
      .sort()
      .flatMap((key) => nameErrors(`${path}.annotations`, key.toLowerCase(), qualifiedNameErrors)),
    ...podAnnotationErrors(`${path}.annotations`, metadata?.annotations, podSpec),
    ...podSpecErrors(`${path}.spec`, podSpec, undefined),
    ...profileMatchErrors(`${path}.spec`, metadata?.annotations, podSpec),
    ...(spec?.ephemeralContainers?.length
      ? [field.forbidden(`${path}.spec.ephemeralContainers`, 'ephemeral containers not allowed in pod template')]
      : []),
  ]
}

/** Upstream: ValidatePodSpec; `podName` is that of a real Pod, and undefined in a template. */
function podSpecErrors(path: string, spec: PodSpec, podName: string | undefined): readonly FieldError[] {
  const { errors, valid } = checkVolumes(`${path}.volumes`, spec.volumes ?? [], podName)
  return [
    ...errors,
    ...resourceClaimErrors(`${path}.resourceClaims`, spec.resourceClaims ?? []),
    ...containersErrors(`${path}.containers`, spec, valid),
    ...initContainersErrors(`${path}.initContainers`, spec, valid),
    ...ephemeralContainersErrors(`${path}.ephemeralContainers`, spec, valid),
    ...podResourcesErrors(`${path}.resources`, spec),
    ...hostNetworkErrors(path, spec, podName !== undefined),
    ...chosen(`${path}.restartPolicy`, spec.restartPolicy, RESTART_POLICIES),
    ...chosen(`${path}.dnsPolicy`, spec.dnsPolicy, DNS_POLICIES),
    ...labelErrors(`${path}.nodeSelector`, spec.nodeSelector),
    ...podSecurityErrors(`${path}.securityContext`, spec),
    ...affinityErrors(`${path}.affinity`, spec.affinity),
    ...dnsConfigErrors(`${path}.dnsConfig`, spec),
    ...gateErrors(path, spec),
    ...spreadErrors(`${path}.topologySpreadConstraints`, spec.topologySpreadConstraints ?? []),
    ...hostUsersErrors(path, spec),
    ...optionalName(`${path}.serviceAccountName`, spec.serviceAccountName, dns1123SubdomainErrors),
    ...optionalName(`${path}.nodeName`, spec.nodeName, dns1123SubdomainErrors),
    ...deadlineErrors(`${path}.activeDeadlineSeconds`, spec),
    ...optionalName(`${path}.hostname`, spec.hostname, dns1123LabelErrors),
    ...optionalName(`${path}.subdomain`, spec.subdomain, dns1123LabelErrors),
    ...tolerationsErrors(`${path}.tolerations`, spec.tolerations),
    ...hostAliasErrors(`${path}.hostAliases`, spec.hostAliases ?? []),
    ...optionalName(`${path}.priorityClassName`, spec.priorityClassName, dns1123SubdomainErrors),
    ...(spec.runtimeClassName === undefined
      ? []
      : nameErrors(`${path}.runtimeClassName`, spec.runtimeClassName, dns1123SubdomainErrors)),
    ...(spec.preemptionPolicy === undefined
      ? []
      : chosen(`${path}.preemptionPolicy`, spec.preemptionPolicy, ['PreemptLowerPriority', 'Never'])),
    ...(spec.overhead ? resourceErrors(`${path}.overhead`, { limits: spec.overhead }) : []),
    ...osErrors(path, spec),
  ]
}

/** What must come about before a Pod is ready, or is scheduled. */
function gateErrors(path: string, { readinessGates = [], schedulingGates = [] }: PodSpec): readonly FieldError[] {
  return [
    ...readinessGates.flatMap(({ conditionType }, index) =>
      nameErrors(`${path}.readinessGates[${index}].conditionType`, conditionType, qualifiedNameErrors),
    ),
    ...schedulingGates.flatMap(({ name }, index) => [
      ...nameErrors(`${path}.schedulingGates[${index}]`, name, qualifiedNameErrors),
      ...(schedulingGates.slice(0, index).some((other) => other.name === name)
        ? [field.duplicate(`${path}.schedulingGates[${index}]`, name)]
        : []),
    ]),
  ]
}

function chosen(path: string, value: string | undefined, supported: readonly string[]): readonly FieldError[] {
  if (!value) return [field.required(path)]
  return supported.includes(value) ? [] : [field.notSupported(path, value, supported)]
}

const optionalName = (
  path: string,
  value: string | undefined,
  rule: (value: string) => readonly string[],
): readonly FieldError[] => (value ? nameErrors(path, value, rule) : [])

/** A Pod's host ports are its ports; in a template they may wait to be filled in (upstream: validatePodHostNetworkDeps). */
function hostNetworkErrors(path: string, spec: PodSpec, isPod: boolean): readonly FieldError[] {
  if (!spec.hostNetwork) return []
  return (spec.containers ?? []).flatMap(({ ports = [] }, index) =>
    ports.flatMap(({ containerPort, hostPort = 0 }, portIndex) => {
      if (hostPort === containerPort || (!isPod && hostPort === 0)) return []
      const at = `${path}.containers[${index}].ports[${portIndex}].hostPort`
      return [field.invalid(at, hostPort, 'must match `containerPort` when `hostNetwork` is true')]
    }),
  )
}

/** Users of a Pod's own do not go with the host's namespaces; upstream names two of the fields as Go does. */
function hostUsersErrors(path: string, spec: PodSpec): readonly FieldError[] {
  if (spec.hostUsers !== false) return []
  const why = 'when `pod.Spec.HostUsers` is false'
  return [
    ...(spec.hostNetwork ? [field.forbidden(`${path}.hostNetwork`, why)] : []),
    ...(spec.hostPID ? [field.forbidden(`${path}.HostPID`, why)] : []),
    ...(spec.hostIPC ? [field.forbidden(`${path}.HostIPC`, why)] : []),
  ]
}

function deadlineErrors(path: string, { activeDeadlineSeconds: seconds }: PodSpec): readonly FieldError[] {
  return seconds !== undefined && (seconds < 1 || seconds > 2147483647)
    ? [field.invalid(path, seconds, 'must be between 1 and 2147483647, inclusive')]
    : []
}
