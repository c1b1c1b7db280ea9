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

it('lets only those decide who may for that signer', () => {
  const cluster = testCluster()
  const rbac = '/apis/rbac.authorization.k8s.io/v1'
  cluster.create(requests, asked('kubernetes.io/kube-apiserver-client'))
  const roleOf = (signers: object[]) => [
    { apiGroups: ['certificates.k8s.io'], resources: ['certificatesigningrequests/approval'], verbs: ['update'] },
    ...signers,
  ]
  cluster.create(`${rbac}/clusterroles`, { metadata: { name: 'approver' }, rules: roleOf([]) })
  cluster.create(`${rbac}/clusterrolebindings`, {
    metadata: { name: 'approver' },
    roleRef: { kind: 'ClusterRole', name: 'approver' },
    subjects: [{ kind: 'User', name: 'bob' }],
  })
  const approve = () => {
    const status = { conditions: [{ type: 'Approved', status: 'True', reason: 'Test', message: '' }] }
    const body = JSON.stringify({ ...cluster.get<CertificateSigningRequest>(`${requests}/anna`), status })
    const headers = { 'content-type': 'application/json', 'impersonate-user': 'bob' }
    return cluster.cluster.request({ method: 'PUT', path: `${requests}/anna/approval`, headers, body })
  }
  expect(approve().body).toMatchObject({
    message:
      'certificatesigningrequests.certificates.k8s.io "anna" is forbidden: user not permitted to approve requests with signerName "kubernetes.io/kube-apiserver-client"',
  })
  const signers = {
    apiGroups: ['certificates.k8s.io'],
    resources: ['signers'],
    resourceNames: ['kubernetes.io/*'],
    verbs: ['approve'],
  }
  cluster.patch(`${rbac}/clusterroles/approver`, { rules: roleOf([signers]) })
  expect(approve().status).toBe(200)
})

it.each([
  ['pending', 24],
  ['Denied', 1],
  ['Approved', 1],
] as const)('a request that is %s goes after %d hours', (state, hours) => {
  const signer = 'kubernetes.io/kube-apiserver-client'
  const test = state === 'pending' ? testCluster() : decided(signer, state).cluster
  if (state === 'pending') test.create(requests, asked(signer))
  test.cluster.run(hours * 3_600_000 - 60_000)
  expect(test.find(`${requests}/anna`)).toBeDefined()
  test.cluster.run(120_000)
  expect(test.find(`${requests}/anna`)).toBeUndefined()
})
