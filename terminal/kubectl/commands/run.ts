import type { JsonValue } from '../../../emulator/index.ts'
import { Discovery } from '../api/discovery.ts'
import type { FlagValues } from '../cli/flags.ts'
import { defineSubcommand, type Invocation } from '../cli/subcommand.ts'
import { usageError } from '../cli/usage-error.ts'
import { ApiError, KubectlError, throwAll } from '../errors.ts'
import { PRINT_FLAGS } from '../print/output.ts'
import { CASCADE_FLAG, cascadePolicy } from '../resources/cascade.ts'
import { parseLabelList } from '../resources/labels.ts'
import { manifestOf, withNamespace } from '../resources/manifests.ts'
import {
  createObject,
  DRY_RUN_FLAG,
  dryRunOf,
  fieldManagerFlag,
  RECORD_FLAG,
  resultPrinter,
  SAVE_CONFIG_FLAG,
} from '../resources/mutation.ts'
import { overridden } from '../resources/overrides.ts'
import { FILE_FLAGS } from '../resources/selection.ts'
import { attachToRun } from './run-attach.ts'

export const run = defineSubcommand({
  name: 'run',
  group: 'Basic Commands (Beginner):',
  summary: 'Run a particular image on the cluster',
  long: 'Create and run a particular image in a pod.',
  examples: [
    '# A pod of nginx',
    'kubectl run nginx --image=nginx',
    '',
    '# With a port and labels',
    'kubectl run web --image=nginx --port=80 --labels="app=web,env=prod"',
    '',
    '# The manifest only',
    'kubectl run nginx --image=nginx --dry-run=client -o yaml',
    '',
    '# A shell in a pod that is removed afterwards',
    'kubectl run -it tmp --image=busybox --rm --restart=Never -- sh',
  ],
  usage:
    'NAME --image=image [--env="key=value"] [--port=port] [--dry-run=server|client] [--overrides=inline-json] [--command] -- [COMMAND] [args...]',
  flags: {
    ...FILE_FLAGS,
    ...PRINT_FLAGS,
    ...DRY_RUN_FLAG,
    ...SAVE_CONFIG_FLAG,
    ...fieldManagerFlag('kubectl-run'),
    ...RECORD_FLAG,
    cascade: CASCADE_FLAG,
    annotations: { kind: 'stringArray', default: [], summary: 'Annotation of the pod; may be repeated.' },
    attach: { kind: 'bool', default: false, summary: 'Wait for the pod, then attach to it as kubectl attach would.' },
    command: {
      kind: 'bool',
      default: false,
      summary: "Use what follows -- as the container's command instead of its arguments.",
    },
    'detach-keys': { kind: 'string', default: 'ctrl-p,ctrl-q', summary: 'Keys that detach from the container.' },
    env: { kind: 'stringArray', default: [], summary: 'Environment variable of the container; may be repeated.' },
    expose: { kind: 'bool', default: false, summary: 'Make a ClusterIP service for the pod too; needs --port.' },
    force: { kind: 'bool', default: false, summary: 'Remove at once, without an end in order.' },
    'grace-period': { kind: 'int', default: -1, summary: 'Seconds given to end in order.' },
    image: { kind: 'string', default: '', summary: 'Image of the container.', required: true },
    'image-pull-policy': {
      kind: 'string',
      default: '',
      summary: 'When to pull the image.',
    },
    labels: { kind: 'string', shorthand: 'l', default: '', summary: 'Labels of the pod, comma separated.' },
    'leave-stdin-open': {
      kind: 'bool',
      default: false,
      summary: 'Leave standard input open after the first attach; it is closed otherwise.',
    },
    'override-type': {
      kind: 'string',
      default: 'merge',
      summary: 'How --overrides applies: json, merge or strategic.',
    },
    overrides: { kind: 'string', default: '', summary: 'JSON to lay over the generated object.' },
    'pod-running-timeout': { kind: 'duration', default: 60_000, summary: 'How long to wait until the pod runs.' },
    port: { kind: 'string', default: '', summary: 'Port that the container listens on.' },
    privileged: { kind: 'bool', default: false, summary: 'Run the container in privileged mode.' },
    quiet: { kind: 'bool', shorthand: 'q', default: false, summary: 'Print no messages of our own.' },
    restart: {
      kind: 'string',
      default: 'Always',
      summary: 'Restart policy of the pod.',
    },
    rm: { kind: 'bool', default: false, summary: 'Remove the pod when it has ended; needs -i or -t.' },
    stdin: { kind: 'bool', shorthand: 'i', default: false, summary: 'Keep standard input open.' },
    timeout: { kind: 'duration', default: 0, summary: 'How long to wait for a deletion.' },
    tty: { kind: 'bool', shorthand: 't', default: false, summary: 'Give the container a terminal.' },
    wait: { kind: 'bool', default: false, summary: 'Wait for a deletion to be complete.' },
  },
  run: async (invocation) => {
    const name = check(invocation)
    const { flags } = invocation
    const discovery = new Discovery(invocation.api, 1)
    const print = await resultPrinter(invocation, { built: true })
    const pod = podFor(invocation, name)
    const pods = discovery.resolve('pods')
    const client = dryRunOf(invocation) === 'client'
    const manifest = manifestOf(pods, pod, invocation.namespace)
    const stays = !client || invocation.namespaceEnforced
    const attached = !client && attaches(flags)
    const object = createObject(
      invocation,
      manifest,
      stays ? withNamespace(manifest.object, invocation.namespace) : manifest.object,
      { configured: manifest.object },
    )
    const failures = flags.bool('expose') ? exposePod(invocation, discovery, { name, pod, print }) : []
    if (attached) return attachToRun(invocation, object)
    print(pods, object, 'created')
    throwAll(failures)
    return 0
  },
})

