import { FRESH } from '../../api/json.ts'
import { canonicalQuantities } from '../../api/quantity.ts'
import type { Container, EnvVar, Pod, PodSpec, PodTemplateSpec, Probe } from '../../generated/types.ts'
import { defaultReferences, defaultVolume, pullPolicy } from './defaults-volumes.ts'

/** Everything the API server's defaulting fills into a Pod (upstream: pkg/apis/core/v1/defaults.go SetDefaults_Pod); a spec that `old` has too has them. */
export function defaultPod(pod: Pod, old?: Pod): Pod {
  if (old?.spec !== undefined && pod.spec === old.spec) return pod
  const spec = defaultPodSpec(pod.spec ?? { containers: [] })
  return {
    ...FRESH,
    ...pod,
    spec: {
      ...FRESH,
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

const defaultVariable = (variable: EnvVar): EnvVar =>
  variable.valueFrom ? { ...variable, valueFrom: defaultReferences(variable.valueFrom) } : variable

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
