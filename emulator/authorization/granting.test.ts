import { expect, test } from 'vitest'
import { type ApiRequest, createCluster } from '../index.ts'

const RBAC = '/apis/rbac.authorization.k8s.io/v1'
const IN_DEFAULT = `${RBAC}/namespaces/default`

function lab() {
  const cluster = createCluster({ seed: 'granting', startTime: Date.UTC(2026, 10, 21) })
  const ask = (method: ApiRequest['method'], path: string, body?: object, as?: string) =>
    cluster.request({
      method,
      path,
      headers: { 'content-type': 'application/json', ...(as !== undefined && { 'impersonate-user': as }) },
      ...(body && { body: JSON.stringify(body) }),
    })
  const bind = (role: string, user: string, as?: string) =>
    ask(
      'POST',
      `${IN_DEFAULT}/rolebindings`,
      {
        metadata: { name: `${user}-${role}` },
        roleRef: { kind: 'ClusterRole', name: role },
        subjects: [{ kind: 'User', name: user }],
      },
      as,
    )
  const role = (rules: readonly object[], as: string) =>
    ask('POST', `${IN_DEFAULT}/roles`, { metadata: { name: 'made' }, rules }, as)
  return { cluster, ask, bind, role }
}

const rule = (resources: readonly string[], verbs: readonly string[]) => ({ apiGroups: [''], resources, verbs })
const refused = (what: string, ...rules: readonly string[]): string =>
  `${what} is forbidden: user "boss" (groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently held:\n${rules.join('\n')}`

test.each([
  [[rule(['pods'], ['get', 'list'])], undefined],
  [
    [rule(['pods', 'nodes'], ['get', 'list'])],
    refused('roles.rbac.authorization.k8s.io "made"', '{APIGroups:[""], Resources:["nodes"], Verbs:["get" "list"]}'),
  ],
  [
    [{ ...rule(['nodes'], ['get']), resourceNames: ['node01'] }],
    refused(
      'roles.rbac.authorization.k8s.io "made"',
      '{APIGroups:[""], Resources:["nodes"], ResourceNames:["node01"], Verbs:["get"]}',
    ),
  ],
])('an admin of a namespace grants %j', (rules, message) => {
  const { bind, role } = lab()
  bind('admin', 'boss')
  const answer = role(rules, 'boss')
  expect((answer.body as { message?: string }).message).toBe(message)
})

test.each([
  ['view', undefined],
  [
    'cluster-admin',
    refused(
      'rolebindings.rbac.authorization.k8s.io "joe-cluster-admin"',
      '{APIGroups:["*"], Resources:["*"], Verbs:["*"]}',
      '{NonResourceURLs:["*"], Verbs:["*"]}',
    ),
  ],
  ['nope', 'clusterroles.rbac.authorization.k8s.io "nope" not found'],
])('an admin of a namespace binds %s', (name, message) => {
  const { bind } = lab()
  bind('admin', 'boss')
  expect((bind(name, 'joe', 'boss').body as { message?: string }).message).toBe(message)
})

test('a role gathers the rules of those with its label, and lets them go again', () => {
  const { cluster, ask } = lab()
  const labels = { gathered: 'here' }
  const clusterRule = rule(['endpoints'], ['get'])
  ask('POST', `${RBAC}/clusterroles`, {
    metadata: { name: 'all' },
    aggregationRule: { clusterRoleSelectors: [{ matchLabels: labels }] },
  })
  ask('POST', `${RBAC}/clusterroles`, { metadata: { name: 'part', labels }, rules: [clusterRule] })
  cluster.settle(5)
  expect(ask('GET', `${RBAC}/clusterroles/all`).body).toMatchObject({ rules: [clusterRule] })
  ask('DELETE', `${RBAC}/clusterroles/part`)
  cluster.settle(5)
  expect(ask('GET', `${RBAC}/clusterroles/all`).body).toMatchObject({ rules: [] })
})

test('a Secret that asks for a token gets one, and goes with its account', () => {
  const { cluster, ask } = lab()
  const core = '/api/v1/namespaces/default'
  ask('POST', `${core}/serviceaccounts`, { metadata: { name: 'bot' } })
  ask('POST', `${core}/secrets`, {
    metadata: { name: 'key', annotations: { 'kubernetes.io/service-account.name': 'bot' } },
    type: 'kubernetes.io/service-account-token',
  })
  cluster.settle(5)
  const { data } = ask('GET', `${core}/secrets/key`).body as { data: Record<string, string> }
  expect(Object.keys(data).sort()).toEqual(['ca.crt', 'namespace', 'token'])
  const token = Buffer.from(data.token ?? '', 'base64').toString()
  const asked = cluster.request({
    method: 'GET',
    path: `${core}/pods`,
    headers: { authorization: `Bearer ${token}` },
  })
  expect((asked.body as { message: string }).message).toContain('User "system:serviceaccount:default:bot" cannot list')
  ask('DELETE', `${core}/serviceaccounts/bot`)
  cluster.settle(5)
  expect(ask('GET', `${core}/secrets/key`).status).toBe(404)
})
