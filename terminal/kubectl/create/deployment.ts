import { KubectlError } from '../errors.ts'
import { defineGenerator } from './generate.ts'

export const createDeployment = defineGenerator({
  name: 'deployment',
  aliases: ['deploy'],
  summary: 'Create a deployment with the specified name',
  usage: 'NAME --image=image -- [COMMAND] [args...]',
  examples: [
    '# A deployment of one nginx pod',
    'kubectl create deployment web --image=nginx',
    '',
    '# Three replicas that listen on port 5701',
    'kubectl create deployment web --image=nginx --replicas=3 --port=5701',
    '',
    '# With a command',
    'kubectl create deployment idle --image=busybox -- sleep 3600',
  ],
  flags: {
    image: {
      kind: 'stringSlice',
      default: [],
      summary: 'Image to run; several make several containers.',
      required: true,
    },
    port: { kind: 'int32', default: -1, summary: 'Port that the container listens on.' },
    replicas: { kind: 'int32', shorthand: 'r', default: 1, summary: 'Number of pods.' },
  },
  resource: 'deployments.apps',
  failure: 'failed to create deployment',
  build: (name, { context, flags, args, argsBeforeDash }) => {
    const images = flags.list('image')
    const command = argsBeforeDash >= 0 ? args.slice(argsBeforeDash) : []
    if (images.length > 1 && command.length > 0)
      throw new KubectlError('cannot specify multiple --image options and command')
    const containers = images.map((image) => ({
      image,
      name: containerName(image, context.cluster.now()),
      resources: {},
    }))
    const [first] = containers
    const port = flags.number('port')
    const decorated = first && {
      ...(command.length > 0 && { command: [...command] }),
      ...first,
      ...(flags.changed('port') && port >= 0 && { ports: [{ containerPort: port }] }),
    }
    const labels = { app: name }
    return {
      metadata: { labels, name },
      spec: {
        replicas: flags.number('replicas'),
        selector: { matchLabels: labels },
        strategy: {},
        template: {
          metadata: { labels },
          spec: { containers: decorated ? [decorated, ...containers.slice(1)] : [] },
        },
      },
      status: {},
    }
  },
})

const LETTERS = 'bcdfghjklmnpqrstvwxz2456789'

/** The image's last path element without tag and digest; `_` and `.` become `-`, and then five letters make it unique. */
function containerName(image: string, now: number): string {
  const last = image.split('/').pop() ?? image
  const name = last.split(/[:@]/)[0] ?? ''
  if (!/[_.]/.test(name)) return name
  let state = [...`${name}${now}`].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) % 2_147_483_647, 7)
  const suffix = Array.from({ length: 5 }, () => {
    state = (state * 48_271) % 2_147_483_647
    return LETTERS[state % LETTERS.length]
  })
  return `${name.replace(/[_.]/g, '-')}-${suffix.join('')}`
}
