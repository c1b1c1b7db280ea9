/** The emulator's only public door. */
import type { KindDefinition } from './api/kind.ts'
import type { ApiRequest, ApiResponse, StoreEvent } from './api/types.ts'
import type { EtcdView } from './etcd-view.ts'
import type { Network } from './network/types.ts'
import type { Machine } from './node/machine.ts'
import type { NodeImages } from './node/node-images.ts'
import type { Container } from './node/runtime.ts'

export type { Connection, ForwardConnection, PodSocket, ProcessConnection } from './api/connection.ts'
export { inGoOrder } from './api/go-order.ts'
export { unescapeGo } from './api/go-text.ts'
export { findResults } from './api/jsonpath/evaluate.ts'
export { JsonPathError, type PathNode } from './api/jsonpath/nodes.ts'
export { parseJsonPath } from './api/jsonpath/parse.ts'
export type { Column, DescribeContext, KindDefinition } from './api/kind.ts'
export { sha256 } from './api/sha256.ts'
export type { ApiRequest, ApiResponse, ApiStream, JsonValue, KubeObject, StoreEvent, UserInfo } from './api/types.ts'
export { type DistinguishedName, isNameType, nameText, valuesOf } from './authentication/distinguished-name.ts'
export { type Key, keyFrom, keyPem, modulusOf, publicKeyOf, readKey } from './authentication/private-key.ts'
export { isNamed, isSelfSigned, verifyChain } from './authentication/verify.ts'
export {
  type Certificate,
  certificateTexts,
  makeRequest,
  readCertificate,
  readCertificates,
  readRequest,
  signCertificate,
} from './authentication/x509.ts'
export { createCluster, restoreCluster } from './cluster.ts'
export { readBackup } from './etcd-storage.ts'
export type { EtcdEntry } from './etcd-view.ts'
export type * as Kube from './generated/types.ts'
export { podTemplateLines } from './kinds/describe/pod-template.ts'
export { compactRules, ruleRow } from './kinds/rbac/rule-table.ts'
export { decidingHop } from './network/deciding-hop.ts'
export type * from './network/types.ts'
export type { FileTree } from './node/files.ts'
export { KERNEL_RELEASE, KERNEL_VERSION } from './node/hardware.ts'
export { startKubelet } from './node/kubelet-start.ts'
export type { Machine } from './node/machine.ts'
export { badManifests } from './node/manifest-folder.ts'
export { baseName, parentPath, resolvePath } from './node/paths.ts'
export { networkProblem } from './node/pod-network.ts'
export { busyboxText } from './node/programs/busybox.ts'
export { MACHINE_PROGRAMS } from './node/programs/index.ts'
export type { NetworkProgram, ProcessContext, Wait } from './node/programs/program.ts'
export type { AttachListener, Container, LogLine } from './node/runtime.ts'
export { identityText, userName } from './node/security.ts'

/** One emulated cluster with the machines around it: a deterministic value without I/O. */
export interface Cluster {
  /** Virtual now, ms since the epoch. */
  now(): number
  /** Moves virtual time forward by `ms`, doing what falls due. */
  run(ms: number): void
  /** Moves virtual time forward until nothing but background work is due soon, at most `maxSeconds`. Returns ms moved. */
  settle(maxSeconds: number): number
  /** When the next piece of work is due, or undefined: a server sets one timer for it while somebody watches. */
  nextEventAt(): number | undefined
  /** The API server. Synchronous; never throws for anything a request can contain. */
  request(request: ApiRequest): ApiResponse
  readonly network: Network
  /** Every kind served, for completion and describers. */
  readonly kinds: readonly KindDefinition[]
  machine(name: string): Machine | undefined
  readonly machines: readonly Machine[]
  /** Cuts a machine's power or gives it back; its containers die with it. */
  setPower(machine: string, powered: boolean): void
  /** Stops or starts a unit of a node, as `systemctl` would. */
  setUnit(machine: string, unit: 'kubelet' | 'containerd' | 'kube-proxy', state: 'running' | 'stopped'): void
  /** What who calls the API server meets: it answers, nothing listens there, or its machine is silent. */
  apiServerState(): 'serving' | 'refused' | 'unreachable'
  /** How calls to a node's kubelet fail (`dial tcp …`), which exec and its kind then print; undefined if it answers. */
  kubeletError(node: string): string | undefined
  /** The running (or last) container that exec, logs, cp and attach mean. */
  container(namespace: string, pod: string, container: string): Container | undefined
  /** What lies in the control plane's etcd. */
  readonly etcd: EtcdView
  /** What the container runtime of a node has, the newest last. */
  containersOn(node: string): readonly Container[]
  /** The images that a node's container runtime holds. */
  nodeImages(node: string): NodeImages
  /** Stops a container as its runtime does: TERM, and KILL after the grace; the kubelet may start another. */
  stopContainer(id: string, graceMs: number): void
  /** Called after every change in the store. */
  onChange(listener: (event: StoreEvent) => void): () => void
  /** The difference to the blueprint, as plain JSON: objects, files, containers, random states, time. */
  snapshot(): ClusterSnapshot
}

export interface ClusterSnapshot {
  readonly version: 1
  readonly blueprint: string
  readonly [part: string]: unknown
}

export interface ClusterOptions {
  /** Name in blueprints/index: `default`, or one without a load-balancer pool, … */
  readonly blueprint?: string
  /** Same seed, same requests: same names, addresses and output. */
  readonly seed: string
  /** Virtual time at which the learner arrives, ms since the epoch. */
  readonly startTime: number
}
