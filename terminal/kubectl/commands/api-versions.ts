import { Discovery } from '../api/discovery.ts'
import { defineSubcommand } from '../cli/subcommand.ts'
import { usageError } from '../cli/usage-error.ts'

export const apiVersions = defineSubcommand({
  name: 'api-versions',
  group: 'Other Commands:',
  summary: 'Print the supported API versions on the server, in the form of "group/version"',
  examples: ['# All of them', 'kubectl api-versions'],
  run: async (invocation) => {
    const { api, args, context } = invocation
    if (args.length > 0) throw usageError(invocation, `unexpected arguments: [${args.join(' ')}]`)
    context.out(
      [...new Discovery(api).apiVersions]
        .sort()
        .map((v) => `${v}\n`)
        .join(''),
    )
    return 0
  },
})