/** Who keeps standard input open attaches, unless told not to. */
const attaches = (flags: FlagValues): boolean => flags.bool(flags.changed('attach') ? 'attach' : 'stdin')

type Fields = { readonly [field: string]: JsonValue }

/** An image reference: host, path in lower case, tag, digest (upstream: distribution/reference). */
const IMAGE =
  /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d+)?\/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*(?::\w[\w.-]{0,127})?(?:@[A-Za-z][\w.+-]*:[0-9a-fA-F]{32,})?$/

/** Refusals in upstream's order (run.go). Returns the pod's name. */
function check(invocation: Invocation): string {
  const { flags, args, argsBeforeDash } = invocation
  const name = argsBeforeDash === 0 ? undefined : args[0]
  if (name === undefined) throw usageError(invocation, 'NAME is required for run')
  if (flags.string('image') === '') throw new KubectlError('--image is required')
  if (!IMAGE.test(flags.string('image')))
    throw new KubectlError(`Invalid image name ${JSON.stringify(flags.string('image'))}: invalid reference format`)
  const attached = attaches(flags)
  if (flags.bool('tty') && !flags.bool('stdin'))
    throw usageError(invocation, '-i/--stdin is required for containers with -t/--tty=true')
  if (flags.bool('expose') && !flags.optional('port'))
    throw usageError(invocation, '--port must be set when exposing a service')
  if (flags.bool('rm') && !attached) throw usageError(invocation, '--rm should only be used for attached containers')
  if (attached && dryRunOf(invocation) !== 'none')
    throw usageError(
      invocation,
      "--dry-run=[server|client] can't be used with attached containers options (--attach, --stdin, or --tty)",
    )
  dryRunOf(invocation)
  cascadePolicy(flags.string('cascade'))
  const policy = flags.string('restart')
  if (!['Always', 'OnFailure', 'Never'].includes(policy))
    throw usageError(invocation, `invalid restart policy: ${policy}`)
  const pull = flags.string('image-pull-policy')
  if (!['', 'Always', 'IfNotPresent', 'Never'].includes(pull))
    throw usageError(invocation, `invalid image pull policy: ${pull}`)
  return name
}

function podFor(invocation: Invocation, name: string): Fields {
  const { flags, args } = invocation
  const words = args.slice(1)
  const labels = flags.optional('labels') ? parseLabelList(flags.string('labels')) : { run: name }
  const annotations = Object.fromEntries(flags.list('annotations').map((pair) => splitPair(pair, 'annotations format')))
  const given = flags.list('env').filter((pair) => pair !== '')
  const env = given.map((pair) => {
    const [key, value] = splitPair(pair, 'env')
    return { name: key, value }
  })
  const port = flags.optional('port')
  if (port !== undefined && !/^[+-]?\d+$/.test(port))
    throw new KubectlError(`strconv.Atoi: parsing ${JSON.stringify(port)}: invalid syntax`)
  const interactive = flags.bool('stdin') && {
    stdin: true,
    ...(!flags.bool('leave-stdin-open') && { stdinOnce: true }),
  }
  const container: Fields = {
    ...(words.length > 0 && { [flags.bool('command') ? 'command' : 'args']: [...words] }),
    ...(env.length > 0 && { env }),
    image: flags.string('image'),
    ...(flags.optional('image-pull-policy') && { imagePullPolicy: flags.string('image-pull-policy') }),
    name,
    ...(port !== undefined && { ports: [{ containerPort: Number(port) }] }),
    resources: {},
    ...(flags.bool('privileged') && { securityContext: { privileged: true } }),
    ...(interactive || {}),
    ...(flags.bool('tty') && { tty: true }),
  }
  const pod: Fields = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...(Object.keys(annotations).length > 0 && { annotations }), labels: { ...labels }, name },
    spec: { containers: [container], dnsPolicy: 'ClusterFirst', restartPolicy: flags.string('restart') },
    status: {},
  }
  return overridden(invocation, pod)
}

function splitPair(pair: string, flag: string): readonly [string, string] {
  const equals = pair.indexOf('=')
  if (equals < 1) throw new KubectlError(`invalid ${flag}: ${pair}`)
  return [pair.slice(0, equals), pair.slice(equals + 1)]
}

interface Exposed {
  readonly name: string
  readonly pod: Fields
  readonly print: Awaited<ReturnType<typeof resultPrinter>>
}

/** The Service of `--expose`; that it could not be made is said after what became of the pod. */
function exposePod(invocation: Invocation, discovery: Discovery, { name, pod, print }: Exposed): readonly Error[] {
  const type = discovery.resolve('services')
  const port = Number(invocation.flags.string('port'))
  const { labels } = pod.metadata as { labels: Fields }
  const service: Fields = {
    metadata: { name },
    spec: { ports: [{ port, protocol: 'TCP', targetPort: port }], selector: labels },
    status: { loadBalancer: {} },
  }
  const manifest = manifestOf(type, service, invocation.namespace)
  try {
    print(type, createObject(invocation, manifest, manifest.object, { configured: manifest.object }), 'created')
    if (invocation.flags.string('output') === 'yaml') invocation.context.out('---\n')
    return []
  } catch (error) {
    if (error instanceof ApiError) return [error]
    throw error
  }
}
