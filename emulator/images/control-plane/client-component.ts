/** The controller manager and the scheduler: clients of the API server with a kubeconfig each. */
import { load } from 'js-yaml'
import { decodeBase64 } from '../../api/base64.ts'
import { isRecord } from '../../api/json.ts'
import { isIssuedBy } from '../../authentication/verify.ts'
import { readCertificate } from '../../authentication/x509.ts'
import type { ContainerProcess, ContainerProgram } from '../../node/programs/program.ts'
import { commandFailed, component, dialError, type FlagValues, klogLine, missingFile, patiently } from './component.ts'

export interface ClientComponentOptions {
  readonly name: string
  readonly flags: ReadonlySet<string>
  readonly port: number
  /** Files it reads beside its kubeconfigs, each with the words in front of the failure. */
  readonly files: readonly (readonly [flag: string, failure: (path: string, problem: string) => string])[]
}

const CONFIG_MAP = '/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication'
const TRIES = 5

/** Upstream: apiserver/pkg/server/options/authentication.go, cmd/kube-controller-manager/app, cmd/kube-scheduler/app. */
export function clientComponent({ name, flags: known, port, files }: ClientComponentOptions): ContainerProgram {
  return component({
    name,
    flags: known,
    *prepare(process, flags) {
      process.err(klogLine(process, 'I', 'serving.go:386] Generated self-signed cert in-memory'))
      const first = kubeconfigProblem(process, flags) ?? fileProblem(process, flags, files.slice(0, 1))
      if (first !== undefined) return commandFailed(process, first)
      const server = serverOf(process, flags.get('kubeconfig') ?? '')
      if (typeof server === 'string') return commandFailed(process, server)
      const refused = yield* patiently(TRIES, () => dialError(process, server.address, server.port))
      const problem = refused ?? server.problem
      if (problem !== undefined)
        return commandFailed(
          process,
          `unable to load configmap based request-header-client-ca-file: Get "${server.url}${CONFIG_MAP}": ${problem}`,
        )
      const last = fileProblem(process, flags, files.slice(1))
      return last === undefined ? undefined : commandFailed(process, last)
    },
    serve(process, flags) {
      const at = Number(flags.get('secure-port') ?? port)
      const address = flags.get('bind-address') === '0.0.0.0' ? '0.0.0.0' : '127.0.0.1'
      process.listen({ port: at, protocol: 'TCP', address, speaks: 'text', tls: true })
      process.err(
        klogLine(
          process,
          'I',
          `secure_serving.go:211] Serving securely on ${address === '0.0.0.0' ? '[::]' : address}:${at}`,
        ),
      )
    },
  })
}

function kubeconfigProblem(process: ContainerProcess, flags: FlagValues): string | undefined {
  const delegated = [
    ['authentication-kubeconfig', 'authentication'],
    ['authorization-kubeconfig', 'authorization'],
  ] as const
  for (const [flag, what] of delegated) {
    const path = flags.get(flag)
    if (path === undefined || process.files.read(path) !== undefined) continue
    const failed = `failed to get delegated ${what} kubeconfig`
    return `${failed}: ${failed}: stat ${path}: no such file or directory`
  }
  const path = flags.get('kubeconfig')
  return path !== undefined && process.files.read(path) === undefined
    ? `stat ${path}: no such file or directory`
    : undefined
}

function fileProblem(
  process: ContainerProcess,
  flags: FlagValues,
  files: ClientComponentOptions['files'],
): string | undefined {
  for (const [flag, failure] of files) {
    const path = flags.get(flag)
    const problem = path === undefined ? undefined : missingFile(process, path)
    if (path !== undefined && problem !== undefined) return failure(path, problem)
  }
  return undefined
}

interface ServerAsked {
  readonly url: string
  readonly address: string
  readonly port: number
  /** Why it is not believed. */
  readonly problem: string | undefined
}

/** Where a kubeconfig leads, or why it cannot be used. */
function serverOf(process: ContainerProcess, path: string): ServerAsked | string {
  const config = parsed(process.files.read(path) ?? '')
  if (!isRecord(config))
    return 'invalid configuration: no configuration has been provided, try setting KUBERNETES_MASTER environment variable'
  const cluster = firstOf(config.clusters, 'cluster')
  const user = firstOf(config.users, 'user')
  const url = typeof cluster.server === 'string' ? cluster.server : ''
  const [, host = '', port = '443'] = /^https?:\/\/([^/:]+)(?::(\d+))?/.exec(url) ?? []
  if (host === '') return 'invalid configuration: no server found for cluster "kubernetes"'
  for (const [key, what] of [
    ['client-certificate', 'client-cert'],
    ['client-key', 'client-key'],
  ] as const) {
    const file = user[key]
    if (typeof file === 'string' && process.files.read(file) === undefined)
      return `invalid configuration: unable to read ${what} ${file} for ${path} due to open ${file}: no such file or directory`
  }
  const { addresses } = process.network.lookup(process.place, host)
  const address = addresses[0] ?? host
  return { url, address, port: Number(port), problem: trustProblem(process, cluster, address, Number(port)) }
}

/** Does the authority in the kubeconfig vouch for the server? */
function trustProblem(
  process: ContainerProcess,
  cluster: Readonly<Record<string, unknown>>,
  address: string,
  port: number,
): string | undefined {
  const data = cluster['certificate-authority-data']
  const trusted = readCertificate(typeof data === 'string' ? (decodeBase64(data) ?? '') : '')
  const presented = process.network.fetch(process.place, `https://${address}:${port}/`).certificate
  const server = presented === undefined ? undefined : readCertificate(presented)
  if (trusted === undefined || server === undefined || isIssuedBy(server, trusted)) return undefined
  return 'tls: failed to verify certificate: x509: certificate signed by unknown authority'
}

function firstOf(list: unknown, key: string): Readonly<Record<string, unknown>> {
  const [first]: readonly unknown[] = Array.isArray(list) ? list : []
  const value = isRecord(first) ? first[key] : undefined
  return isRecord(value) ? value : {}
}

function parsed(text: string): unknown {
  try {
    return load(text)
  } catch {
    return undefined
  }
}
