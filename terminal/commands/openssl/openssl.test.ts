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
      'subject=O = shop, CN = shop.example.com\nissuer=O = shop, CN = shop.example.com\nnotAfter=Nov 21 00:00:00 2027 GMT\n',
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

test('s_client shows the certificate of what listens, and whether it is believed', async () => {
  const run = begin()
  const { stdout, stderr, code } = await run('echo | openssl s_client -connect 127.0.0.1:6443')
  expect(code).toBe(0)
  expect(stderr).toBe(
    'depth=0 CN = kube-apiserver\nverify error:num=20:unable to get local issuer certificate\nverify return:1\ndepth=0 CN = kube-apiserver\nverify error:num=21:unable to verify the first certificate\nverify return:1\ndepth=0 CN = kube-apiserver\nverify return:1\nDONE\n',
  )
  expect(stdout).toMatch(
    /^CONNECTED\(00000003\)\n---\nCertificate chain\n 0 s:CN = kube-apiserver\n {3}i:CN = kubernetes\n {3}a:PKEY: rsaEncryption, 2048 \(bit\); sigalg: RSA-SHA256\n/,
  )
  expect(stdout).toContain('Verify return code: 21 (unable to verify the first certificate)\n')
  expect(
    (await run('openssl s_client -connect 127.0.0.1:6443 -CAfile /etc/kubernetes/pki/ca.crt </dev/null 2>/dev/null'))
      .stdout,
  ).toContain('Verify return code: 0 (ok)\n')
  expect(
    (
      await run(
        'echo | openssl s_client -connect 192.168.1.2:2379 2>/dev/null | openssl x509 -noout -subject -ext subjectAltName',
      )
    ).stdout,
  ).toBe(
    'subject=CN = controlplane\nX509v3 Subject Alternative Name: \n    DNS:controlplane, DNS:localhost, IP Address:192.168.1.2, IP Address:127.0.0.1\n',
  )
})

test('s_client with nobody, or with somebody who speaks plainly', async () => {
  const run = begin()
  expect(await run('openssl s_client -connect 127.0.0.1:4444 </dev/null')).toMatchObject({
    stderr: expect.stringMatching(/BIO_connect:Connection refused:.*\nconnect:errno=111\n$/s),
    code: 1,
  })
  expect(await run('openssl s_client -connect 127.0.0.1:10248 </dev/null')).toMatchObject({
    stdout: expect.stringContaining('no peer certificate available'),
    stderr: expect.stringContaining('wrong version number'),
    code: 1,
  })
})
