/** The components that react to the store: controllers, scheduler, kubelets, and the one that runs them all. */

import type { ObjectClient } from './api/client.ts'
import { type KindDefinition, resourceName } from './api/kind.ts'
import type { ApiServer } from './api/server.ts'
import { emptyBase } from './api/store.ts'
import { issueCertificate, requestedCertificate } from './authentication/certificate.ts'
import type { PodToken } from './authentication/pod-token.ts'
import type { TokenSigner } from './authentication/web-token.ts'
import { createAuthorizer } from './authorization/authorizer.ts'
import { authorityOf } from './blueprints/certificate.ts'
import { type ComponentHealth, createComponentHealth } from './component-health.ts'
import { createApiServiceController, type DiscoveryCheck } from './controllers/api-service.ts'
import { certificateCleaner } from './controllers/certificate-cleaner.ts'
import { createCertificateSigner } from './controllers/certificate-signer.ts'
import { clusterRoleAggregationController } from './controllers/cluster-role-aggregation.ts'
import type { ControllerDefinition, EventRecorder } from './controllers/controller.ts'
import { cronJobController } from './controllers/cron-job.ts'
import { createCustomResourceDefinitionController } from './controllers/custom-resource-definition.ts'
import { daemonSetController } from './controllers/daemon-set.ts'
import { createDefaultServiceCIDRController } from './controllers/default-service-cidr.ts'
import { deploymentController } from './controllers/deployment.ts'
import { createDisruptionController } from './controllers/disruption.ts'
import { endpointSliceController } from './controllers/endpoint-slice.ts'
import { endpointSliceMirroringController } from './controllers/endpoint-slice-mirroring.ts'
import { endpointsController } from './controllers/endpoints.ts'
import { ephemeralVolumeController } from './controllers/ephemeral-volumes.ts'
import { flowSchemaController } from './controllers/flow-schemas.ts'
import { createGarbageCollector } from './controllers/garbage-collector.ts'
import { createHorizontalPodAutoscalerController } from './controllers/horizontal-pod-autoscaler.ts'
import type { AutoscalerMemory } from './controllers/horizontal-pod-autoscaler-limits.ts'
import { createIngressController } from './controllers/ingress.ts'
import { jobController } from './controllers/job.ts'
import { createKubernetesServiceController } from './controllers/kubernetes-service.ts'
import { createLoadBalancerController } from './controllers/load-balancer.ts'
import { createLocalPathProvisioner } from './controllers/local-path-provisioner.ts'
import { managerOf } from './controllers/manager-names.ts'
import { createNamespaceController } from './controllers/namespace.ts'
import { createRootCAPublisher, serviceAccountController } from './controllers/namespace-defaults.ts'
import { createNodeLifecycleController, readyStatus, taintEvictionController } from './controllers/node-lifecycle.ts'
import { persistentVolumeClaimController } from './controllers/persistent-volume-claims.ts'
import { createPersistentVolumeController } from './controllers/persistent-volumes.ts'
import { createPodGarbageCollector } from './controllers/pod-garbage-collector.ts'
import { createRecorder, type EventBudget } from './controllers/recorder.ts'
import { replicaSetController } from './controllers/replica-set.ts'
import { replicationControllerController } from './controllers/replication-controller.ts'
import { createResourceQuotaController } from './controllers/resource-quota.ts'
import { type ControllerRunner, createControllerRunner } from './controllers/runner.ts'
import { createSchedulerController } from './controllers/scheduler.ts'
import { createServiceAccountTokensController } from './controllers/service-account-tokens.ts'
import { serviceCIDRController } from './controllers/service-cidrs.ts'
import { serviceIPAddressController } from './controllers/service-ip-addresses.ts'
import { statefulSetController } from './controllers/stateful-set.ts'
import { ttlAfterFinishedController } from './controllers/ttl-after-finished.ts'
import { createValidatingAdmissionPolicyStatusController } from './controllers/validating-admission-policy-status.ts'
import { volumeExpandController } from './controllers/volume-expand.ts'
import { claimProtectionController, volumeProtectionController } from './controllers/volume-protection.ts'
import { createGatewayFabricController } from './gateway-fabric/controller.ts'
import type { Node, Pod } from './generated/types.ts'
import { createIngressNginxController } from './ingress-nginx/controller.ts'
import { kinds } from './kinds/index.ts'
import type { Network } from './network/types.ts'
import type { EmulatedMachine } from './node/create-machine.ts'
import { createKubelet, type Kubelet, kubeletRuns } from './node/kubelet.ts'
import { folderState, podsInFolder } from './node/manifest-folder.ts'
import { createResourceMetrics, type MeasuredMetrics } from './node/metrics/resource-metrics.ts'
import { createNodeStatusController } from './node/node-status.ts'
import { bindPod } from './node/pod-handlers.ts'
import { networkProblem, podNetworkState } from './node/pod-network.ts'
import { removeTree } from './node/remove-tree.ts'
import type { ContainerRuntime } from './node/runtime.ts'
import { createStaticPodController } from './node/static-pods.ts'
import { registerNode } from './register-node.ts'
import type { Scheduler } from './sim/scheduler.ts'
import type { Random } from './sim/types.ts'
import type { WorldBase } from './world.ts'

