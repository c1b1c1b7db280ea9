import { defineSubcommand } from '../cli/subcommand.ts'
import { usageError } from '../cli/usage-error.ts'
import { createClusterRole } from '../create/clusterrole.ts'
import { createClusterRoleBinding } from '../create/clusterrolebinding.ts'
import { createConfigMap } from '../create/configmap.ts'
import { createCronJob } from '../create/cronjob.ts'
import { createDeployment } from '../create/deployment.ts'
import { createEdited } from '../create/edited.ts'
import { createIngress } from '../create/ingress.ts'
import { createJob } from '../create/job.ts'
import { createNamespace } from '../create/namespace.ts'
import { createPodDisruptionBudget } from '../create/poddisruptionbudget.ts'
import { createPriorityClass } from '../create/priorityclass.ts'
import { createQuota } from '../create/quota.ts'
import { createRole } from '../create/role.ts'
import { createRoleBinding } from '../create/rolebinding.ts'
import { createSecret } from '../create/secret.ts'
import { createService } from '../create/service.ts'
import { createServiceAccount } from '../create/serviceaccount.ts'
import { createToken } from '../create/token.ts'
import { ApiError, KubectlError, throwAll, withSource } from '../errors.ts'
import { PRINT_FLAGS } from '../print/output.ts'
import {
  createObject,
  DRY_RUN_FLAG,
  fieldManagerFlag,
  resultPrinter,
  SAVE_CONFIG_FLAG,
  VALIDATE_FLAG,
  writeQuery,
} from '../resources/mutation.ts'
import { checkRaw, sendRaw } from '../resources/raw.ts'
import { FILE_FLAGS, SELECTOR_FLAGS, select } from '../resources/selection.ts'

export const create = defineSubcommand({
  name: 'create',
  group: 'Basic Commands (Beginner):',
  summary: 'Create a resource from a file or from stdin',
  long: 'Create a resource from a file or from stdin.\n\n JSON and YAML formats are accepted.',
  examples: [
    '# What a file describes',
    'kubectl create -f pod.yaml',
    '',
    '# What standard input describes',
    'cat pod.yaml | kubectl create -f -',
  ],
  usage: '-f FILENAME',
  flags: {
    ...FILE_FLAGS,
    ...SELECTOR_FLAGS,
    ...PRINT_FLAGS,
    ...DRY_RUN_FLAG,
    ...SAVE_CONFIG_FLAG,
    ...VALIDATE_FLAG,
    ...fieldManagerFlag('kubectl-create'),
    edit: { kind: 'bool', default: false, summary: 'Edit the resource before it is created.' },
    raw: { kind: 'string', default: '', summary: 'Path to post to, as it is.' },
    'windows-line-endings': { kind: 'bool', default: false, summary: 'With --edit: end lines as Windows does.' },
  },
  subcommands: [
    createService,
    createDeployment,
    createJob,
    createCronJob,
    createIngress,
    createNamespace,
    createConfigMap,
    createSecret,
    createServiceAccount,
    createRole,
    createRoleBinding,
    createClusterRole,
    createClusterRoleBinding,
    createPodDisruptionBudget,
    createPriorityClass,
    createQuota,
    createToken,
  ],
  run: async (invocation) => {
    if (invocation.args.length > 0) throw usageError(invocation, `Unexpected args: [${invocation.args.join(' ')}]`)
    if (invocation.flags.list('filename').length === 0 && !invocation.flags.optional('kustomize'))
      throw new KubectlError('must specify one of -f and -k')
    if (invocation.flags.list('filename').length > 0 && invocation.flags.optional('kustomize'))
      throw new KubectlError('only one of -f or -k can be specified')
    checkRaw(invocation)
    if (invocation.flags.optional('raw')) return sendRaw(invocation, 'POST')
    writeQuery(invocation)
    if (invocation.flags.bool('edit')) return createEdited(invocation)
    const { targets, errors: problems } = await select(invocation, { args: [] })
    const print = await resultPrinter(invocation)
    const errors: Error[] = []
    for (const target of targets) {
      if (target.kind !== 'manifest') continue
      try {
        print(target.type, createObject(invocation, target, target.manifest.object), 'created')
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        errors.push(withSource('creating', target.manifest.source, error))
      }
    }
    throwAll([...errors, ...problems])
    if (targets.length === 0) throw new KubectlError('no objects passed to create')
    return 0
  },
})
