import { beforeEach, expect, test } from 'vitest'
import { createCluster } from '../../../emulator/index.ts'
import { createSession } from '../../session.ts'
import { virtualTime } from '../../time.ts'

let session: ReturnType<typeof createSession>
const run = (line: string) => session.run(line)
const who = async (flags = '') =>
  (await run(`kubectl auth whoami ${flags} | grep Username`)).stdout.replace(/\s+/g, ' ')

beforeEach(() => {
  const cluster = createCluster({ seed: 'credentials', startTime: Date.UTC(2026, 0, 1) })
  session = createSession({ cluster, time: virtualTime(cluster), machine: 'controlplane', user: 'root' })
})

test('the kubeconfig of the machine holds the certificate of the administrator', async () => {
  expect(await who()).toBe('Username kubernetes-admin ')
})

test('a token of a user entry, of a flag and of a file', async () => {
  await run('kubectl create token default > /root/token')
  const account = 'Username system:serviceaccount:default:default '
  expect(await who('--token=$(cat /root/token)')).toBe(account)
  await run('kubectl config set-credentials bot --token=$(cat /root/token)')
  expect(await who('--user=bot')).toBe(account)
  await run('kubectl config set-credentials reader --token=x')
  await run("sed -i 's#token: x#tokenFile: /root/token#' /root/.kube/config")
  expect(await who('--user=reader')).toBe(account)
})

test('what is no token is refused', async () => {
  expect(await run('kubectl get pods --token=abc')).toEqual({
    stdout: '',
    stderr: 'error: You must be logged in to the server (Unauthorized)\n',
    code: 1,
  })
})

test('a user without credentials is nobody', async () => {
  await run('kubectl config set-credentials nobody')
  expect((await run('kubectl get pods --user=nobody')).stderr).toContain('User "system:anonymous" cannot')
})