export interface ControlPlaneOptions {
  readonly base: WorldBase
  readonly api: ApiServer
  readonly scheduler: Scheduler
  readonly random: Random
  readonly runtime: ContainerRuntime
  readonly network: Network
  readonly machines: readonly EmulatedMachine[]
  readonly eventBudget: EventBudget
  readonly podToken: PodToken
  readonly signer: TokenSigner
  /** Does what an APIService's Service leads to serve that API? */
  readonly answers: DiscoveryCheck
}

export interface ControlPlane {
  readonly runner: ControllerRunner
  readonly kubelet: Kubelet
  /** Since when each node's kubelet has been silent; only those that are. */
  readonly silentSince: Map<string, number>
  /** Since when each node that Pods still name has been missing. */
  readonly goneSince: Map<string, number>
  /** What the autoscalers' controller remembers of each, by uid. */
  readonly autoscalers: Map<string, AutoscalerMemory>
  /** What a metrics server measures. */
  readonly metrics: MeasuredMetrics
  /** Which components run. */
  readonly health: ComponentHealth
  /** From here on the kubelets hear of their containers: once those of a base or snapshot stand. */
  watchContainers(): void
  /** A file on a machine changed. */
  filesChanged(machine: EmulatedMachine): void
  /** A machine's power or units changed. */
  machineChanged(machine: EmulatedMachine): void
}

const systemUser = (name: string) => ({ name: `system:${name}`, groups: ['system:masters', 'system:authenticated'] })

/** The doors of the components, made when first asked for. */
function clientsByComponent(api: ApiServer): (component: string) => ObjectClient {
  const clients = new Map<string, ObjectClient>()
  return (component) => {
    const manager = managerOf(component)
    const client = clients.get(manager) ?? api.client(systemUser(manager === 'kubelet' ? 'node' : manager), manager)
    clients.set(manager, client)
    return client
  }
}

