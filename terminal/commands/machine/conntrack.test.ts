import { expect, test } from 'vitest'
import { createCluster } from '../../../emulator/index.ts'
import { createSession } from '../../session.ts'
import { virtualTime } from '../../time.ts'

function begin() {
  const cluster = createCluster({ seed: 'conntrack', startTime: Date.UTC(2026, 10, 21) })
  const session = createSession({ cluster, time: virtualTime(cluster), machine: 'controlplane', user: 'root' })
  return { cluster, run: (line: string) => session.run(line) }
}

test('a request to a cluster IP is remembered with the Pod that answered', async () => {
  const { run } = begin()
  await run('kubectl create deployment web --image=nginx; kubectl expose deployment web --port=80; sleep 10')
  const ip = (await run('kubectl get svc web -o jsonpath={.spec.clusterIP}')).stdout
  const pod = (await run("kubectl get pods -o jsonpath='{.items[0].status.podIP}'")).stdout
  await run(`curl -s http://${ip} -o /dev/null`)
  const { stdout, stderr } = await run(`conntrack -L -p tcp -d ${ip}`)
  expect(stdout).toMatch(
    new RegExp(
      `^tcp      6 1[12]\\d TIME_WAIT src=192\\.168\\.1\\.2 dst=${ip} sport=(\\d+) dport=80 src=${pod} dst=\\S+ sport=80 dport=\\1 \\[ASSURED\\] mark=0 use=1\\n$`,
    ),
  )
  expect(stderr).toBe('conntrack v1.4.8 (conntrack-tools): 1 flow entries have been shown.\n')
  const node = (await run("kubectl get pods -o jsonpath='{.items[0].spec.nodeName}'")).stdout
  expect((await run(`ssh ${node} conntrack -L -d ${pod} --dport 80`)).stdout).toContain(`dst=${pod} sport=`)
  expect((await run(`conntrack -D -d ${ip}`)).stderr).toContain('1 flow entries have been deleted.')
  expect((await run(`conntrack -L -d ${ip}`)).stdout).toBe('')
})

test('what is dropped stays unreplied, names are asked over UDP, and entries end', async () => {
  const { run, cluster } = begin()
  await run('kubectl run box --image=busybox -- sleep 999; sleep 10; kubectl exec box -- nslookup kubernetes.default')
  const node = (await run('kubectl get pod box -o jsonpath={.spec.nodeName}')).stdout
  expect((await run(`ssh ${node} conntrack -L -p udp -d 10.96.0.10`)).stdout).toMatch(
    /^udp {6}17 \d+ src=10\.244\.\d\.\d+ dst=10\.96\.0\.10 sport=\d+ dport=53 src=10\.244\.\d\.\d+ dst=10\.244\.\d\.\d+ sport=53 /,
  )
  await run('curl -s -m 1 http://203.0.113.9')
  expect((await run('conntrack -L -d 203.0.113.9')).stdout).toContain('SYN_SENT src=192.168.1.2 dst=203.0.113.9')
  cluster.run(130_000)
  expect((await run('conntrack -C -d 203.0.113.9')).stdout).toBe('0\n')
})
