/** The systemd units that a node has, with what `systemctl status` says about each. */
import { type Machine, startKubelet } from '../../../emulator/index.ts'

export interface Unit {
  readonly name: 'kubelet' | 'containerd'
  readonly description: string
  readonly docs: string
  readonly dropIn?: string
  readonly pid: number
  /** Its ExecStart as it is written. */
  readonly start: string
  readonly memory: string
  readonly tasks: number
}

export const UNITS: readonly Unit[] = [
  {
    name: 'containerd',
    description: 'containerd container runtime',
    docs: 'https://containerd.io',
    pid: 703,
    start: '/usr/bin/containerd',
    memory: '62.4M (peak: 81.0M)',
    tasks: 118,
  },
  {
    name: 'kubelet',
    description: 'kubelet: The Kubernetes Node Agent',
    docs: 'https://kubernetes.io/docs/',
    dropIn: '10-kubeadm.conf',
    pid: 812,
    start: '/usr/bin/kubelet $KUBELET_KUBECONFIG_ARGS $KUBELET_CONFIG_ARGS $KUBELET_KUBEADM_ARGS $KUBELET_EXTRA_ARGS',
    memory: '41.9M (peak: 57.3M)',
    tasks: 12,
  },
]

export const unitNamed = (name: string): Unit | undefined =>
  UNITS.find((unit) => unit.name === name.replace(/\.service$/, ''))

const wants = (unit: Unit): string => `/etc/systemd/system/multi-user.target.wants/${unit.name}.service`
/** The command line of its process. */
export const commandOf = (unit: Unit, { files }: Machine): string =>
  unit.name === 'kubelet' ? startKubelet(files).command : '/usr/bin/containerd'

/** A unit that `systemctl disable` was told about has no link any more. */
export function isEnabled(unit: Unit, { files }: Machine): boolean {
  return files.stat(wants(unit)) !== undefined
}

export function setEnabled(unit: Unit, { files }: Machine, enabled: boolean): void {
  if (enabled) files.link(wants(unit), `/usr/lib/systemd/system/${unit.name}.service`)
  else files.remove(wants(unit))
}

export const wantsPath = wants
