import { type FieldError, field } from '../../api/field.ts'
import { jsonEqual } from '../../api/json.ts'
import { dns1123SubdomainErrors, qualifiedNameErrors } from '../../api/names.ts'
import type { CertificateSigningRequest, CertificateSigningRequestCondition } from '../../generated/types.ts'
import { nameErrors } from '../validation/names.ts'
import { parseCertificateRequest } from './pkcs10.ts'

const USAGES = [
  'any',
  'cert sign',
  'client auth',
  'code signing',
  'content commitment',
  'crl sign',
  'data encipherment',
  'decipher only',
  'digital signature',
  'email protection',
  'encipher only',
  'ipsec end system',
  'ipsec tunnel',
  'ipsec user',
  'key agreement',
  'key encipherment',
  'microsoft sgc',
  'netscape sgc',
  'ocsp signing',
  's/mime',
  'server auth',
  'signing',
  'timestamping',
]

/** Everything that can be wrong with a request (upstream: pkg/apis/certificates/validation). */
export function validateCertificateSigningRequest(
  { spec, status }: CertificateSigningRequest,
  old: CertificateSigningRequest | undefined,
): readonly FieldError[] {
  const parsed = parseCertificateRequest(spec?.request ?? '')
  return [
    ...('error' in parsed ? [field.invalid('spec.request', spec?.request ?? '', parsed.error)] : []),
    ...(spec?.usages?.length ? usageErrors(spec.usages) : [field.required('spec.usages')]),
    ...signerErrors(spec?.signerName ?? ''),
    ...((spec?.expirationSeconds ?? 600) < 600
      ? [
          field.invalid(
            'spec.expirationSeconds',
            spec?.expirationSeconds,
            'may not specify a duration less than 600 seconds (10 minutes)',
          ),
        ]
      : []),
    ...conditionErrors(status?.conditions ?? [], old?.status?.conditions ?? []),
  ]
}

function usageErrors(usages: readonly string[]): readonly FieldError[] {
  return usages.flatMap((usage, index) => {
    const path = `spec.usages[${index}]`
    if (!USAGES.includes(usage)) return [field.notSupported(path, usage, USAGES)]
    return usages.indexOf(usage) < index ? [field.duplicate(path, usage)] : []
  })
}

function signerErrors(signer: string): readonly FieldError[] {
  const path = 'spec.signerName'
  if (signer === '') return [field.required(path)]
  const [domain = '', name, ...more] = signer.split('/')
  if (name === undefined || more.length > 0)
    return [
      field.invalid(path, signer, "must be a fully qualified domain and path of the form 'example.com/signer-name'"),
    ]
  const errors = [...nameErrors(path, domain, dns1123SubdomainErrors)]
  if (!domain.includes('.'))
    errors.push(field.invalid(path, domain, 'should be a domain with at least two segments separated by dots'))
  return [...errors, ...nameErrors(path, name, qualifiedNameErrors)]
}

const PERMANENT = ['Approved', 'Denied', 'Failed']

/** Decisions are final and exclude one another. */
function conditionErrors(
  conditions: readonly CertificateSigningRequestCondition[],
  old: readonly CertificateSigningRequestCondition[],
): readonly FieldError[] {
  const path = 'status.conditions'
  const has = (type: string) => conditions.some((condition) => condition.type === type)
  const errors: FieldError[] = []
  if (has('Approved') && has('Denied'))
    errors.push(
      field.invalid(
        path,
        conditions.map(({ type }) => type),
        'Approved and Denied conditions are mutually exclusive',
      ),
    )
  for (const type of PERMANENT) {
    const pick = (list: typeof conditions) => list.filter((condition) => condition.type === type)
    if (pick(old).length > 0 && !jsonEqual(pick(old), pick(conditions)))
      errors.push(field.forbidden(path, `updates may not remove a condition of type ${JSON.stringify(type)}`))
    for (const [index, condition] of conditions.entries())
      if (condition.type === type && condition.status !== 'True')
        errors.push(field.notSupported(`${path}[${index}].status`, condition.status, ['True']))
  }
  return errors
}
