/** Which components of the control plane run: their static Pods' containers say it. */
import { managerOf } from './controllers/manager-names.ts'
import type { Pod } from './generated/types.ts'
import type { EmulatedMachine } from './node/create-machine.ts'
import { kubeletRuns } from './node/kubelet.ts'
import type { Container, ContainerRuntime } from './node/runtime.ts'

export interface ComponentHealth {
  /** Is the process of this component there? */
  runs(component: string): boolean
  /** Does the API server answer: it and its etcd run. */
  serves(): boolean
  /** May a controller of this name work? The kubelets' always may; all others need the API server and their process. */
  controllerWorks(controller: string): boolean
  /** Has a component's process got to work? */
  began(container: Container): boolean
  /** Of those that a changed Pod is the process of, which are working again? */
  returned(before: Pod | undefined, after: Pod): boolean
}

export interface ComponentHealthOptions {
  readonly pod: (key: string) => Pod | undefined
  readonly runtime: Pick<ContainerRuntime, 'get'>
  readonly machine: () => EmulatedMachine | undefined
  /** While a blueprint is brought up, its components are at work before their Pods are shown. */
  readonly isBeginning: boolean
  /** Has this Pod been so since before anybody touched the cluster? */
  readonly isOfBase: (pod: Pod) => boolean
}

const PROCESSES = new Set(['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd'])

/** Clients know the API server by its port. */
const serves = (component: string, port: number): boolean => component !== 'kube-apiserver' || port === 6443

export function createComponentHealth({
  pod,
  runtime,
  machine,
  isBeginning,
  isOfBase,
}: ComponentHealthOptions): ComponentHealth {
  const runs = (component: string): boolean => {
    if (isBeginning || !PROCESSES.has(component)) return true
    const host = machine()
    if (host?.powered !== true) return false
    const found = pod(`kube-system/${component}-${host.name}`)
    if (!found || !isRunning(found)) return false
    // The base's own is known to work, and its container may go on sleeping.
    if (kubeletRuns(host) && isOfBase(found)) return true
    const container = runtime.get(found.metadata?.uid ?? '', component)
    // A kubelet that stands still does not tell when a container ends; one that still prepares does not listen yet.
    return container?.state.kind === 'running' && container.listeners.some(({ port }) => serves(component, port))
  }
  const answers = () => runs('kube-apiserver') && runs('etcd')
  return {
    runs,
    serves: answers,
    controllerWorks(controller) {
      const component = managerOf(controller)
      return component === 'kubelet' || (answers() && runs(component))
    },
    began: ({ spec, listeners }) =>
      !isBeginning && spec.namespace === 'kube-system' && PROCESSES.has(spec.containerName) && listeners.length > 0,
    returned(before, after) {
      const { name = '', namespace } = after.metadata ?? {}
      const component = name.replace(`-${machine()?.name}`, '')
      if (isBeginning || namespace !== 'kube-system' || !PROCESSES.has(component)) return false
      return isRunning(after) && !(before && isRunning(before))
    },
  }
}

function isRunning({ status }: Pod): boolean {
  return status?.containerStatuses?.some(({ state }) => state?.running !== undefined) === true
}
