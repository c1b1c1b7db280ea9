import { canonicalQuantities } from '../../api/quantity.ts'
import type { Container, EnvVar, Pod, PodSpec, PodTemplateSpec, Probe, Volume } from '../../generated/types.ts'

/** Everything the API server's defaulting fills into a Pod (upstream: pkg/apis/core/v1/defaults.go SetDefaults_Pod); a spec that `old` has too has them. */
export function defaultPod(pod: Pod, old?: Pod): Pod {
  if (old?.spec !== undefined && pod.spec === old.spec) return pod
  const spec = defaultPodSpec(pod.spec ?? { containers: [] })
  return {
    ...pod,
    spec: {
      ...spec,
      enableServiceLinks: spec.enableServiceLinks ?? true,
      ...(spec.containers && { containers: spec.containers.map((c) => finishContainer(c, spec)) }),
      ...(spec.initContainers && { initContainers: spec.initContainers.map((c) => finishContainer(c, spec)) }),
    },
  }
}

/** A Pod template gets less than a Pod: requests, host ports and service links wait until a Pod is made of it. */
export function defaultPodTemplate(template: PodTemplateSpec): PodTemplateSpec {
  return { ...template, spec: defaultPodSpec(template.spec ?? { containers: [] }) }
}

function defaultPodSpec(given: PodSpec): PodSpec {
  const serviceAccount = given.serviceAccountName || given.serviceAccount
  return {
    ...given,
    ...(given.containers && { containers: given.containers.map(defaultContainer) }),
    ...(given.initContainers && { initContainers: given.initContainers.map(defaultContainer) }),
    ...(given.ephemeralContainers && { ephemeralContainers: given.ephemeralContainers.map(defaultContainer) }),
    ...(given.volumes && { volumes: given.volumes.map(defaultVolume) }),
    ...(serviceAccount && { serviceAccount, serviceAccountName: serviceAccount }),
    dnsPolicy: given.dnsPolicy || 'ClusterFirst',
    restartPolicy: given.restartPolicy || 'Always',
    schedulerName: given.schedulerName || 'default-scheduler',
    securityContext: given.securityContext ?? {},
    terminationGracePeriodSeconds: given.terminationGracePeriodSeconds ?? 30,
    ...(given.topologySpreadConstraints && {
      topologySpreadConstraints: given.topologySpreadConstraints.map((constraint) => ({
        ...constraint,
        whenUnsatisfiable: constraint.whenUnsatisfiable || 'DoNotSchedule',
      })),
    }),
  }
}

function defaultContainer(container: Container): Container {
  return {
    ...container,
    imagePullPolicy: container.imagePullPolicy || pullPolicy(container.image ?? ''),
    ...(container.ports && {
      ports: container.ports.map((port) => ({ ...port, protocol: port.protocol || 'TCP' })),
    }),
    ...(container.env && { env: container.env.map(defaultVariable) }),
    ...defaultProbes(container),
    resources: {
      ...container.resources,
      ...(container.resources?.limits && { limits: canonicalQuantities(container.resources.limits) }),
      ...(container.resources?.requests && { requests: canonicalQuantities(container.resources.requests) }),
    },
    terminationMessagePath: container.terminationMessagePath || '/dev/termination-log',
    terminationMessagePolicy: container.terminationMessagePolicy || 'File',
  }
}

function defaultVariable(variable: EnvVar): EnvVar {
  const { valueFrom } = variable
  if (!valueFrom) return variable
  const { fieldRef, resourceFieldRef } = valueFrom
  return {
    ...variable,
    valueFrom: {
      ...valueFrom,
      ...(fieldRef && { fieldRef: { ...fieldRef, apiVersion: fieldRef.apiVersion || 'v1' } }),
      ...(resourceFieldRef && { resourceFieldRef: { ...resourceFieldRef, divisor: resourceFieldRef.divisor || '0' } }),
    },
  }
}

