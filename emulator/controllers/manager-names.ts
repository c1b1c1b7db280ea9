/** Under which names the components of a control plane own what they write (upstream: each binary's user agent). */

/** Everything else runs in the kube-controller-manager. */
const DEFAULT_MANAGER = 'kube-controller-manager'

const managers: ReadonlyMap<string, string> = new Map([
  ['default-scheduler', 'kube-scheduler'],
  ['kubelet', 'kubelet'],
  ['node-status', 'kubelet'],
  ['static-pods', 'kubelet'],
  ['custom-resource-definition', 'kube-apiserver'],
  ['api-service-controller', 'kube-apiserver'],
  ['kubernetes-service-controller', 'kube-apiserver'],
  ['kubernetes-service-cidr-controller', 'kube-apiserver'],
  ['service-ip-repair-controller', 'kube-apiserver'],
  ['priority-and-fairness-config-producer', 'api-priority-and-fairness-config-consumer-v1'],
  ['nginx-ingress-controller', 'nginx-ingress-controller'],
  ['metallb-controller', 'controller'],
  ['metallb-speaker', 'speaker'],
  ['local-path-provisioner', 'local-path-provisioner'],
])

/** The manager of a controller, by its name or by that under which it records events. */
export const managerOf = (component: string): string => managers.get(component) ?? DEFAULT_MANAGER
