import { expect, it } from 'vitest'
import { Lab, NODE01 } from './testing/lab.ts'

const CONF = '/usr/local/apache2/conf/httpd.conf'

function withConf(text: string, files: { readonly [path: string]: string } = {}) {
  const lab = new Lab()
  const container = lab.pod({ name: 'web', image: 'httpd:2.4', files: { [CONF]: text, ...files } })
  lab.run(100)
  return { lab, container, log: container.logs.map((line) => line.text).join('\n') }
}

it('httpd listens and serves where its configuration says', () => {
  const { lab, log } = withConf('Listen 8080\nServerName x\nDocumentRoot "/srv/site"\n', {
    '/srv/site/a.txt': 'hello\n',
  })
  expect(lab.network.fetch(NODE01, 'http://10.244.1.2:8080/a.txt').response?.body).toBe('hello\n')
  expect(lab.network.fetch(NODE01, 'http://10.244.1.2:8080/').response?.body).toContain('<title>Index of /</title>')
  expect(log).not.toContain('AH00558')
})

it('httpd does not start by a configuration that it cannot read', () => {
  const { container, log } = withConf('Listen 80\nListne 81\n')
  expect(container.state).toMatchObject({ kind: 'exited', exitCode: 1 })
  expect(log).toBe(
    `AH00526: Syntax error on line 2 of ${CONF}:\nInvalid command 'Listne', perhaps misspelled or defined by a module not included in the server configuration`,
  )
})

it('Go programs without a handler end at once on TERM, Node and Python as PID 1 only by KILL', () => {
  const lab = new Lab()
  const ended = (name: string, image: string, args?: readonly string[]) => {
    const container = lab.pod({ name, image, ...(args && { args }) })
    lab.runtime.stop(container.id, 30_000)
    lab.run(1000)
    return container.state
  }
  expect(ended('go', 'registry.k8s.io/e2e-test-images/agnhost:2.53', ['netexec'])).toMatchObject({ exitCode: 2 })
  expect(ended('httpd', 'httpd')).toMatchObject({ exitCode: 0 })
  expect(ended('node', 'luksa/kubia')).toMatchObject({ kind: 'running' })
  expect(ended('python', 'kodekloud/webapp-color')).toMatchObject({ kind: 'running' })
})
