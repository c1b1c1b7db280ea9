import type { ObjectClient } from '../api/client.ts'
import { StatusError } from '../api/errors.ts'
import type { KindDefinition } from '../api/kind.ts'
import { byLabel, labelValue } from '../api/object-index.ts'
import { type ControllerDefinition, defineController, type ObjectKey } from '../controllers/controller.ts'
import { isDeleting, keyOf, labelsOf, nameOf, namespaceOf, uidOf } from '../controllers/metadata.ts'
import type { Pod } from '../generated/types.ts'
import { configMap as configMapKind } from '../kinds/config-map.ts'
import { endpointSlice as sliceKind } from '../kinds/endpoint-slice.ts'
import { namespace as namespaceKind } from '../kinds/namespace.ts'
import { pod as podKind } from '../kinds/pod.ts'
import { secret as secretKind } from '../kinds/secret.ts'
import { service as serviceKind } from '../kinds/service.ts'
import type { Container, ContainerRuntime } from '../node/runtime.ts'
import { CONFIGURATION_DIRECTORY, CONFIGURATION_FILE, type Configuration } from './configuration.ts'
import {
  type BackendTLSPolicy,
  type CustomObjects,
  customObjects,
  type Gateway,
  type GatewayClass,
  GROUP,
  OWN_GROUP,
  type ProxySettings,
  type ReferenceGrant,
  type Route,
} from './objects.ts'
import { classParameters, gatewayParameters } from './parameters.ts'
import { type PlannedGateway, type PlanSources, planGateway } from './plan.ts'
import { type ControllerFlags, controllerFlags, gatewayControllers } from './pods.ts'
import { dataPlaneName, GATEWAY_LABEL, provision } from './provision.ts'
import { writeClass, writeGateway, writePolicy, writeRoute } from './statuses.ts'

export interface GatewayFabricOptions {
  readonly runtime: Pick<ContainerRuntime, 'get'>
  readonly objects: ObjectClient
  /** The kinds that CustomResourceDefinitions have brought. */
  customKinds(): readonly KindDefinition[]
}

const POLICY = 'BackendTLSPolicy'
const ROUTES = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute']

/**
 * What each NGINX Gateway Fabric controller does while its container runs: it accepts its class, makes an nginx for each
 * Gateway, gives it the routes that attach, and says what became of them all (nginx-gateway-fabric: internal/controller).
 */
export function createGatewayFabricController(options: GatewayFabricOptions): ControllerDefinition {
  const all = (_: unknown, { objects }: { readonly objects: ObjectClient }): readonly ObjectKey[] =>
    objects.listBy(podKind, gatewayControllers, '').map(keyOf)
  return defineController({
    name: 'nginx-gateway-fabric',
    for: podKind,
    concerns: (pod) => controllerFlags(pod as Pod) !== undefined,
    watches: [
      ...[serviceKind, sliceKind, secretKind, configMapKind, namespaceKind].map((kind) => ({ kind, keys: all })),
      { kind: podKind, keys: (pod, context) => (GATEWAY_LABEL in labelsOf(pod) ? all(pod, context) : []) },
    ],
    watchesCustom: ({ group }, object, context) => (group === GROUP || group === OWN_GROUP ? all(object, context) : []),
    delayMs: [100, 400],
    reconcile(key, { now }) {
      const { objects, runtime } = options
      const pod = objects.get(podKind, key.namespace, key.name)
      const flags = pod && controllerFlags(pod)
      const container = flags && runtime.get(uidOf(pod), flags.container)
      if (!flags || container?.state.kind !== 'running' || isDeleting(pod)) return undefined
      const custom = customObjects(options.customKinds(), objects)
      new Sync({ objects, runtime, custom, flags, container, now }).run()
      return undefined
    },
  })
}

interface Planned {
  readonly gateway: Gateway
  readonly planned: PlannedGateway
}

interface SyncOptions {
  readonly objects: ObjectClient
  readonly runtime: Pick<ContainerRuntime, 'get'>
  readonly custom: CustomObjects
  readonly flags: ControllerFlags
  readonly container: Container
  readonly now: number
}

class Sync {
  readonly #given: SyncOptions

  constructor(given: SyncOptions) {
    this.#given = given
  }

