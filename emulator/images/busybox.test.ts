import { describe, expect, it } from 'vitest'
import { Lab } from './testing/lab.ts'

/** What nslookup of a busybox image logs as a container's main process, and its exit code. */
function nslookup(tag: string, name: string) {
  const lab = new Lab()
  lab.clusterDns()
  lab.pod({ name: 'web-0', labels: { app: 'web' } })
  lab.service('web', { clusterIP: '10.96.3.1', selector: { app: 'web' }, ports: [{ port: 80 }] })
  lab.service('head', { clusterIP: 'None', selector: { app: 'web' }, ports: [{ port: 80 }] })
  const argv = ['nslookup', ...name.split(' ')]
  const container = lab.pod({ name: 'box', node: 'node02', image: `busybox:${tag}`, command: argv })
  lab.run(15_000)
  const code = container.state.kind === 'exited' ? container.state.exitCode : undefined
  return { log: container.logs.map((line) => line.text).join('\n'), code }
}

const SERVER = 'Server:    10.96.0.10\nAddress 1: 10.96.0.10 kube-dns.kube-system.svc.cluster.local\n\n'

describe('nslookup by the version of busybox', () => {
  it.each(['1.28', '1.28.4', '1.27-musl'])(
    '%s resolves as the library does, and the addresses back to names',
    (tag) => {
      const found = `${SERVER}Name:      web\nAddress 1: 10.96.3.1 web.default.svc.cluster.local`
      expect(nslookup(tag, 'web')).toEqual({ log: found, code: 0 })
    },
  )

  it('shows an address alone that has no name', () => {
    expect(nslookup('1.28', 'head').log).toBe(`${SERVER}Name:      head\nAddress 1: 10.244.1.3`)
  })

  it('asks the server that it is given', () => {
    expect(nslookup('1.28', 'web 10.96.0.10').log).toContain('Address 1: 10.96.3.1 web.default.svc.cluster.local')
    expect(nslookup('1.28', 'web 10.96.3.9').code).toBe(1)
  })

  it('fails with a sentence', () => {
    expect(nslookup('1.28', 'nosuch')).toEqual({ log: `${SERVER}nslookup: can't resolve 'nosuch'`, code: 1 })
  })

  it.each(['1.29', '1.36.1', 'latest'])('%s reports every domain of the search list', (tag) => {
    expect(nslookup(tag, 'web').code).toBe(1)
    expect(nslookup(tag, 'web').log).toContain("** server can't find web.svc.cluster.local: NXDOMAIN")
  })
})
