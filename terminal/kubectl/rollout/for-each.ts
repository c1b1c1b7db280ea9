import { kindName, resourcePath } from '../api/discovery.ts'
import type { Invocation } from '../cli/subcommand.ts'
import { ApiError, KubectlError, throwAll } from '../errors.ts'
import { objectPrinter } from '../print/output.ts'
import { fetchObject, type Info } from '../resources/fetch.ts'
import { dryRunOf, dryRunSuffix } from '../resources/mutation.ts'
import { workloads } from './workload.ts'

/** Changes one workload after the other and says what became of it, or prints it with `-o`; failures are collected. */
export async function forEachWorkload(invocation: Invocation, work: (info: Info) => string): Promise<number> {
  const { api, context, flags } = invocation
  const suffix = flags.has('dry-run') ? dryRunSuffix(dryRunOf(invocation)) : ''
  const print = flags.has('output') ? await objectPrinter(invocation) : undefined
  const failures: Error[] = []
  for (const info of await workloads(invocation)) {
    try {
      const outcome = work(info)
      if (print) context.out(print(fetchObject(api, info).object))
      else context.out(`${kindName(info.type)}/${info.name} ${outcome}${suffix}\n`)
    } catch (error) {
      if (!(error instanceof ApiError) && !(error instanceof KubectlError)) throw error
      failures.push(error)
    }
  }
  throwAll(failures)
  return 0
}

/** A strategic merge patch of a workload, as the field manager of --field-manager. */
export function patchWorkload({ api, flags }: Invocation, info: Info, body: object): void {
  api.send('PATCH', resourcePath(info.type, info.namespace, info.name), {
    body,
    contentType: 'application/strategic-merge-patch+json',
    query: { fieldManager: flags.string('field-manager') },
  })
}
