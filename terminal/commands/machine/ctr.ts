import type { Kube } from '../../../emulator/index.ts'
import { alignTabs } from '../../kubectl/print/tabwriter.ts'
import { defineCommand } from '../../types.ts'
import { parseArguments } from '../arguments.ts'
import { nodeOf, notFound } from '../node/node-place.ts'

/** containerd's own client: `ctr -n k8s.io containers|tasks|images list`, `ctr namespaces list`, `ctr version`. */
export const ctr = defineCommand({
  name: 'ctr',
  summary: "Look into containerd by its own client's eyes",
  async run(context) {
    const node = nodeOf(context)
    if (node === undefined) return notFound(context, 'ctr')
    const { words, values, flags } = parseArguments(context.argv.slice(1), {
      flags: ['q', 'quiet'],
      values: ['n', 'namespace', 'address', 'a'],
    })
    if (context.user !== 'root' || node.units.containerd !== 'running') {
      const why = context.user === 'root' ? 'no such file or directory' : 'permission denied'
      context.err(
        `ctr: failed to dial "/run/containerd/containerd.sock": connection error: desc = "transport: error while dialing: dial unix /run/containerd/containerd.sock: connect: ${why}"\n`,
      )
      return 1
    }
    const [object = '', verb = ''] = words
    const ours = (values.get('n') ?? values.get('namespace') ?? 'default') === 'k8s.io'
    const quiet = flags.has('q') || flags.has('quiet')
    const table = (heads: string, rows: readonly string[]) =>
      context.out(alignTabs(`${[heads, ...rows].join('\n')}\n`, { minWidth: 4, padding: 4 }))
    const containers = ours ? context.cluster.containersOn(node.name) : []
    const kind = OBJECTS.get(object)
    if (object === 'version') {
      context.out(
        'Client:\n  Version:  v2.2.1\n  Revision: dea7da592f5d1d2b7755e3a161be07f43fad8f75\n  Go version: go1.25.5\n\nServer:\n  Version:  v2.2.1\n  Revision: dea7da592f5d1d2b7755e3a161be07f43fad8f75\n  UUID: 5d0ca2e8-8a9e-4b6e-9a0a-6b7f6f6e1c11\n',
      )
      return 0
    }
    if (kind === undefined || !['ls', 'list', ''].includes(verb)) {
      context.err(
        `ctr: "${[object, verb].join(' ').trim()}" is not emulated; containers, tasks, images and namespaces list are\n`,
      )
      return 1
    }
    if (kind === 'namespaces') table('NAME\tLABELS\t', ['k8s.io\t\t'])
    else if (kind === 'tasks')
      table(
        'TASK\tPID\tSTATUS\t',
        containers
          .filter(({ state }) => state.kind === 'running')
          .map(({ id }) => `${id}\t${2_000 + (Number.parseInt(id.slice(0, 4), 16) % 30_000)}\tRUNNING\t`),
      )
    else if (kind === 'containers') {
      if (quiet) context.out(containers.map(({ id }) => `${id}\n`).join(''))
      else
        table(
          'CONTAINER\tIMAGE\tRUNTIME\t',
          containers.map(({ id, spec }) => `${id}\t${spec.image}\tio.containerd.runc.v2\t`),
        )
    } else {
      const { body } = context.cluster.request({
        method: 'GET',
        path: `/api/v1/nodes/${node.name}`,
        query: {},
        headers: {},
      })
      const images = ours ? ((body as Kube.Node).status?.images ?? []) : []
      const rows = images.flatMap(({ names = [], sizeBytes = 0 }) => {
        const name = names.find((one) => !one.includes('@')) ?? ''
        const digest = names.find((one) => one.includes('@'))?.split('@')[1] ?? ''
        return quiet
          ? [name]
          : [
              `${name}\tapplication/vnd.oci.image.index.v1+json\t${digest}\t${(sizeBytes / 1_048_576).toFixed(1)} MiB\tlinux/amd64\tio.cri-containerd.image=managed\t`,
            ]
      })
      if (quiet) context.out(rows.map((row) => `${row}\n`).join(''))
      else table('REF\tTYPE\tDIGEST\tSIZE\tPLATFORMS\tLABELS\t', rows)
    }
    return 0
  },
})

const OBJECTS = new Map<string, 'containers' | 'tasks' | 'images' | 'namespaces'>([
  ['c', 'containers'],
  ['container', 'containers'],
  ['containers', 'containers'],
  ['t', 'tasks'],
  ['task', 'tasks'],
  ['tasks', 'tasks'],
  ['i', 'images'],
  ['image', 'images'],
  ['images', 'images'],
  ['ns', 'namespaces'],
  ['namespace', 'namespaces'],
  ['namespaces', 'namespaces'],
])
