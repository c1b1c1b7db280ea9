import { expect, test } from 'vitest'
import { createCluster } from '../../../emulator/index.ts'
import { createSession } from '../../session.ts'
import { virtualTime } from '../../time.ts'

const URL = 'https://github.com/flannel-io/flannel/releases/latest/download/kube-flannel.yml'

/** A cluster on whose machines nothing of a CNI is left. */
function begin() {
  const cluster = createCluster({ seed: 'cni', startTime: Date.UTC(2026, 10, 21) })
  for (const { files, role } of cluster.machines) {
    if (role === 'laptop') continue
    for (const path of ['/etc/cni/net.d/10-flannel.conflist', '/opt/cni/bin/flannel', '/run/flannel/subnet.env'])
      files.remove(path)
  }
  cluster.settle(30)
  const session = createSession({ cluster, time: virtualTime(cluster), machine: 'controlplane', user: 'root' })
  return { cluster, run: (line: string) => session.run(line) }
}

test('applying flannel brings nodes without a CNI to life', async () => {
  const { cluster, run } = begin()
  expect((await run('kubectl get nodes --no-headers')).stdout.match(/NotReady/g)).toHaveLength(3)
  await run(`kubectl run web --image=nginx; kubectl apply -f ${URL}`)
  cluster.settle(120)
  expect((await run('kubectl get nodes --no-headers')).stdout).not.toContain('NotReady')
  expect((await run('kubectl get pods -n kube-flannel --no-headers')).stdout.match(/1\/1 +Running/g)).toHaveLength(3)
  expect((await run('ssh node01 cat /run/flannel/subnet.env')).stdout).toContain('FLANNEL_SUBNET=10.244.1.1/24\n')
  expect((await run('kubectl get pod web -o jsonpath={.status.phase}')).stdout).toBe('Running')
})

test('flannel for another network than the nodes were given ends with the reason', async () => {
  const { cluster, run } = begin()
  await run(`curl -sL ${URL} | sed s/10.244.0.0/10.99.0.0/ | kubectl apply -f -`)
  cluster.settle(60)
  expect((await run('kubectl logs -n kube-flannel ds/kube-flannel-ds 2>&1')).stdout).toContain(
    'subnet "10.99.0.0/16" specified in the flannel net config doesn\'t contain "10.244.',
  )
})
