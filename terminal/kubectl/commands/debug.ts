import type { JsonValue, Kube } from '../../../emulator/index.ts'
import { Discovery, resourceText } from '../api/discovery.ts'
import { waitUntil } from '../api/follow.ts'
import { attachContainer } from '../attach/attach-container.ts'
import { defineSubcommand, type Invocation } from '../cli/subcommand.ts'
import { PROFILES, profileOf } from '../debug/profiles.ts'
import { type Debugger, type DebugSetting, debugCopy, debugNode, debugPod } from '../debug/targets.ts'
import { debugRequest } from '../debug/validate.ts'
import { ApiError, KubectlError, throwAll } from '../errors.ts'
import { fetchInfos, type Info } from '../resources/fetch.ts'
import { FILE_FLAGS, select } from '../resources/selection.ts'
import { parseYaml } from '../yaml/parse.ts'

const { filename } = FILE_FLAGS

export const debug = defineSubcommand({
  name: 'debug',
  group: 'Troubleshooting and Debugging Commands:',
  summary: 'Create debugging sessions for troubleshooting workloads and nodes',
  long: 'Debug cluster resources with containers made for it.\n\n A pod gets an ephemeral container beside its own, or a copy of it is made with something changed (--copy-to). On a node a pod is started that sees its network and processes and has its file system at /host.',
  examples: [
    '# A shell beside the containers of a pod',
    'kubectl debug web -it --image=busybox',
    '',
    '# One that sees the processes of a container',
    'kubectl debug web -it --image=busybox --target=app',
    '',
    '# A copy of the pod with another command',
    'kubectl debug web -it --copy-to=web-debug --container=app -- sh',
    '',
    '# A copy with other images',
    'kubectl debug web --copy-to=web-debug --set-image=*=busybox',
    '',
    '# A node',
    'kubectl debug node/node01 -it --image=busybox',
  ],
  usage: '(POD | TYPE[[.VERSION].GROUP]/NAME) [ -- COMMAND [args...] ]',
  completes: 'resources',
  flags: {
    ...(filename && { filename }),
    'arguments-only': {
      kind: 'bool',
      default: false,
      summary: 'Use what follows -- as arguments, not as the command.',
    },
    attach: { kind: 'bool', default: false, summary: 'Wait for the container and attach to it; set by -i.' },
    container: { kind: 'string', shorthand: 'c', default: '', summary: 'Name of the debug container.' },
    'copy-to': { kind: 'string', default: '', summary: 'Make a copy of the pod with this name.' },
    custom: { kind: 'string', default: '', summary: 'JSON or YAML file with parts of a container to lay over it.' },
    env: { kind: 'stringArray', default: [], summary: 'Environment variables of the container.' },
    image: { kind: 'string', default: '', summary: 'Image of the debug container.' },
    'image-pull-policy': { kind: 'string', default: '', summary: 'When to pull the image.' },
    'keep-annotations': { kind: 'bool', default: false, summary: 'With --copy-to: keep the annotations.' },
    'keep-init-containers': { kind: 'bool', default: true, summary: 'With --copy-to: run the init containers.' },
    'keep-labels': { kind: 'bool', default: false, summary: 'With --copy-to: keep the labels.' },
    'keep-liveness': { kind: 'bool', default: false, summary: 'With --copy-to: keep liveness probes.' },
    'keep-readiness': { kind: 'bool', default: false, summary: 'With --copy-to: keep readiness probes.' },
    'keep-startup': { kind: 'bool', default: false, summary: 'With --copy-to: keep startup probes.' },
    profile: {
      kind: 'string',
      default: 'general',
      summary: `What the container may do: ${PROFILES.join(', ')}.`,
    },
    quiet: { kind: 'bool', shorthand: 'q', default: false, summary: 'Print no messages of our own.' },
    replace: { kind: 'bool', default: false, summary: 'With --copy-to: delete the original pod.' },
    'same-node': { kind: 'bool', default: false, summary: "With --copy-to: put the copy on the pod's node." },
    'set-image': { kind: 'stringSlice', default: [], summary: 'With --copy-to: other images, as NAME=IMAGE.' },
    'share-processes': { kind: 'bool', default: true, summary: 'With --copy-to: let containers see all processes.' },
    stdin: { kind: 'bool', shorthand: 'i', default: false, summary: 'Keep standard input open.' },
    target: { kind: 'string', default: '', summary: 'Container whose processes the debug container sees.' },
    tty: { kind: 'bool', shorthand: 't', default: false, summary: 'Give the container a terminal.' },
  },
  run: async (invocation) => {
    profileOf(invocation.flags)
    const custom = await customContainer(invocation)
    const request = debugRequest(invocation)
    const setting: DebugSetting = { invocation, request, custom }
    const { infos, errors } = await debugged(invocation, request.names)
    for (const info of infos) {
      const made = debugOne(setting, info)
      if (request.attach && made.container !== '') await attachTo(invocation, made)
    }
    throwAll(errors)
    return 0
  },
})

