import { expect, it } from 'vitest'
import { createCluster } from '../../../emulator/index.ts'
import { createSession } from '../../session.ts'
import { virtualTime } from '../../time.ts'

async function start(budget: string) {
  const cluster = createCluster({ seed: 'drain', startTime: Date.UTC(2026, 0, 5, 9) })
  const session = createSession({ cluster, time: virtualTime(cluster), machine: 'controlplane', user: 'root' })
  const run = (line: string) => session.run(line)
  await run('kubectl cordon node02; kubectl create deployment web --image=nginx --replicas=2; sleep 10')
  await run(`kubectl create pdb web --selector=app=web ${budget}; kubectl uncordon node02; sleep 5`)
  const { stdout } = await run('kubectl get pods -o name')
  return {
    run,
    names: stdout
      .trim()
      .split('\n')
      .map((name) => name.replace('pod/', '')),
  }
}

const held = (name: string | undefined) =>
  `error when evicting pods/"${name}" -n "default" (will retry after 5s): Cannot evict pod as it would violate the pod's disruption budget.`

it('asks again every five seconds until the budget can spare the next pod', async () => {
  const { run, names } = await start('--min-available=1')
  const { stdout, stderr, code } = await run('kubectl drain node01 --ignore-daemonsets')
  const [first, second] = names
  expect(stdout.split('\n')).toEqual([
    'node/node01 cordoned',
    `evicting pod default/${first}`,
    `evicting pod default/${second}`,
    `pod/${first} evicted`,
    `evicting pod default/${second}`,
    `pod/${second} evicted`,
    'node/node01 drained',
    '',
  ])
  expect(stderr.split('\n')).toContain(held(second))
  expect(code).toBe(0)
})

it('gives up in time, and says what is left', async () => {
  const { run, names } = await start('--min-available=100%')
  const { stderr, code } = await run('kubectl drain node01 --ignore-daemonsets --timeout=7s')
  const late = names.map((name) => `error when evicting pods/"${name}" -n "default": global timeout reached: 7s`)
  const all = `[${late.join(', ')}]`
  expect(stderr).toContain(
    `error: unable to drain node "node01" due to error: ${all}, continuing command...\nThere are pending nodes to be drained:\n node01\n${late.join('\n')}\n`,
  )
  expect(stderr.split('\n').filter((line) => line === held(names[0]))).toHaveLength(2)
  expect(code).toBe(1)
  const past = await run('kubectl drain node01 --ignore-daemonsets --disable-eviction')
  expect(past.code).toBe(0)
  expect(past.stdout).toContain(`pod/${names[0]} deleted\n`)
})

it('cordons all nodes first, says what stands in the way on each, and needs all of them', async () => {
  const { run } = await start('--min-available=1')
  await run('kubectl uncordon node01 node02; kubectl run bare --image=nginx; sleep 5')
  const { stdout, stderr, code } = await run('kubectl drain node01 node02')
  expect(stdout).toBe('node/node01 cordoned\nnode/node02 cordoned\n')
  expect(stderr).toContain('\nThere are pending nodes to be drained:\n node01\n node02\n')
  expect(stderr).toContain('cannot delete Pods that declare no controller (use --force to override): default/bare')
  expect(code).toBe(1)
  expect((await run('kubectl uncordon node01 nosuch')).stdout).toBe('')
  expect((await run('kubectl cordon -l no=such')).code).toBe(0)
  expect((await run('kubectl drain node01 -l a=b')).stderr).toContain(
    "error: cannot specify both a node name and a --selector option\nSee 'kubectl drain -h' for help and examples\n",
  )
  expect((await run("kubectl drain node01 --pod-selector='a in (b'")).stderr).toBe(
    'error: --pod-selector=<pod_selector> must be a valid label selector\n',
  )
})
