import { expect, it } from 'vitest'
import { decodeBase64 } from '../api/base64.ts'
import type { CertificateSigningRequest } from '../generated/types.ts'
import { testCluster } from '../testing/test-cluster.ts'

const requests = '/apis/certificates.k8s.io/v1/certificatesigningrequests'
/** Made by OpenSSL for CN=anna, O=devs, O=ops. */
const request =
  'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlJQkpUQ0J6QUlCQURBNU1RMHdDd1lEVlFRRERBUmhibTVoTVEwd0N3WURWUVFLREFSa1pYWnpNUXd3Q2dZRApWUVFLREFOdmNITXhDekFKQmdOVkJBWVRBa3RTTUZrd0V3WUhLb1pJemowQ0FRWUlLb1pJemowREFRY0RRZ0FFCm9NYzJZYjA4emh6N2djYVl4YlF0ai8ybzZtUGcwdzBOOGJXZUhYYnVNNXdaa0J6OTR0K0NQK081UzcwY28vVEoKUTJhYm5SZ04yb0VDV3p5S2FTWXFEYUF4TUM4R0NTcUdTSWIzRFFFSkRqRWlNQ0F3SGdZRFZSMFJCQmN3RllJTgpZUzVsZUdGdGNHeGxMbU52YlljRUNnQUFBVEFLQmdncWhrak9QUVFEQWdOSUFEQkZBaUVBdVZ6MytidlJaaEFnCkoxK3dSdWtFWFdQNUVYV2NmOW5DaDRIMzRKR2ZBZmNDSUd5SDFDQXBnLzNNOHZ5Z3J1c0lkOFo1VE54YkptcXkKWGM0SkZiSzgvN0VOCi0tLS0tRU5EIENFUlRJRklDQVRFIFJFUVVFU1QtLS0tLQo='

const asked = (signerName: string) => ({
  metadata: { name: 'anna' },
  spec: { request, signerName, usages: ['client auth'], expirationSeconds: 3600, username: 'somebody' },
})

function decided(signerName: string, type: 'Approved' | 'Denied') {
  const cluster = testCluster()
  cluster.create(requests, asked(signerName))
  cluster.settle()
  const before = cluster.get<CertificateSigningRequest>(`${requests}/anna`)
  const status = { conditions: [{ type, status: 'True', reason: 'Test', message: '' }] }
  const path = `${requests}/anna/approval`
  const body = JSON.stringify({ ...before, status })
  const answer = cluster.cluster.request({ method: 'PUT', path, headers: { 'content-type': 'application/json' }, body })
  cluster.settle()
  return { cluster, answer, before, after: cluster.get<CertificateSigningRequest>(`${requests}/anna`) }
}

it('signs what is approved, for whoever asked', () => {
  const { answer, before, after, cluster } = decided('kubernetes.io/kube-apiserver-client', 'Approved')
  expect(before.spec.username).toBe('kubernetes-admin')
  expect(before.status).toEqual({})
  expect(answer.status).toBe(200)
  const certificate = decodeBase64(after.status?.certificate ?? '') ?? ''
  expect(certificate).toMatch(/^-----BEGIN CERTIFICATE-----\n[\s\S]+\n-----END CERTIFICATE-----\n$/)
  const who = cluster.cluster.request({
    method: 'POST',
    path: '/apis/authentication.k8s.io/v1/selfsubjectreviews',
    clientCertificate: certificate,
    headers: { 'content-type': 'application/json' },
    body: '{"kind":"SelfSubjectReview","apiVersion":"authentication.k8s.io/v1"}',
  })
  expect(who.body).toMatchObject({
    status: { userInfo: { username: 'anna', groups: expect.arrayContaining(['devs', 'ops', 'system:authenticated']) } },
  })
})

it.each([
  ['kubernetes.io/kube-apiserver-client', 'Denied'],
  ['example.com/signer', 'Approved'],
] as const)('leaves what %s is to sign alone when it is %s', (signerName, type) => {
  expect(decided(signerName, type).after.status?.certificate).toBeUndefined()
})
