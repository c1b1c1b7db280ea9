import type { CertificateSigningRequest } from '../../generated/types.ts'

/** `Pending`, `Approved,Issued` (upstream: printers.go extractCSRStatus). */
export function certificateStatusText({ status }: CertificateSigningRequest): string {
  const has = (wanted: string) => status?.conditions?.some(({ type }) => type === wanted) === true
  const decision = has('Denied') ? 'Denied' : has('Approved') ? 'Approved' : 'Pending'
  return `${decision}${has('Failed') ? ',Failed' : ''}${status?.certificate ? ',Issued' : ''}`
}
