import type { ApiRequest, ApiResponse, Cluster, Container, FileTree, Machine } from '../../emulator/index.ts'

/**
 * Runs something that may change the cluster; `changed` says of its result whether it did. What it throws, it throws, and
 * then nothing was changed.
 */
export type Record = <T>(act: () => T, changed: (result: T) => boolean) => T

const always = () => true

/** What programs put down for themselves: no learner thinks of it as a change. */
const isOwn = (path: string) => /\/\.kube\/cache(\/|$)|^\/dev\/|^\/tmp\/(kubectl-|LIVE-|MERGED-|sh-|bash-)/.test(path)

/** A cluster whose changes pass by `record`: objects, files of machines and containers, power, units, containers. */
export function recordedCluster(cluster: Cluster, record: Record): Cluster {
  const files = remembered((tree: FileTree) => recordedFiles(tree, record))
  const machine = remembered((one: Machine) => withFiles(one, files))
  const container = remembered((one: Container) => withFiles(one, files))
  const request = (asked: ApiRequest): ApiResponse => {
    if (asked.method === 'GET') return cluster.request(asked)
    const before = cluster.etcd.revision
    return record(
      () => cluster.request(asked),
      () => cluster.etcd.revision !== before,
    )
  }
  const own: Pick<
    Cluster,
    'request' | 'machine' | 'container' | 'setPower' | 'setUnit' | 'stopContainer' | 'nodeImages'
  > = {
    request,
    machine(name) {
      const found = cluster.machine(name)
      return found && machine(found)
    },
    container(...where) {
      const found = cluster.container(...where)
      return found && container(found)
    },
    setPower: (...how) => record(() => cluster.setPower(...how), always),
    setUnit: (...how) => record(() => cluster.setUnit(...how), always),
    stopContainer: (...how) => record(() => cluster.stopContainer(...how), always),
    nodeImages(node) {
      const images = cluster.nodeImages(node)
      return {
        ...images,
        pull: (image) => record(() => images.pull(image), always),
        remove: (image) => record(() => images.remove(image), always),
      }
    },
  }
  const methods = Object.entries(own).map(([name, value]) => [name, { value }] as const)
  return Object.create(cluster, {
    ...Object.fromEntries(methods),
    machines: { get: () => cluster.machines.map(machine) },
  })
}

function recordedFiles(tree: FileTree, record: Record): FileTree {
  const change = (path: string, act: () => void) => (isOwn(path) ? act() : record(act, always))
  return {
    read: (path) => tree.read(path),
    stat: (path) => tree.stat(path),
    list: (directory) => tree.list(directory),
    write: (path, ...rest) => change(path, () => tree.write(path, ...rest)),
    remove: (path) => change(path, () => tree.remove(path)),
    makeDirectory: (path) => change(path, () => tree.makeDirectory(path)),
    link: (path, target) => change(path, () => tree.link(path, target)),
    setMode: (path, mode) => change(path, () => tree.setMode(path, mode)),
    get changedBytes() {
      return tree.changedBytes
    },
  }
}

/** The same thing with other files: its own fields are private to it, so it is asked for them itself. */
function withFiles<T extends { readonly files: FileTree }>(one: T, files: (tree: FileTree) => FileTree): T {
  return new Proxy(one, {
    get(target, name) {
      if (name === 'files') return files(target.files)
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

/** One result a thing, so that what is the same stays the same. */
function remembered<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const made = new WeakMap<K, V>()
  return (key) => {
    const known = made.get(key)
    if (known !== undefined) return known
    const value = make(key)
    made.set(key, value)
    return value
  }
}
