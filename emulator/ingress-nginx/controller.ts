import type { Authorizer } from '../api/authorizer.ts'
import type { ObjectClient } from '../api/client.ts'
import { StatusError } from '../api/errors.ts'
import { jsonEqual } from '../api/json.ts'
import { byLabel, labelValue } from '../api/object-index.ts'
import {
  type ControllerDefinition,
  defineController,
  type EventRecorder,
  type ObjectKey,
  type ReconcileResult,
} from '../controllers/controller.ts'
import { ingressControllers } from '../controllers/indexes.ts'
import { createdAt, isDeleting, keyOf, nameOf, namespaceOf, uidOf } from '../controllers/metadata.ts'
import type { EndpointSlice, Ingress, Pod } from '../generated/types.ts'
import { configMap as configMapKind } from '../kinds/config-map.ts'
import { endpointSlice as sliceKind } from '../kinds/endpoint-slice.ts'
import { ingress as ingressKind } from '../kinds/ingress.ts'
import { ingressClass as classKind } from '../kinds/ingress-class.ts'
import { node as nodeKind } from '../kinds/node.ts'
import { pod as podKind } from '../kinds/pod.ts'
import { secret as secretKind } from '../kinds/secret.ts'
import { service as serviceKind } from '../kinds/service.ts'
import type { Container, ContainerRuntime } from '../node/runtime.ts'
import { fakeCertificate, secretText } from './certificates.ts'
import { isOurs } from './classes.ts'
import { CONFIGURATION_FILE, type Configuration, parseConfiguration } from './configuration.ts'
import { type Configured, configure, markOf } from './configure.ts'
import { type ControllerFlags, controllerContainer, speaksOldApi } from './flags.ts'
import { nginxConf } from './nginx-conf.ts'
import { publishedAddresses } from './published.ts'
import { checkRights } from './rights.ts'

export interface IngressNginxOptions {
  readonly runtime: Pick<ContainerRuntime, 'get'>
  readonly objects: ObjectClient
  readonly authorizer: Authorizer
  recorder(component: string): EventRecorder
}

/**
 * What each NGINX Ingress controller does while its container runs: it watches the cluster with the rights of its service
 * account, configures its nginx, and publishes where its Ingresses are reached (ingress-nginx: internal/ingress/controller,
 * internal/ingress/status).
 */
export function createIngressNginxController(options: IngressNginxOptions): ControllerDefinition {
  const all = (_: unknown, { objects }: { readonly objects: ObjectClient }): readonly ObjectKey[] =>
    objects.listBy(podKind, ingressControllers, '').map(keyOf)
  return defineController({
    name: 'ingress-nginx',
    for: podKind,
    concerns: (pod) => controllerContainer(pod as Pod) !== undefined,
    watches: [ingressKind, classKind, serviceKind, sliceKind, secretKind, configMapKind].map((kind) => ({
      kind,
      keys: all,
    })),
    delayMs: [250, 900],
    reconcile(key, { now }) {
      const { objects } = options
      const pod = objects.get(podKind, key.namespace, key.name)
      const found = pod && controllerContainer(pod)
      const container = found && options.runtime.get(uidOf(pod), found.name)
      if (!found || container?.state.kind !== 'running' || speaksOldApi(found.flags.version)) return undefined
      const given = { pod, container, flags: found.flags, now, ...options }
      if (!isDeleting(pod)) return sync(given)
      if (found.flags.updatesStatus) publish(given, objects.list(ingressKind))
      return undefined
    },
  })
}

const accountOf = (pod: Pod): ObjectKey => ({
  namespace: namespaceOf(pod),
  name: pod.spec?.serviceAccountName ?? 'default',
})

interface Sync {
  readonly pod: Pod
  readonly container: Container
  readonly flags: ControllerFlags
  readonly now: number
  readonly objects: ObjectClient
  readonly authorizer: Authorizer
  recorder(component: string): EventRecorder
}

/** Without rights its caches stay empty, and it tries again. */
function sync(given: Sync): ReconcileResult | undefined {
  const { container, flags } = given
  try {
    checkRights(given.authorizer, accountOf(given.pod), flags.namespace ?? '')
  } catch (error) {
    if (!(error instanceof StatusError)) throw error
    log(given, `E reflector.go:200] "Failed to watch" err="failed to list: ${error.status.message ?? ''}"`)
    return { requeueAfterMs: RETRY_MS, background: true }
  }
  const ingresses = given.objects.list(ingressKind)
  const before = parseConfiguration(container.files.read(CONFIGURATION_FILE))
  const configured = configureFor(given, ingresses, before)
  announce(given, ingresses, before)
  apply(given, configured, before)
  if (flags.updatesStatus) publish(given, ingresses)
  return undefined
}

const RETRY_MS = 30_000

