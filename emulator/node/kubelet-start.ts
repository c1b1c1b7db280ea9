/** What a kubelet needs at its start: its unit's environment, its configuration, its kubeconfig (upstream: cmd/kubelet/app/server.go). */
import { load } from 'js-yaml'
import { isRecord } from '../api/json.ts'
import type { FileTree } from './files.ts'

const DROP_IN = '/usr/lib/systemd/system/kubelet.service.d/10-kubeadm.conf'
const OLDER_DROP_IN = '/etc/systemd/system/kubelet.service.d/10-kubeadm.conf'
const UNIT = '/usr/lib/systemd/system/kubelet.service'

/** How a start ended. */
export interface KubeletStart {
  /** The command that systemd ran. */
  readonly command: string
  /** Why the process ended at once, and with what: it was not even there, or it said so itself. */
  readonly failure?: { readonly text: string; readonly status: '203/EXEC' | '1/FAILURE' }
  /** Where it looks for the API server. */
  readonly server?: string
}

export function startKubelet(files: FileTree): KubeletStart {
  const command = commandOf(files)
  const [binary = '', ...words] = command.split(/\s+/)
  if (binary !== '/usr/bin/kubelet')
    return {
      command,
      failure: { text: `Failed to locate executable ${binary}: No such file or directory`, status: '203/EXEC' },
    }
  const flags = flagsOf(words)
  const unknown = [...flags.keys()].find((name) => !FLAGS.has(name))
  const failed = (text: string): KubeletStart => ({ command, failure: { text, status: '1/FAILURE' } })
  if (unknown !== undefined) return failed(`failed to parse kubelet flag: unknown flag: --${unknown}`)
  const configuration = flags.get('config')
  const problem = configuration === undefined ? undefined : configurationProblem(files, configuration)
  if (problem !== undefined) return failed(problem)
  const server = serverOf(files, flags.get('kubeconfig') ?? '', flags.get('bootstrap-kubeconfig') ?? '')
  return 'problem' in server ? failed(server.problem) : { command, server: server.url }
}