export function createControlPlane(options: ControlPlaneOptions): ControlPlane {
  const { api, scheduler, runtime, eventBudget } = options
  const silentSince = new Map<string, number>()
  const goneSince = new Map<string, number>()
  const autoscalers = new Map<string, AutoscalerMemory>()
  const objectsOf = clientsByComponent(api)
  const objects = objectsOf('kube-controller-manager')
  const recorder = (component: string, host?: string) =>
    createRecorder({
      objects: objectsOf(component),
      clock: scheduler,
      budget: eventBudget,
      component,
      ...(host !== undefined && { host }),
      ...(component === 'default-scheduler' && { series: schedulerSeries }),
    })
  const machine = (name: string) => options.machines.find((candidate) => candidate.name === name)
  const metrics = createResourceMetrics({
    store: api.store,
    runtime,
    now: scheduler.now,
    isUp: (name) => kubeletRuns(machine(name)),
  })
  const kubeletObjects = objectsOf('kubelet')
  const kubelet = createKubelet({
    objects: kubeletObjects,
    clock: scheduler,
    runtime,
    network: () => options.network,
    recorder: (node) => recorder('kubelet', node),
    randomInt: (fork, n) => options.random.fork(fork).int(n),
    machine,
    clusterDns: options.base.blueprint.clusterDns,
    token: options.podToken,
    enqueue: (key, delayMs) => runner.enqueue('kubelet', key, delayMs),
    base: options.base.kubelet,
  })
  const health = createComponentHealth({
    pod: (key) => api.store.get('pods', key) as Pod | undefined,
    runtime,
    machine: () => options.machines.find(({ role }) => role === 'control-plane'),
    isBeginning: options.base.store === emptyBase,
    isOfBase: (found) => Number(found.metadata?.resourceVersion) <= options.base.store.resourceVersion,
  })
  const runner = createControllerRunner({
    isUp: health.controllerWorks,
    definitions: () => [
      ...controllersOf(options, recorder, silentSince),
      createHorizontalPodAutoscalerController({
        kinds,
        customKinds: () => customKindsOf(api),
        metrics,
        memory: autoscalers,
      }),
      createIngressNginxController({
        runtime,
        objects: api.client(systemUser('ingress-nginx'), 'nginx-ingress-controller'),
        authorizer: createAuthorizer(api.store),
        recorder,
      }),
      createGatewayFabricController({
        runtime,
        objects: api.client(systemUser('nginx-gateway'), 'gateway'),
        customKinds: () => customKindsOf(api),
      }),
      createPodGarbageCollector(goneSince),
      createNodeStatusController(
        (name) => kubeletRuns(machine(name)),
        (name) => recorder('kubelet', name),
        (name) => networkProblem(machine(name)?.files),
      ),
      createStaticPodController((node) => {
        if (!kubeletRuns(machine(node))) return undefined
        return podsInFolder(machine(node)?.files, node, scheduler.now())
      }, kubeletObjects),
      kubelet.controller,
    ],
    objects,
    objectsOf,
    customKind: (resource) => api.registry.kinds.find((kind) => kind.custom && resourceName(kind) === resource),
    clock: scheduler,
    queue: scheduler,
    random: options.random,
    recorder,
  })
  const takeUp = () => runner.resync((name) => managerOf(name) !== 'kubelet' && health.controllerWorks(name))
  api.store.subscribe((event) => {
    runner.changed(event)
    if (event.resource !== 'pods') return
    if (event.type === 'DELETED') kubelet.podRemoved(event.object as Pod)
    else if (health.returned(event.previous as Pod | undefined, event.object as Pod)) takeUp()
  })
  const machineChanged = (changed: EmulatedMachine) => {
    if (changed.role === 'laptop') return
    if (kubeletRuns(changed)) silentSince.delete(changed.name)
    else if (!silentSince.has(changed.name)) silentSince.set(changed.name, scheduler.now())
    if (kubeletRuns(changed)) for (const site of sitesOf(options, changed.name)) registerNode(site, kubeletObjects)
    announce(changed, runtime, runner, kubelet)
  }
  const folders = new Map<string, string>()
  const networks = new Map<string, string>()
  const filesChanged = (changed: EmulatedMachine) => {
    const { name, role, files } = changed
    if (role === 'laptop') return
    const network = podNetworkState(files)
    const node = api.store.get('nodes', name) as Node | undefined
    const isOff = networkProblem(files) !== undefined || (node !== undefined && readyStatus(node) === 'False')
    if (networks.has(name) ? networks.get(name) !== network : isOff) {
      runner.enqueue('node-status', { namespace: undefined, name }, 3_000)
      if (kubeletRuns(changed)) kubelet.nodeReturned(name)
    }
    networks.set(name, network)
    const state = folderState(files)
    if ((folders.get(name) ?? '') === state) return
    folders.set(name, state)
    runner.enqueue('static-pods', { namespace: undefined, name }, 800)
  }
  const watchContainers = () => {
    runtime.onExit(kubelet.containerExited)
    runtime.onChange(kubelet.containerChanged)
    runtime.onChange((container) => {
      if (health.began(container)) takeUp()
    })
  }
  return {
    runner,
    kubelet,
    silentSince,
    goneSince,
    autoscalers,
    metrics,
    health,
    filesChanged,
    machineChanged,
    watchContainers,
  }
}

