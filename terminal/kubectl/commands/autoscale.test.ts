import { expect, it } from 'vitest'
import { createCluster } from '../../../emulator/index.ts'
import { createSession } from '../../session.ts'
import { virtualTime } from '../../time.ts'

async function start() {
  const cluster = createCluster({ seed: 'autoscale', startTime: Date.UTC(2026, 0, 5, 9) })
  const session = createSession({ cluster, time: virtualTime(cluster), machine: 'controlplane', user: 'root' })
  await session.run('kubectl create deployment web --image=nginx')
  return (line: string) => session.run(`kubectl autoscale ${line}`)
}

it('makes an autoscaler with the targets given', async () => {
  const run = await start()
  const { stdout } = await run('deploy web --max=4 --cpu=500 --memory=60% --dry-run=client -o json')
  expect(JSON.parse(stdout)).toMatchObject({
    apiVersion: 'autoscaling/v2',
    metadata: { name: 'web' },
    spec: {
      maxReplicas: 4,
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target: { averageValue: '500m', type: 'AverageValue' } } },
        { type: 'Resource', resource: { name: 'memory', target: { averageUtilization: 60, type: 'Utilization' } } },
      ],
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    },
  })
  expect((await run('deploy/web --max=4 --name=mine')).stdout).toBe(
    'horizontalpodautoscaler.autoscaling/mine autoscaled\n',
  )
})

it('says what is wrong', async () => {
  const run = await start()
  const wrong = async (line: string) => (await run(line)).stderr
  expect(await wrong('deploy web --max=0')).toContain('--max=MAXPODS is required and must be at least 1, max: 0')
  expect(await wrong('deploy web --max=1 --min=2')).toContain('must be larger or equal to --min=MINPODS')
  expect(await wrong('deploy web --max=1 --cpu=x%')).toContain('invalid percentage value: x')
  expect(await wrong('deploy web --max=1 --cpu=much')).toContain('invalid resource cpu value: much')
  expect(await wrong('deploy web --max=1 --cpu=5% --cpu-percent=5')).toContain('are mutually exclusive')
  expect(await wrong('ds/kube-proxy --max=2 -n kube-system')).toContain('cannot autoscale a DaemonSet')
  await run('deploy web --max=1')
  expect(await wrong('deploy web --max=1 --cpu=50%')).toContain('"web" already exists')
  expect(await wrong('deploy web --max=1 --cpu=50m')).toContain('incompatible with autoscaling/v1: %!w(<nil>)')
})
