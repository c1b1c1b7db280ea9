import type { Kube } from '../../../emulator/index.ts'
import { defineSubcommand } from '../cli/subcommand.ts'
import { KubectlError, throwAll } from '../errors.ts'
import { NOTHING_NAMED, namesFiles, select } from '../resources/selection.ts'
import { changePodSpecs, SET_FLAGS, splitAtPairs } from './pod-spec.ts'

export const image = defineSubcommand({
  name: 'image',
  summary: 'Update the image of a pod template',
  examples: [
    '# A new image for one container',
    'kubectl set image deployment/web nginx=nginx:1.25',
    '',
    '# For every container',
    'kubectl set image deployment/web *=nginx:1.25',
  ],
  usage: '(-f FILENAME | TYPE NAME) CONTAINER_NAME_1=CONTAINER_IMAGE_1 ... CONTAINER_NAME_N=CONTAINER_IMAGE_N',
  completes: {
    types: ['cronjobs', 'daemonsets', 'deployments', 'pods', 'replicasets', 'replicationcontrollers', 'statefulsets'],
  },
  flags: SET_FLAGS,
  run: async (invocation) => {
    const { resources, pairs } = splitAtPairs(invocation.args)
    if (resources.length === 0 && !namesFiles(invocation)) throw new KubectlError(NOTHING_NAMED)
    if (pairs.length === 0) {
      await select(invocation, { args: resources })
      throw new KubectlError('at least one image update is required')
    }
    const images = new Map(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]))
    return changePodSpecs(invocation, resources, 'image updated', 'image update to pod template: ', (spec) => {
      const all = [...(spec.initContainers ?? []), ...spec.containers]
      const missing = [...images.keys()].filter((name) => name !== '*' && !all.some((c) => c.name === name))
      throwAll(missing.map((name) => new KubectlError(`error: unable to find container named ${JSON.stringify(name)}`)))
      const change = (container: Kube.Container): Kube.Container => {
        const wanted = images.get(container.name) ?? images.get('*')
        return wanted === undefined ? container : { ...container, image: wanted }
      }
      return {
        ...spec,
        containers: spec.containers.map(change),
        ...(spec.initContainers && { initContainers: spec.initContainers.map(change) }),
      }
    })
  },
})
