import { expect, it } from 'vitest'
import { inDeclaredOrder } from './json-order.ts'

it('puts the fields of a kubeconfig in the order of their types', () => {
  const config = {
    apiVersion: 'v1',
    clusters: [{ cluster: { 'certificate-authority': '/ca', server: 'https://x' }, name: 'c' }],
    contexts: [{ context: { cluster: 'c', namespace: 'n', user: 'u' }, name: 'a' }],
    'current-context': 'a',
    kind: 'Config',
    users: null,
  }
  expect(JSON.stringify(inDeclaredOrder(config))).toBe(
    '{"kind":"Config","apiVersion":"v1","clusters":[{"name":"c","cluster":{"server":"https://x","certificate-authority":"/ca"}}],"users":null,"contexts":[{"name":"a","context":{"cluster":"c","user":"u","namespace":"n"}}],"current-context":"a"}',
  )
})
