import { defineGenerator } from './generate.ts'
import { jobPodTemplate } from './job.ts'

export const createCronJob = defineGenerator({
  name: 'cronjob',
  aliases: ['cj'],
  summary: 'Create a cron job with the specified name',
  usage: "NAME --image=image --schedule='0/5 * * * ?' -- [COMMAND] [args...] [flags]",
  examples: ['# A job every minute', 'kubectl create cronjob hello --image=busybox --schedule="*/1 * * * *" -- date'],
  flags: {
    image: { kind: 'string', default: '', summary: 'Image to run.', required: true },
    schedule: { kind: 'string', default: '', summary: 'When to run: five fields, as in a crontab.', required: true },
    restart: { kind: 'string', default: '', summary: 'Restart policy of the pods: OnFailure or Never.' },
  },
  resource: 'cronjobs.batch',
  failure: 'failed to create cronjob',
  build: (name, { flags, args, argsBeforeDash }) => {
    const command = argsBeforeDash >= 0 ? args.slice(argsBeforeDash) : []
    const template = jobPodTemplate(name, flags.string('image'), command, flags.string('restart') || 'OnFailure')
    return {
      metadata: { name },
      spec: { jobTemplate: { metadata: { name }, spec: { template } }, schedule: flags.string('schedule') },
      status: {},
    }
  },
})