  run(): void {
    const { custom, flags } = this.#given
    const classes = custom
      .list<GatewayClass>(GROUP, 'GatewayClass')
      .filter(({ spec }) => spec.controllerName === flags.controllerName)
    const classKind = custom.kind(GROUP, 'GatewayClass')
    for (const one of classKind ? classes : [])
      if (classKind)
        writeClass(classKind, one, nameOf(one) === flags.className, classParameters(one, this.#proxies()), this.#given)
    const own = classes.find((one) => nameOf(one) === flags.className)
    const gatewayKind = custom.kind(GROUP, 'Gateway')
    const gateways = own && gatewayKind ? this.#gateways(own, gatewayKind) : []
    const planned = gateways.map((one) => one.planned)
    this.#writePolicies(gateways)
    for (const kind of ROUTES) {
      const definition = custom.kind(GROUP, kind)
      for (const route of definition ? custom.list<Route>(GROUP, kind) : []) {
        const parents = planned.flatMap(({ routes }) => routes.filter((one) => one.route === route))
        if (definition) writeRoute(definition, route, parents, flags.controllerName, this.#given)
      }
    }
  }

  #writePolicies(gateways: readonly Planned[]): void {
    const { custom, flags } = this.#given
    const kind = custom.kind(GROUP, POLICY)
    for (const policy of kind ? custom.list<BackendTLSPolicy>(GROUP, POLICY) : []) {
      const judged = gateways.flatMap(({ gateway, planned }) => {
        const found = planned.policies.find((one) => one.policy === policy)
        return found ? [{ gateway, said: found.said }] : []
      })
      if (kind) writePolicy(kind, policy, judged, flags.controllerName, this.#given)
    }
  }

  #gateways(own: GatewayClass, kind: KindDefinition): readonly Planned[] {
    const sources = this.#sources()
    return this.#given.custom
      .list<Gateway>(GROUP, 'Gateway')
      .filter((gateway) => gateway.spec.gatewayClassName === nameOf(own) && !isDeleting(gateway))
      .map((gateway) => {
        const planned = planGateway(gateway, sources)
        this.#serve(gateway, own, kind, planned)
        return { gateway, planned }
      })
  }

  #sources(): PlanSources {
    const { custom, objects } = this.#given
    return {
      grants: custom.list<ReferenceGrant>(GROUP, 'ReferenceGrant'),
      routes: ROUTES.flatMap((kind) => custom.list<Route>(GROUP, kind).map((route) => ({ kind, route }))),
      labelsOf: (name) => labelsOf(objects.get(namespaceKind, undefined, name) ?? {}),
      policies: custom.list<BackendTLSPolicy>(GROUP, POLICY),
      configMap: (namespace, name) => objects.get(configMapKind, namespace, name),
      secret: (namespace, name) => objects.get(secretKind, namespace, name),
      service: (namespace, name) => objects.get(serviceKind, namespace, name),
      slices: (namespace, service) =>
        objects.listBy(sliceKind, byLabel, labelValue(namespace, 'kubernetes.io/service-name', service)),
    }
  }

  #serve(gateway: Gateway, own: GatewayClass, kind: KindDefinition, planned: PlannedGateway): void {
    const { objects, flags } = this.#given
    const name = dataPlaneName(gateway, flags.className)
    const valid = planned.listeners.some((listener) => listener.valid)
    try {
      if (valid) {
        const settings = this.#settings(gateway, own)
        provision(gateway, { objects, gatewayKind: kind, className: flags.className, version: flags.version, settings })
      }
    } catch (error) {
      if (!(error instanceof StatusError)) throw error
      this.#log('error', 'error provisioning nginx resources', { error: error.status.message ?? '' })
    }
    const programmed = this.#deliver(gateway, name, planned.configuration)
    const service = objects.get(serviceKind, namespaceOf(gateway), name)
    const parameters = gatewayParameters(gateway, this.#proxies())
    writeGateway(kind, gateway, planned, service, programmed, parameters, this.#given)
  }

  #proxies(): readonly ProxySettings[] {
    return this.#given.custom.list<ProxySettings>(OWN_GROUP, 'NginxProxy')
  }

  /** What the Gateway says of its data plane, and what its class says. */
  #settings(gateway: Gateway, own: GatewayClass): readonly ProxySettings[] {
    const all = this.#proxies()
    const wanted = [
      { namespace: namespaceOf(gateway), name: gateway.spec.infrastructure?.parametersRef?.name },
      { namespace: own.spec.parametersRef?.namespace, name: own.spec.parametersRef?.name },
    ]
    return wanted.flatMap(({ namespace, name }) =>
      all.filter((one) => name !== undefined && nameOf(one) === name && namespaceOf(one) === namespace),
    )
  }

  /** Hands the configuration to the nginx of every Pod that runs; true if one has it. */
  #deliver(gateway: Gateway, name: string, configuration: Configuration): boolean {
    const { objects, runtime } = this.#given
    const label = labelValue(namespaceOf(gateway), 'app.kubernetes.io/name', name)
    const text = JSON.stringify(configuration)
    const running = objects.listBy(podKind, byLabel, label).flatMap((pod) => {
      const container = runtime.get(uidOf(pod), 'nginx')
      const takes = container?.files.stat(CONFIGURATION_DIRECTORY)?.kind === 'directory'
      return takes && container.state.kind === 'running' ? [container] : []
    })
    for (const container of running) {
      if (container.files.read(CONFIGURATION_FILE) === text) continue
      container.files.write(CONFIGURATION_FILE, text)
      container.hangup()
      this.#log('info', 'Sent nginx configuration to agent', { namespace: namespaceOf(gateway), name })
    }
    return running.length > 0
  }

  #log(level: 'info' | 'error', msg: string, fields: { readonly [name: string]: string }): void {
    const ts = new Date(this.#given.now).toISOString()
    this.#given.container.log('stderr', `${JSON.stringify({ level, ts, logger: 'eventHandler', msg, ...fields })}\n`)
  }
}