/** The flags of the unit's last ExecStart, its variables filled in from their files. */
function commandOf(files: FileTree): string {
  const unit = files.read('/etc/systemd/system/kubelet.service') ?? files.read(UNIT) ?? ''
  const dropIn = files.read(OLDER_DROP_IN) ?? files.read(DROP_IN) ?? ''
  const lines = `${unit}\n${dropIn}`.split('\n').map((line) => line.trim())
  const start = lines.findLast((line) => /^ExecStart=./.test(line))?.slice('ExecStart='.length) ?? ''
  const variables = new Map<string, string>()
  for (const line of lines) {
    const [, name = '', value = ''] = /^Environment="?([A-Z_]+)=(.*?)"?$/.exec(line) ?? []
    if (name !== '') variables.set(name, value)
    const file = /^EnvironmentFile=-?(.+)$/.exec(line)?.[1]
    for (const text of (files.read(file ?? '') ?? '').split('\n')) {
      const [, key = '', content = ''] = /^([A-Z_]+)="?(.*?)"?$/.exec(text.trim()) ?? []
      if (key !== '') variables.set(key, content)
    }
  }
  return start
    .replaceAll(/\$\{?([A-Z_]+)\}?/g, (_, name: string) => variables.get(name) ?? '')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

function flagsOf(words: readonly string[]): ReadonlyMap<string, string> {
  const flags = new Map<string, string>()
  for (let at = 0; at < words.length; at += 1) {
    const [, name = '', value] = /^--([^=]+)(?:=(.*))?$/.exec(words[at] ?? '') ?? []
    if (name === '') continue
    const next = words[at + 1]
    flags.set(name, value ?? (next !== undefined && !next.startsWith('--') ? next : 'true'))
  }
  return flags
}

function configurationProblem(files: FileTree, path: string): string | undefined {
  const failed = `failed to load kubelet config file, path: ${path}, error: failed to load Kubelet config file ${path}, error`
  const text = files.read(path)
  if (text === undefined)
    return `${failed} failed to read kubelet config file "${path}", error: open ${path}: no such file or directory`
  const config = parsed(text)
  if (typeof config === 'string') return `${failed} couldn't get version/kind; json parse error: ${config}`
  if (config.kind === undefined || config.apiVersion === undefined)
    return `${failed} Object '${config.kind === undefined ? 'Kind' : 'apiVersion'}' is missing in '${JSON.stringify(config)}'`
  if (config.kind !== 'KubeletConfiguration' || config.apiVersion !== 'kubelet.config.k8s.io/v1beta1')
    return `${failed} no kind "${config.kind}" is registered for version "${config.apiVersion}" in scheme "pkg/kubelet/apis/config/scheme/scheme.go:33"`
  const x509 = isRecord(config.authentication) && isRecord(config.authentication.x509) ? config.authentication.x509 : {}
  const authority = x509.clientCAFile
  if (typeof authority === 'string' && authority !== '' && files.read(authority) === undefined)
    return `unable to load client CA file ${authority}: open ${authority}: no such file or directory`
  return undefined
}

function serverOf(
  files: FileTree,
  path: string,
  bootstrap: string,
): { readonly problem: string } | { readonly url: string } {
  const text = files.read(path)
  if (text === undefined || text === '')
    return {
      problem: `failed to run Kubelet: unable to load bootstrap kubeconfig: stat ${bootstrap}: no such file or directory`,
    }
  const config = parsed(text)
  if (typeof config === 'string')
    return { problem: `failed to run Kubelet: invalid kubeconfig: error loading config file "${path}": ${config}` }
  const cluster = firstOf(config.clusters, 'cluster')
  const user = firstOf(config.users, 'user')
  for (const [key, what] of [
    ['certificate-authority', 'certificate-authority'],
    ['client-certificate', 'client-cert'],
    ['client-key', 'client-key'],
  ] as const) {
    const file = key === 'certificate-authority' ? cluster[key] : user[key]
    if (typeof file === 'string' && files.read(file) === undefined)
      return {
        problem: `failed to run Kubelet: invalid configuration: unable to read ${what} ${file} for default-auth due to open ${file}: no such file or directory`,
      }
  }
  return { url: typeof cluster.server === 'string' ? cluster.server : '' }
}

function firstOf(list: unknown, key: string): Readonly<Record<string, unknown>> {
  const [first]: readonly unknown[] = Array.isArray(list) ? list : []
  const value = isRecord(first) ? first[key] : undefined
  return isRecord(value) ? value : {}
}

/** The YAML's object, or why it is none. */
function parsed(text: string): Readonly<Record<string, unknown>> | string {
  try {
    const value = load(text)
    return isRecord(value) ? value : 'yaml: could not be read as an object'
  } catch (error) {
    return `yaml: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''}`
  }
}

/** Those that kubeadm and learners give; the others have moved to the configuration file. */
const FLAGS: ReadonlySet<string> = new Set(
  `address allowed-unsafe-sysctls anonymous-auth application-metrics-count-limit authentication-token-webhook
  authentication-token-webhook-cache-ttl authorization-mode bootstrap-kubeconfig cert-dir cgroup-driver cgroup-root cgroups-per-qos
  client-ca-file cloud-config cloud-provider cluster-dns cluster-domain config config-dir container-log-max-files container-log-max-size
  container-runtime-endpoint contention-profiling cpu-cfs-quota cpu-manager-policy enable-controller-attach-detach enable-debugging-handlers
  enable-server enforce-node-allocatable event-burst event-qps eviction-hard eviction-minimum-reclaim eviction-soft exit-on-lock-contention
  fail-swap-on feature-gates file-check-frequency hairpin-mode healthz-bind-address healthz-port hostname-override http-check-frequency
  image-credential-provider-bin-dir image-credential-provider-config image-gc-high-threshold image-gc-low-threshold image-service-endpoint
  keep-terminated-pod-volumes kube-api-burst kube-api-content-type kube-api-qps kube-reserved kubeconfig kubelet-cgroups local-storage-capacity-isolation
  lock-file log-flush-frequency logging-format make-iptables-util-chains manifest-url manifest-url-header max-open-files max-pods
  maximum-dead-containers maximum-dead-containers-per-container memory-manager-policy minimum-container-ttl-duration minimum-image-ttl-duration
  node-ip node-labels node-status-max-images node-status-update-frequency oom-score-adj pod-cidr pod-infra-container-image pod-manifest-path
  pod-max-pids pods-per-core port protect-kernel-defaults provider-id qos-reserved read-only-port register-node register-with-taints
  registry-burst registry-qps reserved-cpus reserved-memory resolv-conf root-dir rotate-certificates rotate-server-certificates runonce
  runtime-cgroups runtime-request-timeout seccomp-default serialize-image-pulls streaming-connection-idle-timeout sync-frequency
  system-cgroups system-reserved tls-cert-file tls-cipher-suites tls-min-version tls-private-key-file topology-manager-policy
  topology-manager-scope v version vmodule volume-plugin-dir volume-stats-agg-period`.split(/\s+/),
)
