import { age, humanDuration } from '../api/age.ts'
import { defineKind } from '../api/kind.ts'
import type { CertificateSigningRequest } from '../generated/types.ts'
import { describeCertificateSigningRequest } from './certificate-signing-request/describe.ts'
import { certificateStatusText } from './certificate-signing-request/status-text.ts'
import { validateCertificateSigningRequest } from './certificate-signing-request/validate.ts'
import { nameColumn } from './columns.ts'

export const certificateSigningRequest = defineKind<CertificateSigningRequest>({
  group: 'certificates.k8s.io',
  version: 'v1',
  kind: 'CertificateSigningRequest',
  plural: 'certificatesigningrequests',
  singular: 'certificatesigningrequest',
  shortNames: ['csr'],
  scope: 'Cluster',
  subresources: ['approval', 'status'],
  schema: 'CertificateSigningRequest',
  strategy: {
    // Who asks is not for the asker to say, and what was asked for stays (upstream: registry/certificates/certificates/strategy.go).
    prepareForCreate: (object, { user }) => ({
      ...object,
      spec: {
        ...object.spec,
        username: user.name,
        groups: user.groups,
        ...(user.uid !== undefined && { uid: user.uid }),
        ...(user.extra && { extra: user.extra }),
      },
      status: {},
    }),
    prepareForUpdate: (object, old) => ({ ...object, spec: old.spec }),
    bumpsGeneration: () => false,
  },
  validate: validateCertificateSigningRequest,
  columns: [
    nameColumn,
    { name: 'Age', cell: ({ metadata }, { now }) => age(metadata?.creationTimestamp, now) },
    { name: 'SignerName', cell: ({ spec }) => spec.signerName },
    { name: 'Requestor', cell: ({ spec }) => spec.username ?? '' },
    {
      name: 'RequestedDuration',
      cell: ({ spec }) =>
        spec.expirationSeconds === undefined ? '<none>' : humanDuration(spec.expirationSeconds * 1000),
    },
    { name: 'Condition', cell: certificateStatusText },
  ],
  selectableFields: { 'spec.signerName': ({ spec }) => spec.signerName },
  describe: describeCertificateSigningRequest,
})
