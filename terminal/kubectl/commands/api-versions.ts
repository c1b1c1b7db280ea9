import { Discovery } from '../api/discovery.ts'
import { defineSubcommand } from '../cli/subcommand.ts'

export const apiVersions = defineSubcommand({
  name: 'api-versions',
  group: 'Other Commands:',
  summary: 'Print the supported API versions on the server, in the form of "group/version"',
  examples: ['# All of them', 'kubectl api-versions'],
  run: async ({ api, context }) => {
    context.out(
      [...new Discovery(api).apiVersions]
        .sort()
        .map((v) => `${v}\n`)
        .join(''),
    )
    return 0
  },
})
