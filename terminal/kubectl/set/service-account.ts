import { defineSubcommand } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { isLocal, NOTHING_NAMED, namesFiles } from '../resources/selection.ts'
import { changePodSpecs, SET_FLAGS_BY_NAME } from './pod-spec.ts'

export const serviceAccount = defineSubcommand({
  name: 'serviceaccount',
  aliases: ['sa'],
  summary: 'Update the service account of a resource',
  usage: '(-f FILENAME | TYPE NAME) SERVICE_ACCOUNT',
  flags: SET_FLAGS_BY_NAME,
  run: async (invocation) => {
    const name = invocation.args[invocation.args.length - 1]
    if (name === undefined) throw new KubectlError('serviceaccount is required')
    if (invocation.args.length < 2 && !namesFiles(invocation)) throw new KubectlError(NOTHING_NAMED)
    return changePodSpecs(
      invocation,
      invocation.args.slice(0, -1),
      'serviceaccount updated',
      'serviceaccount update: ',
      (spec) => ({
        ...spec,
        ...(!isLocal(invocation) && { serviceAccount: name }),
        serviceAccountName: name,
      }),
      { silentNames: true },
    )
  },
})
