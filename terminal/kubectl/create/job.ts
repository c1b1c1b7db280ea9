import type { JsonValue, Kube } from '../../../emulator/index.ts'
import { Discovery, resourcePath } from '../api/discovery.ts'
import type { Invocation } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { defineGenerator, type Fields } from './generate.ts'

export const createJob = defineGenerator({
  name: 'job',
  summary: 'Create a job with the specified name',
  usage: 'NAME --image=image [--from=cronjob/name] -- [COMMAND] [args...]',
  examples: [
    '# A job that runs one command',
    'kubectl create job hello --image=busybox -- date',
    '',
    '# A job as a cron job would make it now',
    'kubectl create job try --from=cronjob/report',
  ],
  flags: {
    image: { kind: 'string', default: '', summary: 'Image to run.' },
    from: { kind: 'string', default: '', summary: 'The cron job to take the template from: cronjob/NAME.' },
  },
  resource: 'jobs.batch',
  failure: 'failed to create job',
  build: (name, invocation) => {
    const { flags, args, argsBeforeDash } = invocation
    const [image, from] = [flags.string('image'), flags.string('from')]
    const command = argsBeforeDash >= 0 ? args.slice(argsBeforeDash) : []
    if ((image === '') === (from === '')) throw new KubectlError('either --image or --from must be specified')
    if (from !== '' && command.length > 0) throw new KubectlError('cannot specify --from and command')
    return from === '' ? fromImage(name, image, command) : fromCronJob(name, from, invocation)
  },
})

const fromImage = (name: string, image: string, command: readonly string[]): Fields => ({
  metadata: { name },
  spec: { template: jobPodTemplate(name, image, command, 'Never') },
  status: {},
})

/** The template of a Job that one image and a command make. */
export function jobPodTemplate(
  name: string,
  image: string,
  command: readonly string[],
  restartPolicy: string,
): JsonValue {
  const container = { ...(command.length > 0 && { command: [...command] }), image, name, resources: {} }
  return { metadata: {}, spec: { containers: [container], restartPolicy } }
}

/** Throws KubectlError, ApiError. */
function fromCronJob(name: string, from: string, { api, namespace }: Invocation): Fields {
  const [type, given] = from.includes('/') ? from.split('/') : ['', from]
  if (!type && given) new Discovery(api).resolve(given)
  if (!type || !given)
    throw new KubectlError(
      "there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'",
    )
  const found = new Discovery(api).resolve(type)
  const cronJob = api.get<Kube.CronJob>(resourcePath(found, namespace, given))
  if (found.kind !== 'CronJob' || found.group !== 'batch')
    throw new KubectlError(`unknown object type *${found.version}.${found.kind}`)
  const { metadata, spec } = cronJob
  const { labels, annotations } = spec.jobTemplate.metadata ?? {}
  return {
    metadata: {
      annotations: { 'cronjob.kubernetes.io/instantiate': 'manual', ...annotations },
      ...(labels && { labels: { ...labels } }),
      name,
      ownerReferences: [
        {
          apiVersion: 'batch/v1',
          controller: true,
          kind: 'CronJob',
          name: metadata?.name ?? '',
          uid: metadata?.uid ?? '',
        },
      ],
    },
    spec: JSON.parse(JSON.stringify(spec.jobTemplate.spec ?? {})),
    status: {},
  }
}
