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
  build: (name, { flags, args, argsBeforeDash }) => {
    const images = flags.list('image')
    const command = argsBeforeDash >= 0 ? args.slice(argsBeforeDash) : []
    if (images.length > 1 && command.length > 0)
      throw new KubectlError('cannot specify multiple --image options and command')
    if (flags.number('replicas') < 0) throw new KubectlError(`invalid replicas: ${flags.number('replicas')}`)
    const containers = images.map((image) => ({ image, name: containerName(image), resources: {} }))
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

/** The image's last path element without tag and digest, made a DNS label. */
function containerName(image: string): string {
  const last = image.split('/').pop() ?? image
  return (last.split('@')[0] ?? '').split(':')[0]?.replace(/[^a-z0-9-]/gi, '-') ?? ''
}