function configureFor(given: Sync, ingresses: readonly Ingress[], before: Configuration | undefined): Configured {
  const { objects, flags, now, pod } = given
  const secret = (namespace: string, name: string) => objects.get(secretKind, namespace, name)
  const configMap = (reference: string | undefined) => {
    const [namespace, name = ''] = (reference ?? '').split('/')
    return name === '' ? undefined : objects.get(configMapKind, namespace, name)
  }
  const map = configMap(flags.configMap)
  const [certificateNamespace = '', certificateName] = (flags.defaultCertificate ?? '').split('/')
  const chosen = certificateName && secretText(secret(certificateNamespace, certificateName), 'tls.crt')
  return configure(
    {
      ingresses,
      classes: objects.list(classKind),
      defaults: new Map(Object.entries(map?.data ?? {})),
      fallbackCertificate: chosen || (before?.fallbackCertificate ?? fakeCertificate(uidOf(pod), now)),
      now,
      secret,
      configMap,
      service: (namespace, name) => objects.get(serviceKind, namespace, name),
      slices: (namespace, service): readonly EndpointSlice[] =>
        objects.listBy(sliceKind, byLabel, labelValue(namespace, 'kubernetes.io/service-name', service)),
    },
    flags,
  )
}

/** An event for each Ingress that is new or changed since. */
function announce(given: Sync, ingresses: readonly Ingress[], before: Configuration | undefined): void {
  const known = new Map(before?.ingresses)
  for (const ingress of ingresses) {
    const classes = given.objects.list(classKind)
    const name = `${namespaceOf(ingress)}/${nameOf(ingress)}`
    const changed = known.get(uidOf(ingress)) !== markOf(ingress)
    if (!isOurs(ingress, classes, given.flags)) {
      if (before?.foreign.some((one) => one.name === name)) continue
      const why = 'ingress does not contain a valid IngressClass'
      log(
        given,
        `I store.go:439] "Ignoring ingress because of error while validating ingress class" ingress="${name}" error="${why}"`,
      )
      continue
    }
    if (!changed) continue
    const { ingressClassName } = ingress.spec ?? {}
    if (!known.has(uidOf(ingress)) && ingressClassName)
      log(given, `I store.go:442] "Found valid IngressClass" ingress="${name}" ingressclass="${ingressClassName}"`)
    given.recorder('nginx-ingress-controller').event(ingress, 'Normal', 'Sync', 'Scheduled for sync')
    const reference = `v1.ObjectReference{Kind:"Ingress", Namespace:"${namespaceOf(ingress)}", Name:"${nameOf(ingress)}", UID:"${uidOf(ingress)}", APIVersion:"networking.k8s.io/v1", ResourceVersion:"${ingress.metadata?.resourceVersion ?? ''}", FieldPath:""}`
    log(given, `I event.go:377] Event(${reference}): type: 'Normal' reason: 'Sync' Scheduled for sync`)
  }
}

/** nginx is loaded anew when its file changes; endpoints and certificates reach it without. */
function apply(given: Sync, { configuration, warnings }: Configured, before: Configuration | undefined): void {
  const { container, pod } = given
  if (before !== undefined && jsonEqual(configuration, before)) return
  for (const warning of warnings) log(given, warning)
  const conf = nginxConf(configuration)
  const reload = container.files.read('/etc/nginx/nginx.conf') !== conf
  if (reload) log(given, 'I controller.go:196] "Configuration changes detected, backend reload required"')
  container.files.write(CONFIGURATION_FILE, JSON.stringify(configuration))
  if (reload) container.files.write('/etc/nginx/nginx.conf', conf)
  container.hangup()
  if (!reload) return
  log(given, 'I controller.go:216] "Backend successfully reloaded"')
  if (before === undefined) log(given, 'I controller.go:227] "Initial sync, sleeping for 1 second"')
  given
    .recorder('nginx-ingress-controller')
    .event(pod, 'Normal', 'RELOAD', 'NGINX reload triggered due to a change in configuration')
}

/** The oldest controller of a class writes the addresses: it holds the lease. The last one that goes takes them back. */
function publish(given: Sync, ingresses: readonly Ingress[]): void {
  const { objects, flags, pod } = given
  const peers = objects
    .listBy(podKind, ingressControllers, '')
    .filter((one) => namespaceOf(one) === namespaceOf(pod) && !isDeleting(one))
    .filter((one) => controllerContainer(one)?.flags.controllerClass === flags.controllerClass)
  const [leader] = [...peers].sort((a, b) => createdAt(a) - createdAt(b))
  if (leader && uidOf(leader) !== uidOf(pod)) return
  const classes = objects.list(classKind)
  const ingress = publishedAddresses(leader ? flags : undefined, peers, {
    service: (namespace, name) => objects.get(serviceKind, namespace, name),
    node: (name) => objects.get(nodeKind, undefined, name),
  })
  for (const one of ingresses) {
    if (!isOurs(one, classes, flags) || isDeleting(one)) continue
    const old = one.status?.loadBalancer?.ingress ?? []
    if (jsonEqual(old, ingress)) continue
    log(
      given,
      `I status.go:304] "updating Ingress status" namespace="${namespaceOf(one)}" ingress="${nameOf(one)}" currentValue=${JSON.stringify(old.length > 0 ? old : null)} newValue=${JSON.stringify(ingress)}`,
    )
    objects.updateStatus(ingressKind, { ...one, status: { loadBalancer: ingress.length > 0 ? { ingress } : {} } })
  }
}

/** `I controller.go:216] …` with klog's time and process. */
function log({ container, now }: Pick<Sync, 'container' | 'now'>, line: string): void {
  const at = new Date(now).toISOString()
  const head = `${line[0]}${at.slice(5, 7)}${at.slice(8, 10)} ${at.slice(11, 23)}000       7`
  container.log('stderr', `${head} ${line.slice(2)}\n`)
}
