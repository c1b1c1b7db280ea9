/** What a node's container runtime needs to give Pods a network: a CNI configuration, its plug-ins, flannel's own file. */
import { isRecord } from '../api/json.ts'
import type { FileTree } from './files.ts'

const CONFIGURATIONS = '/etc/cni/net.d'
const PLUGINS = '/opt/cni/bin'
const SUBNET = '/run/flannel/subnet.env'

/** What tells whether anything of it has changed. */
export function podNetworkState(files: FileTree): string {
  const state = (path: string) => `${path} ${files.stat(path)?.modified} ${files.stat(path)?.size}`
  return [...configurationFiles(files), PLUGINS, ...namesIn(files, PLUGINS), SUBNET].map(state).join('\n')
}

/** Why the runtime reports that its network is not ready (containerd: internal/cri/server/status.go, go-cni). */
export function networkProblem(files: FileTree | undefined): string | undefined {
  if (files === undefined || pluginTypes(files) !== undefined) return undefined
  return 'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized'
}

/** Why no sandbox can be set up although the network counts as ready (containernetworking/cni: pkg/invoke/find.go; flannel's plug-in). */
export function sandboxProblem(files: FileTree | undefined, sandbox: string): string | undefined {
  if (files === undefined) return undefined
  const setUp = `failed to setup network for sandbox ${JSON.stringify(sandbox)}`
  const types = pluginTypes(files) ?? []
  for (const type of ['loopback', ...types]) {
    if (files.stat(`${PLUGINS}/${type}`) === undefined)
      return `${setUp}: failed to find plugin ${JSON.stringify(type)} in path [${PLUGINS}]`
    if (type === 'flannel' && files.stat(SUBNET) === undefined)
      return `${setUp}: plugin type="flannel" failed (add): loadFlannelSubnetEnv failed: open ${SUBNET}: no such file or directory`
  }
  return undefined
}

/** The plug-ins that the first readable configuration names; undefined without one. */
function pluginTypes(files: FileTree): readonly string[] | undefined {
  for (const path of configurationFiles(files)) {
    const types = typesIn(parsed(files.read(path) ?? ''))
    if (types.length > 0) return types
  }
  return undefined
}

function typesIn(value: unknown): readonly string[] {
  if (!isRecord(value)) return []
  const plugins: readonly unknown[] = Array.isArray(value.plugins) ? value.plugins : [value]
  return plugins.flatMap((plugin) => (isRecord(plugin) && typeof plugin.type === 'string' ? [plugin.type] : []))
}

function configurationFiles(files: FileTree): readonly string[] {
  return namesIn(files, CONFIGURATIONS).filter((path) => /\.(conf|conflist|json)$/.test(path))
}

function namesIn(files: FileTree, directory: string): readonly string[] {
  if (files.stat(directory)?.kind !== 'directory') return []
  return files.list(directory).map((name) => `${directory}/${name}`)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
