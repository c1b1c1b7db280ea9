import type { AdmissionPlugin, AdmissionRequest } from '../api/admission.ts'
import { forbidden } from '../api/errors.ts'
import { jsonEqual } from '../api/json.ts'
import type { CertificateSigningRequest } from '../generated/types.ts'
import { certificateSigningRequest } from '../kinds/certificate-signing-request.ts'

type Request = Partial<CertificateSigningRequest>

/** Who decides on a request, or signs it, needs to be allowed that for its signer (upstream: plugin/pkg/admission/certificates/approval, signing). */
export const certificateApproval: AdmissionPlugin = {
  name: 'CertificateApproval',
  validate(request) {
    const { kind, name, object, old } = request
    if (kind !== certificateSigningRequest || !object || !old) return
    const next: Request = object
    const before: Request = old
    const signer = before.spec?.signerName ?? ''
    const verb = !jsonEqual(decisions(next), decisions(before))
      ? 'approve'
      : next.status?.certificate !== before.status?.certificate
        ? 'sign'
        : undefined
    if (verb === undefined || may(request, verb, signer)) return
    throw forbidden(kind, name, `user not permitted to ${verb} requests with signerName ${JSON.stringify(signer)}`)
  },
}

const decisions = (request: Request): readonly string[] =>
  (request.status?.conditions ?? []).map(({ type }) => type).filter((type) => type === 'Approved' || type === 'Denied')

/** Leave may be given for one signer or for all of its domain. */
function may({ user, authorizer }: AdmissionRequest, verb: string, signer: string): boolean {
  const domain = signer.split('/')[0] ?? ''
  return [signer, `${domain}/*`].some((name) => {
    const resource = { group: 'certificates.k8s.io', resource: 'signers', subresource: '', namespace: '', name }
    return authorizer.authorize({ user, verb, path: '', resource }).allowed
  })
}
