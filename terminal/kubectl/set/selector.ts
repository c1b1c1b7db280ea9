import type { KubeObject } from '../../../emulator/index.ts'
import { defineSubcommand } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { parseLabelList } from '../resources/labels.ts'
import { namesFiles, RESOURCE_WANTED, select } from '../resources/selection.ts'
import { changeObjects, SET_FLAGS } from './pod-spec.ts'

export const selector = defineSubcommand({
  name: 'selector',
  summary: 'Set the selector on a resource',
  long: 'Set the selector on a resource. The new selector replaces the old one. Only Service objects can be changed so.',
  examples: ['# Another selector for a service', 'kubectl set selector service web app=blue'],
  usage: '(-f FILENAME | TYPE NAME) EXPRESSIONS [--resource-version=version]',
  completes: { types: ['services'] },
  flags: SET_FLAGS,
  run: async (invocation) => {
    const expressions = invocation.args[invocation.args.length - 1] ?? ''
    const resources = invocation.args.slice(0, -1)
    if (resources.length === 0 && !namesFiles(invocation)) throw new KubectlError(RESOURCE_WANTED)
    if (!expressions.includes('=')) {
      await select(invocation, { args: resources })
      throw new KubectlError('one selector is required')
    }
    const labels = parseLabelList(expressions)
    return changeObjects(invocation, resources, 'selector updated', 'selector update: ', (info) => {
      if (info.type.kind !== 'Service') throw new KubectlError(`setting a selector is only supported for Services`)
      const { spec, ...rest } = info.object as KubeObject & { readonly spec?: object }
      return { ...rest, spec: { ...spec, selector: { ...labels } } } as KubeObject
    })
  },
})
