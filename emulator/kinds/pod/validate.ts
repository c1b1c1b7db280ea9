import { type FieldError, field } from '../../api/field.ts'
import { dns1123LabelErrors, dns1123SubdomainErrors, qualifiedNameErrors } from '../../api/names.ts'
import type { Pod, PodSpec, PodTemplateSpec, Toleration } from '../../generated/types.ts'
import { labelErrors, nameErrors } from '../validation/names.ts'
import { internalForm } from './internal-form.ts'
import { affinityErrors } from './validate-affinity.ts'
import { containersErrors, initContainersErrors } from './validate-containers.ts'
import { dnsConfigErrors, hostAliasErrors } from './validate-dns.ts'
import { podSecurityErrors } from './validate-security.ts'
import { spreadErrors } from './validate-spread.ts'
import { podUpdateErrors } from './validate-update.ts'
import { volumesErrors } from './validate-volumes.ts'

const RESTART_POLICIES = ['Always', 'OnFailure', 'Never']
const DNS_POLICIES = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None']
const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

/** Everything that can be wrong with a Pod (upstream: pkg/apis/core/validation ValidatePodCreate, ValidatePodUpdate). */
export function validatePod(pod: Pod, old: Pod | undefined): readonly FieldError[] {
  const spec: PodSpec = pod.spec ?? { containers: [] }
  // What is as it was stored was looked at then: most writes are of a status.
  if (old && pod.spec === old.spec) return []
  if (old) return [...podSpecErrors('spec', spec), ...podUpdateErrors(pod, old)]
  const ephemeral = spec.ephemeralContainers?.length
    ? [field.forbidden('spec.ephemeralContainers', 'cannot be set on create')]
    : []
  return [...podSpecErrors('spec', spec), ...ephemeral]
}

/** A Pod template's own metadata and its spec (upstream: ValidatePodTemplateSpec). */
export function podTemplateErrors(path: string, { metadata, spec }: PodTemplateSpec): readonly FieldError[] {
  return [
    ...labelErrors(`${path}.labels`, metadata?.labels),
    ...Object.keys(metadata?.annotations ?? {})
      .sort()
      .flatMap((key) => nameErrors(`${path}.annotations`, key.toLowerCase(), qualifiedNameErrors)),
    ...podSpecErrors(`${path}.spec`, spec ?? { containers: [] }),
    ...(spec?.ephemeralContainers?.length
      ? [field.forbidden(`${path}.spec.ephemeralContainers`, 'ephemeral containers not allowed in pod template')]
      : []),
  ]
}

/** Upstream: ValidatePodSpec. */
function podSpecErrors(path: string, spec: PodSpec): readonly FieldError[] {
  return [
    ...volumesErrors(`${path}.volumes`, spec.volumes ?? []),
    ...containersErrors(`${path}.containers`, spec),
    ...initContainersErrors(`${path}.initContainers`, spec),
    ...hostNetworkErrors(path, spec),
    ...chosen(`${path}.restartPolicy`, spec.restartPolicy, RESTART_POLICIES),
    ...chosen(`${path}.dnsPolicy`, spec.dnsPolicy, DNS_POLICIES),
    ...labelErrors(`${path}.nodeSelector`, spec.nodeSelector),
    ...podSecurityErrors(`${path}.securityContext`, spec),
    ...affinityErrors(`${path}.affinity`, spec.affinity),
    ...dnsConfigErrors(`${path}.dnsConfig`, spec),
    ...gateErrors(path, spec),
    ...spreadErrors(`${path}.topologySpreadConstraints`, spec.topologySpreadConstraints ?? []),
    ...optionalName(`${path}.serviceAccountName`, spec.serviceAccountName, dns1123SubdomainErrors),
    ...optionalName(`${path}.nodeName`, spec.nodeName, dns1123SubdomainErrors),
    ...deadlineErrors(path, spec),
    ...optionalName(`${path}.hostname`, spec.hostname, dns1123LabelErrors),
    ...optionalName(`${path}.subdomain`, spec.subdomain, dns1123LabelErrors),
    ...(spec.tolerations ?? []).flatMap((toleration, index) =>
      tolerationErrors(`${path}.tolerations[${index}]`, toleration),
    ),
    ...hostAliasErrors(`${path}.hostAliases`, spec.hostAliases ?? []),
    ...optionalName(`${path}.priorityClassName`, spec.priorityClassName, dns1123SubdomainErrors),
    ...optionalName(`${path}.runtimeClassName`, spec.runtimeClassName, dns1123SubdomainErrors),
    ...(spec.preemptionPolicy === undefined
      ? []
      : chosen(`${path}.preemptionPolicy`, spec.preemptionPolicy, ['Never', 'PreemptLowerPriority'])),
    ...osErrors(`${path}.os`, spec.os),
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

function osErrors(path: string, os: PodSpec['os']): readonly FieldError[] {
  if (!os) return []
  if (!os.name) return [field.required(`${path}.name`, 'cannot be empty')]
  return ['linux', 'windows'].includes(os.name) ? [] : [field.notSupported(path, os.name, ['linux', 'windows'])]
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

function hostNetworkErrors(path: string, { hostNetwork, containers = [] }: PodSpec): readonly FieldError[] {
  if (!hostNetwork) return []
  return containers.flatMap(({ ports = [] }, index) =>
    ports.flatMap(({ containerPort, hostPort }, portIndex) =>
      hostPort && hostPort !== containerPort
        ? [
            field.invalid(
              `${path}.containers[${index}].ports[${portIndex}].containerPort`,
              containerPort,
              'must match `hostPort` when `hostNetwork` is true',
            ),
          ]
        : [],
    ),
  )
}

function deadlineErrors(path: string, { activeDeadlineSeconds }: PodSpec): readonly FieldError[] {
  const late = activeDeadlineSeconds !== undefined && (activeDeadlineSeconds < 1 || activeDeadlineSeconds > 2147483647)
  return [
    ...(late
      ? [
          field.invalid(
            `${path}.activeDeadlineSeconds`,
            activeDeadlineSeconds,
            'must be between 1 and 2147483647, inclusive',
          ),
        ]
      : []),
  ]
}

/** Upstream: ValidateTolerations. */
function tolerationErrors(path: string, toleration: Toleration): readonly FieldError[] {
  const { key = '', operator = '', value = '', effect = '', tolerationSeconds } = toleration
  const errors: FieldError[] = key === '' ? [] : nameErrors(`${path}.key`, key, qualifiedNameErrors)
  if (key === '' && operator !== 'Exists')
    errors.push(
      field.invalid(
        `${path}.operator`,
        operator,
        'operator must be Exists when `key` is empty, which means "match all values and all keys"',
      ),
    )
  if (tolerationSeconds !== undefined && effect !== 'NoExecute')
    errors.push(field.invalid(`${path}.effect`, effect, "effect must be 'NoExecute' when `tolerationSeconds` is set"))
  if (operator === 'Exists' && value !== '')
    errors.push(
      field.invalid(
        `${path}.operator`,
        internalForm(toleration, 'Toleration'),
        "value must be empty when `operator` is 'Exists'",
      ),
    )
  else if (operator !== 'Exists' && operator !== 'Equal' && operator !== '')
    errors.push(field.notSupported(`${path}.operator`, operator, ['Equal', 'Exists']))
  if (effect !== '' && !EFFECTS.includes(effect)) errors.push(field.notSupported(`${path}.effect`, effect, EFFECTS))
  return errors
}