/** `web`, `node/node01`, files: a bare name means a pod. */
async function debugged(invocation: Invocation, names: readonly string[]) {
  const discovery = new Discovery(invocation.api)
  const words = names.map((name) => (name.includes('/') ? name : `pods/${name}`))
  return fetchInfos(invocation.api, await select(invocation, { args: words, discovery }))
}

function debugOne(setting: DebugSetting, { type, object }: Info): Debugger {
  // allowed: upstream's own switch; only pods and nodes can be debugged
  if (type.kind === 'Node') return debugNode(setting, object as Kube.Node)
  if (type.kind !== 'Pod')
    throw new KubectlError(
      `${JSON.stringify(resourceText(type).replace(/Resource=.*/, `Kind=${type.kind}`))} not supported by debug`,
    )
  return setting.invocation.flags.optional('copy-to')
    ? debugCopy(setting, object as Kube.Pod)
    : debugPod(setting, object as Kube.Pod)
}

async function attachTo(invocation: Invocation, { pod, container }: Debugger): Promise<void> {
  const { api, context, flags } = invocation
  const { namespace = '', name = '' } = pod.metadata ?? {}
  const path = `/api/v1/namespaces/${namespace}/pods/${name}`
  let told = ''
  const state = () => stateOf(api.get<Kube.Pod>(path), container)
  await waitUntil(context, () => {
    const { waiting, running, terminated } = state() ?? {}
    const message = waiting?.message ?? ''
    if (message !== '' && message !== told && !flags.bool('quiet'))
      context.err(`Warning: container ${container}: ${message}\n`)
    told = message
    return running !== undefined || terminated !== undefined
  })
  const showLogs = () => context.out(String(api.send('GET', `${path}/log`, { query: { container } }) ?? ''))
  if (state()?.terminated) return showLogs()
  const attachment = { container, stdin: flags.bool('stdin'), tty: flags.bool('tty'), quiet: flags.bool('quiet') }
  try {
    await attachContainer(invocation, { pod: api.get<Kube.Pod>(path), ...attachment })
  } catch (error) {
    // It ended since it was seen to run (upstream: kubectl/pkg/cmd/debug, handleAttachPod).
    if (!(error instanceof KubectlError || error instanceof ApiError)) throw error
    context.err(`warning: couldn't attach to pod/${name}, falling back to streaming logs: ${error.message}\n`)
    showLogs()
  }
}

function stateOf({ status }: Kube.Pod, container: string): Kube.ContainerState | undefined {
  const { containerStatuses = [], ephemeralContainerStatuses = [] } = status ?? {}
  return [...containerStatuses, ...ephemeralContainerStatuses].find(({ name }) => name === container)?.state
}

async function customContainer({ context, flags }: Invocation): Promise<JsonValue | undefined> {
  const path = flags.optional('custom')
  if (path === undefined) return undefined
  const text = await context.files.read(path)
  if (text === undefined)
    throw new KubectlError(
      `must pass a container spec json file for custom profile: open ${path}: no such file or directory`,
    )
  const value = (parseYaml(text) ?? {}) as { readonly [field: string]: JsonValue }
  if (['name', 'command', 'image', 'lifecycle', 'volumeDevices'].some((field) => field in value))
    throw new KubectlError('name, command, image, lifecycle and volume devices are not modifiable via custom profile')
  return value
}
