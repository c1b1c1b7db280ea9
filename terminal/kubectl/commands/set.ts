import { defineSubcommand } from '../cli/subcommand.ts'
import { env } from '../set/env.ts'
import { image } from '../set/image.ts'
import { resources } from '../set/resources.ts'
import { selector } from '../set/selector.ts'
import { serviceAccount } from '../set/service-account.ts'
import { subject } from '../set/subject.ts'

export const set = defineSubcommand({
  name: 'set',
  group: 'Basic Commands (Beginner):',
  summary: 'Set specific features on objects',
  long: 'Configure application resources.\n\n These commands help you make changes to existing application resources.',
  usage: 'SUBCOMMAND',
  subcommands: [env, image, resources, selector, serviceAccount, subject],
})
