import { decodeBase64, encodeBase64 } from '../api/base64.ts'
import type { CertificateSigningRequest } from '../generated/types.ts'
import { certificateSigningRequest as kind } from '../kinds/certificate-signing-request.ts'
import { type ControllerDefinition, defineController } from './controller.ts'

/** Signs a request in PEM for a span of time in ms; undefined for what is no request. */
export type SignRequest = (pem: string, from: number, until: number) => string | undefined

/** What the cluster's own signers sign once it is approved; others' requests wait for them. */
const SIGNERS = [
  'kubernetes.io/kube-apiserver-client',
  'kubernetes.io/kube-apiserver-client-kubelet',
  'kubernetes.io/kubelet-serving',
]
const YEAR_MS = 365 * 86_400_000
const BACKDATE_MS = 5 * 60_000

/** Issues certificates for approved requests (upstream: pkg/controller/certificates/signer). */
export function createCertificateSigner(sign: SignRequest): ControllerDefinition {
  return defineController({
    name: 'csrsigning-controller',
    for: kind,
    delayMs: [10, 40],
    reconcile(key, { objects, now }) {
      const request = objects.get(kind, undefined, key.name)
      if (!request || !isDue(request)) return undefined
      const { request: text, expirationSeconds } = request.spec
      const from = now - BACKDATE_MS
      const wanted = expirationSeconds === undefined ? YEAR_MS : expirationSeconds * 1000
      const pem = sign(decodeBase64(text) ?? '', from, from + Math.min(wanted, YEAR_MS))
      if (pem === undefined) return undefined
      objects.updateStatus(kind, { ...request, status: { ...request.status, certificate: encodeBase64(pem) } })
      return undefined
    },
  })
}

function isDue({ spec, status }: CertificateSigningRequest): boolean {
  const has = (wanted: string) => status?.conditions?.some(({ type }) => type === wanted) === true
  return (
    SIGNERS.includes(spec.signerName) && has('Approved') && !has('Denied') && !has('Failed') && !status?.certificate
  )
}
