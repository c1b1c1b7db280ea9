import { attachContainer } from '../attach/attach-container.ts'
import { defineSubcommand } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { attachablePod, POD_RUNNING_TIMEOUT } from '../resources/attachable.ts'
import { chooseContainer, containerNames } from '../resources/pod-logic.ts'

export const attach = defineSubcommand({
  name: 'attach',
  group: 'Troubleshooting and Debugging Commands:',
  summary: 'Attach to a running container',
  long: 'Attach to a process that is already running inside an existing container.',
  examples: [
    '# What the main process of a pod prints from now on',
    'kubectl attach web',
    '',
    '# In one container of several',
    'kubectl attach web -c app',
    '',
    '# With your keyboard and screen',
    'kubectl attach web -c shell -i -t',
    '',
    '# The first pod of a replica set',
    'kubectl attach rs/web',
  ],
  usage: '(POD | TYPE/NAME) -c CONTAINER',
  completes: 'pods',
  flags: {
    ...POD_RUNNING_TIMEOUT,
    container: {
      kind: 'string',
      shorthand: 'c',
      default: '',
      summary: "Container of the pod; by default the annotated one, else the pod's first.",
    },
    'detach-keys': { kind: 'string', default: 'ctrl-p,ctrl-q', summary: 'Keys that detach from the container.' },
    quiet: { kind: 'bool', shorthand: 'q', default: false, summary: 'Print only what the container prints.' },
    stdin: { kind: 'bool', shorthand: 'i', default: false, summary: 'Pass standard input to the container.' },
    tty: { kind: 'bool', shorthand: 't', default: false, summary: 'Standard input is a terminal.' },
  },
  run: async (invocation) => {
    const { args, context, flags } = invocation
    if (args.length === 0) throw new KubectlError('at least 1 argument is required for attach')
    if (args.length > 2)
      throw new KubectlError(
        `expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw ${args.length}: [${args.join(' ')}]`,
      )
    if (flags.number('pod-running-timeout') <= 0)
      throw new KubectlError('--pod-running-timeout must be higher than zero')
    const { pod } = await attachablePod(invocation, args)
    const phase = pod.status?.phase
    if (phase === 'Succeeded' || phase === 'Failed')
      throw new KubectlError(`cannot attach a container in a completed pod; current phase is ${phase}`)
    const wanted = flags.optional('container')
    if (wanted !== undefined && !containerNames(pod).includes(wanted))
      throw new KubectlError(
        `cannot attach to the container: container ${wanted} not found in pod ${pod.metadata?.name}`,
      )
    const { name: container, notice } = chooseContainer(pod, wanted)
    const quiet = flags.bool('quiet')
    if (notice && !quiet) context.err(notice)
    await attachContainer(invocation, { pod, container, quiet, stdin: flags.bool('stdin'), tty: flags.bool('tty') })
    return 0
  },
})
