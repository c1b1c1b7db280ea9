/** What a request's query may not ask for (upstream: apimachinery/pkg/apis/meta/v1/validation, internalversion/validation). */
import type { DeleteOptions } from '../../generated/types.ts'
import { invalid } from '../errors.ts'
import { type FieldError, field } from '../field.ts'
import { isYes } from '../query-flag.ts'
import type { ApiRequest } from '../types.ts'

type Query = (name: string) => readonly string[]

const MAX_MANAGER_BYTES = 128
const VALIDATIONS = ['', 'Ignore', 'Strict', 'Warn']
const MATCHES = ['Exact', 'NotOlderThan', '']
const KINDS = {
  GET: 'ListOptions',
  POST: 'CreateOptions',
  PUT: 'UpdateOptions',
  PATCH: 'PatchOptions',
  DELETE: 'DeleteOptions',
} as const

/** Throws Invalid for options that cannot be meant. */
export function checkOptions({ method, headers }: Pick<ApiRequest, 'method' | 'headers'>, queryAll: Query): void {
  const errors = method === 'GET' ? listErrors(queryAll) : writeErrors(method, queryAll, headers?.['content-type'])
  if (errors.length > 0) throw invalid({ group: 'meta.k8s.io', kind: KINDS[method] }, '', errors)
}

function writeErrors(method: ApiRequest['method'], queryAll: Query, type = ''): readonly FieldError[] {
  const errors: FieldError[] = []
  const dryRun = queryAll('dryRun')
  const validation = queryAll('fieldValidation')[0] ?? ''
  const manager = queryAll('fieldManager')[0] ?? ''
  if (method === 'PATCH' && !type.startsWith('application/apply-patch') && queryAll('force').length > 0)
    errors.push(field.forbidden('force', 'may not be specified for non-apply patch'))
  if (manager.length > MAX_MANAGER_BYTES) errors.push(field.tooLong('fieldManager', MAX_MANAGER_BYTES))
  if (/\p{Cc}/u.test(manager))
    errors.push(field.invalid('fieldManager', manager, 'should only contain printable characters'))
  if (dryRun.some((value) => value !== 'All')) errors.push(field.notSupported('dryRun', dryRun, ['All']))
  if (method !== 'DELETE' && !VALIDATIONS.includes(validation))
    errors.push(field.notSupported('fieldValidation', validation, VALIDATIONS))
  return errors
}

/** Which state a list or watch may ask for. */
function listErrors(queryAll: Query): readonly FieldError[] {
  const one = (name: string): string => queryAll(name)[0] ?? ''
  const [match, version] = [one('resourceVersionMatch'), one('resourceVersion')]
  const path = 'resourceVersionMatch'
  const refuse = (detail: string): FieldError => field.forbidden(path, detail)
  const errors: FieldError[] = []
  if (isYes(queryAll('watch')[0])) {
    if (queryAll('sendInitialEvents').length > 0) {
      if (match !== 'NotOlderThan')
        errors.push(refuse('sendInitialEvents requires setting resourceVersionMatch to NotOlderThan'))
    } else if (match !== '')
      errors.push(refuse('resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided'))
    return errors
  }
  if (queryAll('sendInitialEvents').length > 0)
    errors.push(field.forbidden('sendInitialEvents', 'sendInitialEvents is forbidden for list'))
  if (match === '') return errors
  if (version === '') errors.push(refuse('resourceVersionMatch is forbidden unless resourceVersion is provided'))
  if (one('continue') !== '') errors.push(refuse('resourceVersionMatch is forbidden when continue is provided'))
  if (!MATCHES.includes(match)) errors.push(field.notSupported(path, match, MATCHES))
  if (match === 'Exact' && version === '0')
    errors.push(refuse('resourceVersionMatch "exact" is forbidden for resourceVersion "0"'))
  return errors
}

const PROPAGATIONS = ['Foreground', 'Background', 'Orphan']

/** The options themselves; throws Invalid for a propagation that there is not, or that is asked for twice. */
export function checkDeleteOptions(options: DeleteOptions): DeleteOptions {
  const { propagationPolicy: policy, orphanDependents } = options
  if (policy === undefined) return options
  const path = 'propagationPolicy'
  const errors: FieldError[] = []
  if (orphanDependents !== undefined)
    errors.push(field.invalid(path, policy, 'orphanDependents and deletionPropagation cannot be both set'))
  if (!PROPAGATIONS.includes(policy)) errors.push(field.notSupported(path, policy, [...PROPAGATIONS, 'nil']))
  if (errors.length > 0) throw invalid({ group: 'meta.k8s.io', kind: 'DeleteOptions' }, '', errors)
  return options
}
