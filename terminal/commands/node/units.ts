/** The systemd units that a node has, with what `systemctl status` says about each. */
import type { Machine } from '../../../emulator/index.ts'

export interface Unit {
  readonly name: 'kubelet' | 'containerd'
  readonly description: string
  readonly docs: string
  readonly dropIn?: string
  readonly pid: number
  readonly command: string
}

export const UNITS: readonly Unit[] = [
  {
    name: 'containerd',
    description: 'containerd container runtime',
    docs: 'https://containerd.io',
    pid: 703,
    command: '/usr/bin/containerd',
  },
  {
    name: 'kubelet',
    description: 'kubelet: The Kubernetes Node Agent',
    docs: 'https://kubernetes.io/docs/',
    dropIn: '10-kubeadm.conf',
    pid: 812,
    command:
      '/usr/bin/kubelet --bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --kubeconfig=/etc/kubernetes/kubelet.conf --config=/var/lib/kubelet/config.yaml --pod-infra-container-image=registry.k8s.io/pause:3.10.1',
  },
]

export const unitNamed = (name: string): Unit | undefined =>
  UNITS.find((unit) => unit.name === name.replace(/\.service$/, ''))

const wants = (unit: Unit): string => `/etc/systemd/system/multi-user.target.wants/${unit.name}.service`
const CONFIG = '/var/lib/kubelet/config.yaml'

/** Why a kubelet ends as soon as it starts (upstream: cmd/kubelet/app/server.go). */
export function startProblem(unit: Unit, { files }: Machine): string | undefined {
  if (unit.name !== 'kubelet') return undefined
  const text = files.read(CONFIG)
  const failed = `failed to load kubelet config file, path: ${CONFIG}, error: failed to load Kubelet config file ${CONFIG}, error`
  if (text === undefined)
    return `${failed} failed to read kubelet config file "${CONFIG}", error: open ${CONFIG}: no such file or directory`
  if (
    !/^kind: KubeletConfiguration\s*$/m.test(text) ||
    !/^apiVersion: kubelet\.config\.k8s\.io\/v1beta1\s*$/m.test(text)
  )
    return `${failed} couldn't get version/kind; json parse error`
  const authority = /^\s*clientCAFile:\s*(\S+)/m.exec(text)?.[1]
  if (authority !== undefined && files.stat(authority) === undefined)
    return `unable to load client CA file ${authority}: open ${authority}: no such file or directory`
  if (files.stat('/etc/kubernetes/kubelet.conf') === undefined)
    return 'unable to load bootstrap kubeconfig: stat /etc/kubernetes/bootstrap-kubelet.conf: no such file or directory'
  return undefined
}

/** A unit that `systemctl disable` was told about has no link any more. */
export function isEnabled(unit: Unit, { files }: Machine): boolean {
  return files.stat(wants(unit)) !== undefined
}

export function setEnabled(unit: Unit, { files }: Machine, enabled: boolean): void {
  if (enabled) files.link(wants(unit), `/usr/lib/systemd/system/${unit.name}.service`)
  else files.remove(wants(unit))
}

export const wantsPath = wants
