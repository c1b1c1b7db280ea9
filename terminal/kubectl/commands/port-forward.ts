import type { Kube } from '../../../emulator/index.ts'
import { defineSubcommand, type Invocation } from '../cli/subcommand.ts'
import { usageError } from '../cli/usage-error.ts'
import { isNotFound, KubectlError } from '../errors.ts'
import { Forwarder } from '../port-forward/forwarder.ts'
import { portPairs } from '../port-forward/ports.ts'
import { attachablePod, POD_RUNNING_TIMEOUT } from '../resources/attachable.ts'

export const portForward = defineSubcommand({
  name: 'port-forward',
  group: 'Troubleshooting and Debugging Commands:',
  summary: 'Forward one or more local ports to a pod',
  long: 'Forward one or more local ports to a pod.\n\n With a type and a name (deployment/web, service/web) one of its pods is chosen. The command runs until you stop it or the pod ends.',
  examples: [
    '# Port 8080 here, port 80 in the pod',
    'kubectl port-forward pod/web 8080:80',
    '',
    '# By the port of a service',
    'kubectl port-forward service/web 8443:https',
    '',
    '# On every address of this machine',
    'kubectl port-forward --address 0.0.0.0 pod/web 8888:5000',
    '',
    '# Any free port here',
    'kubectl port-forward pod/web :5000',
  ],
  usage: 'TYPE/NAME [options] [LOCAL_PORT:]REMOTE_PORT [...[LOCAL_PORT_N:]REMOTE_PORT_N]',
  completes: 'pods',
  flags: {
    ...POD_RUNNING_TIMEOUT,
    address: {
      kind: 'stringSlice',
      default: ['localhost'],
      summary: 'Addresses to listen on, separated by commas: IP addresses or localhost.',
    },
  },
  run: async (invocation) => {
    const { api, args, flags, namespace } = invocation
    const [word = '', ...ports] = args
    if (args.length < 2) throw usageError(invocation, 'TYPE/NAME and list of ports are required for port-forward')
    if (flags.number('pod-running-timeout') <= 0)
      throw usageError(invocation, '--pod-running-timeout must be higher than zero')
    const target = await attachablePod(invocation, [word])
    const pairs = portPairs(ports, target)
    const name = target.pod.metadata?.name ?? ''
    if (target.pod.status?.phase !== 'Running')
      throw new KubectlError(
        `unable to forward port because pod is not running. Current status=${target.pod.status?.phase}`,
      )
    const addresses = addressesOf(flags.list('address'))
    const path = `/api/v1/namespaces/${namespace}/pods/${name}`
    const connection = api.connect(`${path}/portforward`, {})
    if (connection.kind !== 'portforward') throw new Error('a portforward that is none')
    if (connection.failure) throw new KubectlError(`error upgrading connection: ${connection.failure.message}`)
    const forwarder = new Forwarder(invocation, connection)
    try {
      forwarder.open(pairs, addresses)
      await untilLost(invocation, forwarder, () => stillRuns(invocation, path, target.pod.metadata?.uid))
    } finally {
      forwarder.close()
    }
    throw new KubectlError('lost connection to pod')
  },
})

/** How often the command looks whether its pod still runs. */
const LOOK_MS = 500

/** Until somebody interrupts it, the connection breaks or the pod has ended. */
async function untilLost({ context }: Invocation, forwarder: Forwarder, runs: () => boolean): Promise<void> {
  while (!forwarder.lost && runs()) await context.time.sleep(LOOK_MS, context.signal)
}

function stillRuns({ api }: Invocation, path: string, uid: string | undefined): boolean {
  try {
    const { metadata, status } = api.get<Kube.Pod>(path)
    return metadata?.uid === uid && status?.phase === 'Running'
  } catch (error) {
    if (isNotFound(error)) return false
    throw error
  }
}

function addressesOf(words: readonly string[]): readonly string[] {
  const addresses = words.map((word) => {
    if (word === 'localhost') return '127.0.0.1'
    const octets = word.split('.')
    const valid = octets.length === 4 && octets.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)
    if (!valid) throw new KubectlError(`${word} is not a valid IP`)
    return word
  })
  return [...new Set(addresses)].sort()
}
