import { defineGenerator } from './generate.ts'

/** Upstream: kubectl/pkg/cmd/create/create_priorityclass.go. */
export const createPriorityClass = defineGenerator({
  name: 'priorityclass',
  aliases: ['pc'],
  summary: 'Create a priority class with the specified name',
  long: 'Create a priority class with the specified name, value, globalDefault and description.',
  usage: 'NAME --value=VALUE --global-default=BOOL [--dry-run=server|client|none]',
  examples: [
    '# A class for what matters most',
    'kubectl create priorityclass high --value=1000 --description="what matters most"',
    '',
    '# The class of pods that name none',
    'kubectl create priorityclass default --value=1000 --global-default=true',
    '',
    '# A class that makes nobody leave',
    'kubectl create priorityclass patient --value=1000 --preemption-policy="Never"',
  ],
  flags: {
    description: { kind: 'string', default: '', summary: 'What the class is for.' },
    'global-default': { kind: 'bool', default: false, summary: 'Whether pods that name no class get this one.' },
    'preemption-policy': {
      kind: 'string',
      default: 'PreemptLowerPriority',
      summary: 'Whether its pods may push out others: PreemptLowerPriority or Never.',
    },
    value: { kind: 'int32', default: 0, summary: 'Priority of its pods.' },
  },
  resource: 'priorityclasses.scheduling.k8s.io',
  failure: 'failed to create priorityclass',
  build: (name, { flags }) => ({
    ...(flags.optional('description') && { description: flags.string('description') }),
    ...(flags.bool('global-default') && { globalDefault: true }),
    metadata: { name },
    preemptionPolicy: flags.string('preemption-policy'),
    value: flags.number('value'),
  }),
})
