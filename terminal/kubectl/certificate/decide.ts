/** `certificate approve` and `deny` (upstream: kubectl/pkg/cmd/certificates/certificates.go). */
import type { Kube, KubeObject } from '../../../emulator/index.ts'
import { resourcePath } from '../api/discovery.ts'
import { defineSubcommand, type Invocation, type Subcommand } from '../cli/subcommand.ts'
import { KubectlError, throwAll } from '../errors.ts'
import { PRINT_FLAGS } from '../print/output.ts'
import { fetchInfos, type Info } from '../resources/fetch.ts'
import { resultPrinter } from '../resources/mutation.ts'
import { FILE_FLAGS, namesFiles, select } from '../resources/selection.ts'

interface Decision {
  readonly type: 'Approved' | 'Denied'
  readonly reason: string
  readonly verb: string
}

export const approve = decision('approve', 'Approve a certificate signing request', {
  type: 'Approved',
  reason: 'KubectlApprove',
  verb: 'approved',
})
export const deny = decision('deny', 'Deny a certificate signing request', {
  type: 'Denied',
  reason: 'KubectlDeny',
  verb: 'denied',
})

function decision(name: string, summary: string, made: Decision): Subcommand {
  return defineSubcommand({
    name,
    summary,
    long: `${summary}.\n\n What becomes of the request is for the signer that it names: an approved one is signed, a denied one never is.`,
    examples: [`# The request 'kim'`, `kubectl certificate ${name} kim`],
    usage: '(-f FILENAME | NAME)',
    completes: { names: 'certificatesigningrequests' },
    flags: {
      ...FILE_FLAGS,
      ...PRINT_FLAGS,
      force: { kind: 'bool', default: false, summary: 'Update the request even if it has been decided already.' },
    },
    run: async (invocation) => {
      if (invocation.args.length === 0 && !namesFiles(invocation))
        throw new KubectlError('one or more CSRs must be specified as <name> or -f <filename>')
      const args = invocation.args.map((word) => `certificatesigningrequests/${word}`)
      const { infos, errors } = fetchInfos(invocation.api, await select(invocation, { args, allowNothing: true }))
      const print = await resultPrinter(invocation)
      for (const info of infos) print(info.type, decide(invocation, info, made), made.verb)
      throwAll(errors)
      return 0
    },
  })
}

function decide({ api, context, flags }: Invocation, info: Info, { type, reason, verb }: Decision): KubeObject {
  const request = info.object as Kube.CertificateSigningRequest
  const conditions = request.status?.conditions ?? []
  if (conditions.some((condition) => condition.type === type) && !flags.bool('force')) return request
  const at = `${new Date(context.cluster.now()).toISOString().slice(0, 19)}Z`
  const message = `This CSR was ${verb} by kubectl certificate ${type === 'Approved' ? 'approve' : 'deny'}.`
  const fresh = { type, status: 'True', reason, message, lastUpdateTime: at }
  const kept = conditions.filter((condition) => condition.type !== type)
  return api.send('PUT', resourcePath(info.type, undefined, info.name, 'approval'), {
    body: { ...request, status: { ...request.status, conditions: [...kept, fresh] } },
    query: { fieldManager: 'kubectl-certificate' },
  }) as KubeObject
}