/** One kind for each resource that a CustomResourceDefinition brought: its first version. */
function customKindsOf({ registry }: ApiServer): readonly KindDefinition[] {
  const custom = registry.kinds.filter((kind) => kind.custom)
  return custom.filter((kind) => custom.find((other) => resourceName(other) === resourceName(kind)) === kind)
}

const schedulerSeries = { action: 'Binding', instance: 'default-scheduler-controlplane' }

function controllersOf(
  { base, api, signer, machines, answers }: ControlPlaneOptions,
  recorder: (component: string) => EventRecorder,
  silentSince: ReadonlyMap<string, number>,
): readonly ControllerDefinition[] {
  const { blueprint } = base
  const custom = () => customKindsOf(api)
  const removeDirectory = (path: string) => {
    for (const { role, files } of machines) if (role !== 'laptop') removeTree(files, path)
  }
  return [
    createKubernetesServiceController(blueprint.apiServer),
    createRootCAPublisher(blueprint.certificate),
    createServiceAccountTokensController(signer, blueprint.certificate),
    clusterRoleAggregationController,
    serviceAccountController,
    createNamespaceController(kinds, custom),
    createGarbageCollector(kinds, custom),
    createCustomResourceDefinitionController(custom),
    createApiServiceController(answers),
    createNodeLifecycleController((name) => silentSince.get(name)),
    taintEvictionController,
    deploymentController,
    replicaSetController,
    replicationControllerController,
    daemonSetController,
    statefulSetController,
    jobController,
    ttlAfterFinishedController,
    cronJobController,
    createIngressController(blueprint.ingressAddress, recorder),
    createSchedulerController((pod, node, now) => bindPod(api.store, pod, node, now)),
    createResourceQuotaController(kinds),
    createDisruptionController(recorder),
    createCertificateSigner((pem, from, until) => {
      const wanted = requestedCertificate(pem)
      return wanted && issueCertificate(authorityOf(blueprint.name), { ...wanted, from, until })
    }),
    certificateCleaner,
    persistentVolumeClaimController,
    volumeExpandController,
    createPersistentVolumeController(recorder, removeDirectory),
    ephemeralVolumeController,
    claimProtectionController,
    volumeProtectionController,
    createLocalPathProvisioner(recorder, removeDirectory),
    flowSchemaController,
    createValidatingAdmissionPolicyStatusController(kinds),
    serviceCIDRController,
    createDefaultServiceCIDRController(recorder),
    serviceIPAddressController,
    endpointsController,
    endpointSliceController,
    endpointSliceMirroringController,
    ...(blueprint.loadBalancerPool ? [createLoadBalancerController(blueprint.loadBalancerPool, recorder)] : []),
  ]
}

const sitesOf = ({ base }: ControlPlaneOptions, name: string) =>
  base.blueprint.sites.filter((site) => site.name === name)

/** The controller manager hears of a silent kubelet; a kubelet that is back reports and looks after its Pods. */
function announce(
  machine: EmulatedMachine,
  runtime: ContainerRuntime,
  runner: ControllerRunner,
  kubelet: Kubelet,
): void {
  const key = { namespace: undefined, name: machine.name }
  if (!machine.powered) for (const container of runtime.onNode(machine.name)) runtime.kill(container.id)
  runner.enqueue('node-controller', key)
  runner.enqueue('node-status', key)
  if (!kubeletRuns(machine)) return
  runner.enqueue('static-pods', key)
  kubelet.nodeReturned(machine.name)
}
