/** What `kubectl debug --profile` sets on the pod and the container it makes (upstream: kubectl/pkg/cmd/debug/profiles.go). */
import type { Kube } from '../../../emulator/index.ts'
import type { FlagValues } from '../cli/flags.ts'
import { KubectlError } from '../errors.ts'

export const PROFILES = ['legacy', 'general', 'baseline', 'netadmin', 'restricted', 'sysadmin'] as const
export type Profile = (typeof PROFILES)[number]
export type DebugStyle = 'node' | 'copy' | 'ephemeral'

type PodSpec = Kube.PodSpec
type Container = Kube.Container

/** Throws KubectlError. */
export function profileOf(flags: FlagValues): Profile {
  const name = flags.string('profile')
  const found = PROFILES.find((profile) => profile === name)
  if (!found) throw new KubectlError(`unknown profile: ${name}`)
  return found
}

const CAPABILITIES: { readonly [profile in Profile]: readonly string[] } = {
  legacy: [],
  general: ['SYS_PTRACE'],
  baseline: [],
  netadmin: ['NET_ADMIN', 'NET_RAW'],
  restricted: [],
  sysadmin: [],
}

/** The debug container as the profile wants it. */
export function profiledContainer(container: Container, profile: Profile, style: DebugStyle): Container {
  const { securityContext, ...rest } = container
  if (profile === 'legacy') return style === 'node' ? withHostRoot(container) : container
  if (profile === 'sysadmin') {
    const privileged = { ...rest, securityContext: { ...securityContext, privileged: true } }
    return style === 'node' ? withHostRoot(privileged) : privileged
  }
  if (profile === 'restricted') return { ...rest, securityContext: RESTRICTED }
  const add = CAPABILITIES[profile]
  if (style === 'node') {
    if (profile === 'netadmin') return { ...rest, securityContext: { privileged: true } }
    return profile === 'general' ? withHostRoot(rest) : rest
  }
  if (add.length === 0) return rest
  const known = securityContext?.capabilities?.add ?? []
  return {
    ...rest,
    securityContext: {
      ...securityContext,
      capabilities: { ...securityContext?.capabilities, add: [...new Set([...known, ...add])] },
    },
  }
}

const RESTRICTED: Kube.SecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
}
const HOST_ROOT = 'host-root'

function withHostRoot(container: Container): Container {
  const mount = { mountPath: '/host', name: HOST_ROOT }
  return { ...container, volumeMounts: [...(container.volumeMounts ?? []), mount] }
}

/** The pod spec around a node's debugger. */
export function profiledNodeSpec(spec: PodSpec, profile: Profile): PodSpec {
  const host = { hostIPC: true, hostNetwork: true, hostPID: true }
  const root = { volumes: [{ name: HOST_ROOT, hostPath: { path: '/' } }] }
  if (profile === 'baseline' || profile === 'restricted') return spec
  if (profile === 'netadmin') return { ...spec, ...host }
  return { ...spec, ...host, ...root }
}

/** A copied pod as the profile and the --keep-… flags want it. */
export function profiledCopy(pod: Kube.Pod, profile: Profile, flags: FlagValues): Kube.Pod {
  const { labels: _, annotations, ...metadata } = pod.metadata ?? {}
  if (profile === 'legacy') {
    const containers = (pod.spec?.containers ?? []).map((c) => withoutProbes(c, ['livenessProbe', 'readinessProbe']))
    return { ...pod, metadata: { ...metadata, ...(annotations && { annotations }) }, spec: { ...pod.spec, containers } }
  }
  const probes = (['liveness', 'readiness', 'startup'] as const)
    .filter((probe) => !flags.bool(`keep-${probe}`))
    .map((probe) => `${probe}Probe` as const)
  const { initContainers, shareProcessNamespace, ...spec } = pod.spec ?? { containers: [] }
  return {
    ...pod,
    metadata: {
      ...metadata,
      ...(flags.bool('keep-labels') && pod.metadata?.labels && { labels: pod.metadata.labels }),
      ...(flags.bool('keep-annotations') && annotations && { annotations }),
    },
    spec: {
      ...spec,
      containers: spec.containers.map((c) => withoutProbes(c, probes)),
      ...(flags.bool('keep-init-containers') && initContainers && { initContainers }),
      shareProcessNamespace: shareProcessNamespace ?? true,
    },
  }
}

type ProbeField = 'livenessProbe' | 'readinessProbe' | 'startupProbe'

function withoutProbes(container: Container, fields: readonly ProbeField[]): Container {
  const entries = Object.entries(container).filter(([key]) => !fields.some((field) => field === key))
  return { ...Object.fromEntries(entries), name: container.name }
}
