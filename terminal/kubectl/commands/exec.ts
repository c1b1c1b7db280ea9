import type { Container, Kube } from '../../../emulator/index.ts'
import { ExecError } from '../../types.ts'
import { defineSubcommand, type Invocation } from '../cli/subcommand.ts'
import { usageError } from '../cli/usage-error.ts'
import { ApiError, Exit, KubectlError } from '../errors.ts'
import { attachablePod, attachablePodOfFiles } from '../resources/attachable.ts'
import { chooseContainer } from '../resources/pod-logic.ts'

export const exec = defineSubcommand({
  name: 'exec',
  group: 'Troubleshooting and Debugging Commands:',
  summary: 'Execute a command in a container',
  examples: [
    '# One command',
    'kubectl exec web -- date',
    '',
    '# A shell',
    'kubectl exec -it web -- sh',
    '',
    '# In one container of several, of any pod of a deployment',
    'kubectl exec deploy/web -c app -- env',
  ],
  usage: '(POD | TYPE/NAME) [-c CONTAINER] [flags] -- COMMAND [args...]',
  completes: 'pods',
  flags: {
    filename: {
      kind: 'stringSlice',
      shorthand: 'f',
      default: [],
      summary: 'File that names the pod.',
      completes: 'file',
    },
    container: {
      kind: 'string',
      shorthand: 'c',
      default: '',
      summary: 'Container of the pod.',
      completes: 'container',
    },
    'pod-running-timeout': { kind: 'duration', default: 60_000, summary: 'How long to wait for a pod that runs.' },
    quiet: { kind: 'bool', shorthand: 'q', default: false, summary: 'Print only what the command prints.' },
    stdin: { kind: 'bool', shorthand: 'i', default: false, summary: 'Pass standard input to the container.' },
    tty: { kind: 'bool', shorthand: 't', default: false, summary: 'Give the command a terminal.' },
  },
  run: async (invocation) => {
    const { flags, context } = invocation
    const { target, command } = wordsOf(invocation)
    const { pod } =
      target === undefined ? await attachablePodOfFiles(invocation) : await attachablePod(invocation, [target])
    const container = containerOf(invocation, pod)
    const [program = ''] = command
    const running = runningContainer(invocation, pod, container)
    if (!runs(running, program)) throw missingProgram(program, running.id)
    const wantsTty = flags.bool('tty') && context.tty !== undefined && flags.bool('stdin') && context.stdinIsTerminal
    if (flags.bool('tty') && flags.bool('stdin') && !context.stdinIsTerminal)
      context.err('Unable to use a TTY - input is not a terminal or the right kind of file\n')
    const shell = context.openShell({
      kind: 'container',
      namespace: running.spec.namespace,
      pod: running.spec.podName,
      container,
      argv: command,
      tty: wantsTty,
      ...(flags.bool('stdin') && !wantsTty && { stdin: context.stdin }),
    })
    const code = await shell.catch((error: unknown) => {
      if (!(error instanceof ExecError)) throw error
      throw new KubectlError(`Internal error occurred: Internal error occurred: ${error.message}`)
    })
    // Ctrl-C and timeout end kubectl itself, which then says nothing.
    if (context.signal.aborted) throw new Exit(INTERRUPTED)
    if (code !== 0) {
      context.err(`command terminated with exit code ${code}\n`)
      throw new Exit(code)
    }
    return 0
  },
})

/** What is named and what is to run; nothing is named where files name it. */
function wordsOf(invocation: Invocation): { readonly target: string | undefined; readonly command: readonly string[] } {
  const { flags, args, argsBeforeDash } = invocation
  const [before, command] =
    argsBeforeDash < 0 ? [args, []] : [args.slice(0, argsBeforeDash), args.slice(argsBeforeDash)]
  const [target] = before
  if (target === undefined && flags.list('filename').length === 0)
    throw new KubectlError('pod, type/name or --filename must be specified')
  if (before.length > 1)
    throw usageError(invocation, 'exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead')
  if (command.length === 0) throw new KubectlError('you must specify at least one command for the container')
  return { target, command }
}

function containerOf({ flags, context }: Invocation, pod: Kube.Pod): string {
  const phase = pod.status?.phase
  if (phase === 'Succeeded' || phase === 'Failed')
    throw new KubectlError(`cannot exec into a container in a completed pod; current phase is ${phase}`)
  const { name, notice } = chooseContainer(pod, flags.optional('container'))
  if (notice && !flags.bool('quiet')) context.err(notice)
  return name
}

/** The container where the pod's kubelet runs it. Throws ApiError, KubectlError. */
function runningContainer({ api, context, namespace: own }: Invocation, pod: Kube.Pod, container: string): Container {
  const { namespace = own, name = '' } = pod.metadata ?? {}
  const { spec } = api.get<Kube.Pod>(`/api/v1/namespaces/${namespace}/pods/${name}`)
  if (!spec?.nodeName)
    throw new ApiError({ reason: 'BadRequest', message: `pod ${name} does not have a host assigned` })
  const unreachable = context.cluster.kubeletError(spec.nodeName)
  if (unreachable) throw new KubectlError(`Internal error occurred: error dialing backend: ${unreachable}`)
  const running = context.cluster.container(namespace, name, container)
  if (running?.state.kind !== 'running') throw notRunning(container)
  return running
}

const runs = ({ files, programs }: Container, program: string): boolean =>
  program.includes('/')
    ? files.stat(program) !== undefined || programs.has(program.split('/').pop() ?? '')
    : programs.has(program)

const INTERRUPTED = 130

/** What runc says about a binary that the image lacks, as the kubelet and the API server pass it on. */
export function missingProgram(program: string, id: string): KubectlError {
  const reason = program.includes('/')
    ? `stat ${program}: no such file or directory`
    : 'executable file not found in $PATH'
  return new KubectlError(
    `Internal error occurred: Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "${id.replace(/\W/g, '')}": OCI runtime exec failed: exec failed: unable to start container process: exec: ${JSON.stringify(program)}: ${reason}: unknown`,
  )
}

function notRunning(container: string): KubectlError {
  return new KubectlError(`Internal error occurred: unable to upgrade connection: container not found ("${container}")`)
}