function defaultProbes(container: Container): Partial<Container> {
  const { livenessProbe, readinessProbe, startupProbe, lifecycle } = container
  return {
    ...(livenessProbe && { livenessProbe: defaultProbe(livenessProbe) }),
    ...(readinessProbe && { readinessProbe: defaultProbe(readinessProbe) }),
    ...(startupProbe && { startupProbe: defaultProbe(startupProbe) }),
    ...(lifecycle && {
      lifecycle: {
        ...lifecycle,
        ...(lifecycle.postStart && { postStart: withHttpDefaults(lifecycle.postStart) }),
        ...(lifecycle.preStop && { preStop: withHttpDefaults(lifecycle.preStop) }),
      },
    }),
  }
}

function defaultProbe(probe: Probe): Probe {
  return {
    ...withHttpDefaults(probe),
    ...(probe.grpc && { grpc: { ...probe.grpc, service: probe.grpc.service ?? '' } }),
    failureThreshold: probe.failureThreshold || 3,
    periodSeconds: probe.periodSeconds || 10,
    successThreshold: probe.successThreshold || 1,
    timeoutSeconds: probe.timeoutSeconds || 1,
  }
}

function withHttpDefaults<T extends Pick<Probe, 'httpGet'>>(handler: T): T {
  const { httpGet } = handler
  if (!httpGet) return handler
  return { ...handler, httpGet: { ...httpGet, path: httpGet.path || '/', scheme: httpGet.scheme || 'HTTP' } }
}

/** `Always` for a tag of latest (or none), else `IfNotPresent`; a digest alone counts as no tag that moves. */
function pullPolicy(image: string): 'Always' | 'IfNotPresent' {
  const [name = '', digest] = image.split('@')
  const tag = /:([^:/]+)$/.exec(name)?.[1] ?? (digest === undefined ? 'latest' : '')
  return tag === 'latest' ? 'Always' : 'IfNotPresent'
}

/** A limit without a request asks for as much as it allows; on the host's network every port is a host port. */
function finishContainer(container: Container, { hostNetwork }: PodSpec): Container {
  const { ports, resources } = container
  return {
    ...container,
    ...(hostNetwork &&
      ports && { ports: ports.map((port) => ({ ...port, hostPort: port.hostPort || port.containerPort })) }),
    ...(resources?.limits && { resources: { ...resources, requests: { ...resources.limits, ...resources.requests } } }),
  }
}

const FILE_MODE_0644 = 420

function defaultVolume(volume: Volume): Volume {
  const { name: _name, ...source } = volume
  if (Object.keys(source).length === 0) return { ...volume, emptyDir: {} }
  const { secret, configMap, downwardAPI, projected, hostPath, iscsi, rbd } = volume
  return {
    ...volume,
    ...(secret && { secret: { ...secret, defaultMode: secret.defaultMode ?? FILE_MODE_0644 } }),
    ...(configMap && { configMap: { ...configMap, defaultMode: configMap.defaultMode ?? FILE_MODE_0644 } }),
    ...(downwardAPI && { downwardAPI: { ...downwardAPI, defaultMode: downwardAPI.defaultMode ?? FILE_MODE_0644 } }),
    ...(projected && { projected: defaultProjected(projected) }),
    ...(hostPath && { hostPath: { ...hostPath, type: hostPath.type ?? '' } }),
    ...(iscsi && { iscsi: { ...iscsi, iscsiInterface: iscsi.iscsiInterface || 'default' } }),
    ...(rbd && {
      rbd: { ...rbd, pool: rbd.pool || 'rbd', user: rbd.user || 'admin', keyring: rbd.keyring || '/etc/ceph/keyring' },
    }),
  }
}

function defaultProjected(projected: NonNullable<Volume['projected']>): Volume['projected'] {
  return {
    ...projected,
    defaultMode: projected.defaultMode ?? FILE_MODE_0644,
    ...(projected.sources && {
      sources: projected.sources.map((source) =>
        source.serviceAccountToken
          ? {
              ...source,
              serviceAccountToken: {
                ...source.serviceAccountToken,
                expirationSeconds: source.serviceAccountToken.expirationSeconds ?? 3600,
              },
            }
          : source,
      ),
    }),
  }
}
