import type { FileTree } from './files.ts'
import type { KubeletStart } from './kubelet-start.ts'

/** A host a learner can stand on: the laptop, or a node. */
export interface Machine {
  readonly name: string
  readonly address: string
  readonly role: 'laptop' | 'control-plane' | 'worker'
  readonly files: FileTree
  /** Faults that exercises set; a stopped unit takes down what depends on it. */
  readonly units: { readonly [unit in 'kubelet' | 'containerd' | 'kube-proxy']?: 'running' | 'stopped' }
  /** When a unit last started or stopped, ms since the epoch; missing if never since the machine was set up. */
  readonly unitTimes: { readonly [unit in 'kubelet' | 'containerd' | 'kube-proxy']?: number }
  readonly powered: boolean
  /** Why the kubelet ends each time systemd starts it, if it does; its unit counts as stopped. */
  readonly kubeletFailure?: KubeletStart['failure']
  /** Where the kubelet looks for the API server in vain, if it runs and its kubeconfig leads elsewhere. */
  readonly kubeletLost?: string | undefined
}
