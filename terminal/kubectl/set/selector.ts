import type { KubeObject } from '../../../emulator/index.ts'
import type { FlagDefinitions } from '../cli/flags.ts'
import { defineSubcommand } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { parseSelector } from '../resources/labels.ts'
import { NOTHING_NAMED, namesFiles } from '../resources/selection.ts'
import { changeObjects, SET_FLAGS_BY_NAME } from './pod-spec.ts'

const { kustomize: _, ...BY_FILE_OR_NAME } = SET_FLAGS_BY_NAME
const SELECTOR_COMMAND_FLAGS: FlagDefinitions = {
  ...BY_FILE_OR_NAME,
  recursive: {
    kind: 'bool',
    shorthand: 'R',
    default: true,
    summary: 'Go into the directories below the one named by -f.',
  },
  'resource-version': {
    kind: 'string',
    default: '',
    summary: 'Change the object only if it has this resource version.',
  },
}

export const selector = defineSubcommand({
  name: 'selector',
  summary: 'Set the selector on a resource',
  long: 'Set the selector on a resource. The new selector replaces the old one. Only Service objects can be changed so.',
  examples: ['# Another selector for a service', 'kubectl set selector service web app=blue'],
  usage: '(-f FILENAME | TYPE NAME) EXPRESSIONS [--resource-version=version]',
  flags: SELECTOR_COMMAND_FLAGS,
  run: async (invocation) => {
    const expressions = invocation.args.at(-1)
    const resources = invocation.args.slice(0, -1)
    if (expressions === undefined) throw new KubectlError('one selector is required')
    const { matchLabels = {}, matchExpressions = [] } = parseSelector(expressions)
    if (resources.length === 0 && !namesFiles(invocation)) throw new KubectlError(NOTHING_NAMED)
    const [unsuitable] = matchExpressions
    return changeObjects(
      invocation,
      resources,
      'selector updated',
      'selector update: ',
      (info) => {
        if (info.type.kind !== 'Service') throw new KubectlError(`setting a selector is only supported for Services`)
        if (unsuitable)
          throw new KubectlError(
            `match expression [{${unsuitable.key} ${unsuitable.operator} [${(unsuitable.values ?? []).join(' ')}]}] not supported on this object`,
          )
        const { spec, ...rest } = info.object as KubeObject & { readonly spec?: object }
        return { ...rest, spec: { ...spec, selector: { ...matchLabels } } } as KubeObject
      },
      { saysAlways: true },
    )
  },
})
