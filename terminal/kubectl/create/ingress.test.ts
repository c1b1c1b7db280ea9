import { expect, it } from 'vitest'
import { createCluster } from '../../../emulator/index.ts'
import { createSession } from '../../session.ts'
import { virtualTime } from '../../time.ts'

const cluster = createCluster({ seed: 'ingress', startTime: Date.UTC(2026, 0, 5, 9) })
const session = createSession({ cluster, time: virtualTime(cluster), machine: 'controlplane', user: 'root' })
const create = (flags: string) =>
  session.run(`kubectl create ingress shop ${flags} --dry-run=client -o jsonpath='{.spec}'`)

it('gathers paths by host and hosts by secret', async () => {
  const flags = '--rule="a.io/=one:80,tls=cert" --rule="b.io/x*=two:http,tls=cert" --rule="a.io/y=three:81"'
  const path = (name: string, port: object, at: string, pathType: string) => ({
    backend: { service: { name, port } },
    path: at,
    pathType,
  })
  expect(JSON.parse((await create(flags)).stdout)).toEqual({
    rules: [
      {
        host: 'a.io',
        http: { paths: [path('one', { number: 80 }, '/', 'Exact'), path('three', { number: 81 }, '/y', 'Exact')] },
      },
      { host: 'b.io', http: { paths: [path('two', { name: 'http' }, '/x', 'Prefix')] } },
    ],
    tls: [{ hosts: ['a.io', 'b.io'], secretName: 'cert' }],
  })
})

it('takes a default backend alone, and says what is missing', async () => {
  expect(JSON.parse((await create('--default-backend=web:http --class=nginx')).stdout)).toEqual({
    defaultBackend: { service: { name: 'web', port: { name: 'http' } } },
    ingressClassName: 'nginx',
  })
  expect((await create('--default-backend=web')).stderr).toContain('default-backend should be in format')
  expect((await create('--rule=web')).stderr).toContain('rule web is invalid and should be in format host/path')
  expect((await create('--rule=/=a:1 --annotation=x')).stderr).toContain('annotation x is invalid')
  expect((await create('')).stderr).toContain('not enough information provided')
})
