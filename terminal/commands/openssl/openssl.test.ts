import { expect, test } from 'vitest'
import { createCluster } from '../../../emulator/index.ts'
import { createSession } from '../../session.ts'
import { virtualTime } from '../../time.ts'

function begin() {
  const cluster = createCluster({ seed: 'openssl', startTime: Date.UTC(2026, 10, 21) })
  const session = createSession({ cluster, time: virtualTime(cluster), machine: 'controlplane', user: 'root' })
  return (line: string) => session.run(line)
}

test('a self-signed certificate for a TLS Secret', async () => {
  const run = begin()
  await run(
    'openssl req -x509 -newkey rsa:2048 -nodes -days 365 -keyout tls.key -out tls.crt -subj /O=shop/CN=shop.example.com -addext subjectAltName=DNS:shop.example.com,IP:10.0.0.7',
  )
  expect(await run('openssl x509 -in tls.crt -noout -subject -issuer -enddate')).toMatchObject({
    stdout:
      'issuer=O = shop, CN = shop.example.com\nsubject=O = shop, CN = shop.example.com\nnotAfter=Nov 21 00:00:00 2027 GMT\n',
  })
  expect((await run('openssl x509 -in tls.crt -noout -text')).stdout).toContain(
    'DNS:shop.example.com, IP Address:10.0.0.7\n',
  )
  expect((await run('kubectl create secret tls web --cert=tls.crt --key=tls.key')).stdout).toBe('secret/web created\n')
  expect((await run('openssl verify tls.crt')).stderr).toContain('error 18 at 0 depth lookup: self-signed certificate')
})

test('who has the cluster’s key makes users that the API server knows', async () => {
  const run = begin()
  await run('openssl genrsa -out jane.key 2048; openssl req -new -key jane.key -subj /O=dev/CN=jane -out jane.csr')
  const pki = '/etc/kubernetes/pki'
  const signed = `openssl x509 -req -in jane.csr -CA ${pki}/ca.crt -CAkey ${pki}/ca.key -CAcreateserial -out jane.crt -days 10`
  expect((await run(signed)).stderr).toBe('Certificate request self-signature ok\nsubject=O = dev, CN = jane\n')
  expect((await run(`openssl verify -CAfile ${pki}/ca.crt jane.crt`)).stdout).toBe('jane.crt: OK\n')
  await run('kubectl config set-credentials jane --client-certificate=jane.crt --client-key=jane.key --embed-certs')
  expect((await run('kubectl --user=jane get pods')).stderr).toContain('User "jane" cannot list resource "pods"')
})

test('the certificates of the node are what kubeadm says they are', async () => {
  const run = begin()
  const { stdout } = await run('openssl x509 -in /etc/kubernetes/pki/apiserver.crt -noout -text')
  expect(stdout).toContain('Issuer: CN = kubernetes\n')
  expect(stdout).toContain('DNS:controlplane, DNS:kubernetes, DNS:kubernetes.default,')
  const etcd = '/etc/kubernetes/pki/etcd'
  expect((await run(`openssl verify -CAfile ${etcd}/ca.crt ${etcd}/server.crt`)).code).toBe(0)
  expect((await run(`openssl verify -CAfile /etc/kubernetes/pki/ca.crt ${etcd}/server.crt`)).code).toBe(2)
})
