import { humanDuration } from '../../api/age.ts'
import type { DescribeContext } from '../../api/kind.ts'
import type { CertificateSigningRequest } from '../../generated/types.ts'
import { eventLines } from '../describe/events.ts'
import { formatLabels } from '../format/labels.ts'
import { rfc1123 } from '../format/time.ts'
import { type CertificateRequest, parseCertificateRequest } from './pkcs10.ts'
import { certificateStatusText } from './status-text.ts'

/** `kubectl describe csr` (upstream: k8s.io/kubectl/pkg/describe/describe.go describeCertificateSigningRequest). */
export function describeCertificateSigningRequest(
  object: CertificateSigningRequest,
  context: DescribeContext,
): readonly string[] {
  const { metadata, spec } = object
  const request = parseCertificateRequest(spec.request)
  return [
    `Name:\t${metadata?.name ?? ''}`,
    `Labels:\t${formatLabels(metadata?.labels)}`,
    `Annotations:\t${formatLabels(metadata?.annotations)}`,
    `CreationTimestamp:\t${rfc1123(metadata?.creationTimestamp)}`,
    `Requesting User:\t${spec.username ?? ''}`,
    `Signer:\t${spec.signerName}`,
    ...(spec.expirationSeconds === undefined
      ? []
      : [`Requested Duration:\t${humanDuration(spec.expirationSeconds * 1000)}`]),
    `Status:\t${certificateStatusText(object)}`,
    ...('error' in request ? [] : [...subjectLines(request), ...alternativeLines(request)]),
    ...eventLines('CertificateSigningRequest', object, context),
  ]
}

const PARTS: readonly (readonly [title: string, identifier: string])[] = [
  ['Organization', '2.5.4.10'],
  ['Organizational Unit', '2.5.4.11'],
  ['Country', '2.5.4.6'],
  ['Locality', '2.5.4.7'],
  ['Province', '2.5.4.8'],
  ['StreetAddress', '2.5.4.9'],
  ['PostalCode', '2.5.4.17'],
]

function subjectLines({ subject }: CertificateRequest): readonly string[] {
  return [
    'Subject:',
    `\tCommon Name:\t${subject.get('2.5.4.3')?.at(-1) ?? ''}`,
    `\tSerial Number:\t${subject.get('2.5.4.5')?.at(-1) ?? ''}`,
    ...PARTS.flatMap(([title, identifier]) => listed(title, subject.get(identifier) ?? [])),
  ]
}

function alternativeLines({ dnsNames, emailAddresses, uris, ipAddresses }: CertificateRequest): readonly string[] {
  const lines = [
    ...listed('DNS Names', dnsNames),
    ...listed('Email Addresses', emailAddresses),
    ...listed('URIs', uris),
    ...listed('IP Addresses', ipAddresses),
  ]
  return lines.length === 0 ? [] : ['Subject Alternative Names:', ...lines]
}

const listed = (title: string, values: readonly string[]): readonly string[] =>
  values.map((value, index) => (index === 0 ? `\t${title}:\t${value}` : `\t\t${value}`))
