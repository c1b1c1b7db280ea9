import { defineSubcommand } from '../cli/subcommand.ts'
import { KubectlError, throwAll } from '../errors.ts'
import { goJsonIndented } from '../print/go-json.ts'
import { fetchInfos } from '../resources/fetch.ts'
import { LAST_APPLIED } from '../resources/mutation.ts'
import { ALL_FLAG, FILE_FLAGS, SELECTOR_FLAGS, select } from '../resources/selection.ts'
import { printYaml } from '../yaml/print.ts'

export const viewLastApplied = defineSubcommand({
  name: 'view-last-applied',
  summary: 'View the latest last-applied-configuration annotations of a resource/object',
  usage: '(TYPE [NAME | -l label] | TYPE/NAME | -f FILENAME)',
  completes: 'resources',
  flags: {
    ...FILE_FLAGS,
    ...SELECTOR_FLAGS,
    ...ALL_FLAG,
    output: {
      kind: 'string',
      shorthand: 'o',
      default: 'yaml',
      summary: 'Output format: yaml or json.',
      values: ['yaml', 'json'],
    },
  },
  run: async (invocation) => {
    const { infos, errors } = fetchInfos(invocation.api, await select(invocation))
    throwAll(errors)
    for (const { object } of infos) {
      const text = object.metadata?.annotations?.[LAST_APPLIED]
      if (!text)
        throw new KubectlError(`no last-applied-configuration annotation found on resource: ${object.metadata?.name}`)
      const value = JSON.parse(text)
      invocation.context.out(
        invocation.flags.string('output') === 'json' ? `${goJsonIndented(value)}\n` : printYaml(value),
      )
    }
    return 0
  },
})
