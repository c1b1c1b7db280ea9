/** Admission policies by their expressions: what they refuse, warn of and change. */
import { expect, test } from 'vitest'
import type { Status } from '../generated/types.ts'
import { testCluster } from '../testing/test-cluster.ts'

const GROUP = '/apis/admissionregistration.k8s.io/v1'
const POLICIES = `${GROUP}/validatingadmissionpolicies`
const BINDINGS = `${GROUP}/validatingadmissionpolicybindings`
const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments'

interface Answer extends Status {
  readonly spec?: object
}

const api = () => {
  const { cluster } = testCluster()
  return (path: string, body: object, method: 'POST' | 'PUT' | 'DELETE' = 'POST') => {
    const answer = cluster.request({
      method,
      path,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return { ...answer, json: answer.body as Answer }
  }
}

const rules = [
  { apiGroups: ['apps'], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['deployments'] },
]
const policy = (name: string, spec: object) => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicy',
  metadata: { name },
  spec: { matchConstraints: { resourceRules: rules }, ...spec },
})
const binding = (name: string, spec: object = {}) => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicyBinding',
  metadata: { name: `${name}-binding` },
  spec: { policyName: name, validationActions: ['Deny'], ...spec },
})
const deployment = (replicas: number, labels: Record<string, string> = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', labels },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'c', image: 'nginx', resources: { limits: { memory: '2Gi' } } }] },
    },
  },
})

const DENIED = "ValidatingAdmissionPolicy 'limit' with binding 'limit-binding' denied request: "

test.each<[string, object, object, string]>([
  [
    'its expression',
    { validations: [{ expression: 'object.spec.replicas <= 5' }] },
    {},
    `${DENIED}failed expression: object.spec.replicas <= 5`,
  ],
  [
    'its message expression and variables',
    {
      variables: [
        { name: 'wanted', expression: 'object.spec.replicas' },
        { name: 'doubled', expression: 'variables.wanted * 2' },
      ],
      validations: [
        {
          expression: 'variables.doubled < 10',
          message: 'no',
          messageExpression: "'twice is ' + string(variables.doubled)",
        },
      ],
    },
    {},
    `${DENIED}twice is 12`,
  ],
  [
    'an expression that fails',
    { validations: [{ expression: "object.metadata.labels.env == 'prod'" }] },
    {},
    `${DENIED}expression 'object.metadata.labels.env == 'prod'' resulted in error: no such key: labels`,
  ],
  [
    "Kubernetes' libraries",
    {
      validations: [
        {
          expression:
            "object.spec.template.spec.containers.all(c, quantity(c.resources.limits.memory).isLessThan(quantity('1Gi')))",
          message: 'too much memory',
        },
      ],
    },
    {},
    `${DENIED}too much memory`,
  ],
  [
    'what its request says',
    { validations: [{ expression: "request.operation != 'CREATE' || request.userInfo.username == 'nobody'" }] },
    {},
    `${DENIED}failed expression: request.operation != 'CREATE' || request.userInfo.username == 'nobody'`,
  ],
  [
    'missing parameters',
    {
      paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
      validations: [{ expression: 'object.spec.replicas <= int(params.data.max)' }],
    },
    { paramRef: { name: 'limits', namespace: 'default', parameterNotFoundAction: 'Deny' } },
    `${DENIED}failed to configure binding: no params found for policy binding with \`Deny\` parameterNotFoundAction`,
  ],
])('a Deployment is refused by %s', (_what, spec, bound, message) => {
  const post = api()
  expect(post(POLICIES, policy('limit', spec)).status).toBe(201)
  expect(post(BINDINGS, binding('limit', bound)).status).toBe(201)
  const { status, json } = post(DEPLOYMENTS, deployment(6))
  expect(status).toBe(422)
  expect(json.reason).toBe('Invalid')
  expect(json.message).toBe(`deployments.apps "web" is forbidden: ${message}`)
  expect(json.details?.causes).toEqual([{ message }])
})

test('a policy lets through what it agrees with, what its conditions leave out, and everything without a binding', () => {
  const post = api()
  const spec = {
    matchConditions: [
      { name: 'not-exempt', expression: "!has(object.metadata.labels) || !('exempt' in object.metadata.labels)" },
    ],
    validations: [{ expression: 'object.spec.replicas <= 5', reason: 'Forbidden' }],
  }
  post(POLICIES, policy('limit', spec))
  expect(post(DEPLOYMENTS, { ...deployment(6), metadata: { name: 'early' } }).status).toBe(201)
  post(BINDINGS, binding('limit'))
  expect(post(DEPLOYMENTS, deployment(6)).status).toBe(403)
  expect(
    post(DEPLOYMENTS, { ...deployment(6, { exempt: '' }), metadata: { name: 'a', labels: { exempt: '' } } }).status,
  ).toBe(201)
  expect(post(DEPLOYMENTS, deployment(5)).status).toBe(201)
})

test('a namespace selector and parameters narrow a binding, and Warn only warns', () => {
  const post = api()
  const spec = {
    paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
    validations: [{ expression: 'object.spec.replicas <= int(params.data.max)' }],
  }
  post('/api/v1/namespaces/default/configmaps', { metadata: { name: 'limits' }, data: { max: '3' } })
  post(POLICIES, policy('limit', spec))
  const bound = {
    validationActions: ['Warn'],
    paramRef: { name: 'limits', namespace: 'default', parameterNotFoundAction: 'Deny' },
    matchResources: { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'default' } } },
  }
  post(BINDINGS, binding('limit', bound))
  const { status, warnings } = post(DEPLOYMENTS, deployment(6))
  expect(status).toBe(201)
  expect(warnings).toEqual([
    "Validation failed for ValidatingAdmissionPolicy 'limit' with binding 'limit-binding': failed expression: object.spec.replicas <= int(params.data.max)",
  ])
  post('/api/v1/namespaces', { metadata: { name: 'other' } })
  const elsewhere = post('/apis/apps/v1/namespaces/other/deployments', deployment(6))
  expect(elsewhere.status).toBe(201)
  expect(elsewhere.warnings).toEqual([])
})

test.each<[object, readonly string[]]>([
  [
    { validations: [{ expression: 'object.spec.replicas <=' }] },
    [
      "spec.validations[0].expression: Invalid value: \"object.spec.replicas <=\": compilation failed: ERROR: <input>:1:24: Syntax error: mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}\n | object.spec.replicas <=\n | .......................^",
    ],
  ],
  [
    { validations: [{ expression: 'params.max > 1' }] },
    [
      "spec.validations[0].expression: Invalid value: \"params.max > 1\": compilation failed: ERROR: <input>:1:1: undeclared reference to 'params' (in container '')\n | params.max > 1\n | ^",
    ],
  ],
  [
    { validations: [{ expression: "'yes'" }] },
    ['spec.validations[0].expression: Invalid value: "\'yes\'": must evaluate to bool'],
  ],
  [
    { validations: [{ expression: 'variables.nothing' }] },
    [
      'spec.validations[0].expression: Invalid value: "variables.nothing": compilation failed: ERROR: <input>:1:10: undefined field \'nothing\'\n | variables.nothing\n | .........^',
    ],
  ],
  [
    { validations: [] },
    [
      'spec.validations: Required value: validations or auditAnnotations must contain at least one item',
      'spec.auditAnnotations: Required value: validations or auditAnnotations must contain at least one item',
    ],
  ],
])('a policy of %j is not stored', (spec, errors) => {
  const { status, json } = api()(POLICIES, policy('limit', spec))
  expect(status).toBe(422)
  expect(json.details?.causes?.map(({ field, message }) => `${field}: ${message}`)).toEqual(errors)
})

const mutation = (mutations: readonly object[]) => ({
  kind: 'MutatingAdmissionPolicy',
  metadata: { name: 'change' },
  spec: { reinvocationPolicy: 'Never', matchConstraints: { resourceRules: rules }, mutations },
})

test.each<[string, object]>([
  [
    'an applied configuration',
    {
      patchType: 'ApplyConfiguration',
      applyConfiguration: {
        expression:
          "Object{metadata: Object.metadata{labels: {'team': 'a'}}, spec: Object.spec{replicas: object.spec.replicas + 1}}",
      },
    },
  ],
  [
    'a JSON patch',
    {
      patchType: 'JSONPatch',
      jsonPatch: {
        expression:
          "[JSONPatch{op: 'add', path: '/metadata/labels', value: {'team': 'a'}}, JSONPatch{op: 'replace', path: '/spec/replicas', value: 3}]",
      },
    },
  ],
])('a Deployment is changed by %s', (_what, change) => {
  const post = api()
  expect(post(`${GROUP}/mutatingadmissionpolicies`, mutation([change])).status).toBe(201)
  const bound = post(`${GROUP}/mutatingadmissionpolicybindings`, {
    metadata: { name: 'b' },
    spec: { policyName: 'change' },
  })
  expect(bound.status).toBe(201)
  const { status, json } = post(DEPLOYMENTS, deployment(2))
  expect(status).toBe(201)
  expect(json.metadata).toMatchObject({ labels: { team: 'a' } })
  expect(json.spec).toMatchObject({ replicas: 3 })
})

test('the status of a policy tells which expressions cannot fit what it matches', () => {
  const test = testCluster()
  test.create(POLICIES, policy('limit', { validations: [{ expression: 'object.spec.replicaz <= 5' }] }))
  test.create(
    POLICIES,
    policy('fine', { validations: [{ expression: "object.spec.template.spec.containers.all(c, c.image != '')" }] }),
  )
  test.settle(1)
  expect(test.get<object>(`${POLICIES}/limit`)).toMatchObject({
    status: {
      observedGeneration: 1,
      typeChecking: {
        expressionWarnings: [
          {
            fieldRef: 'spec.validations[0].expression',
            warning:
              "apps/v1, Kind=Deployment: ERROR: <input>:1:12: undefined field 'replicaz'\n | object.spec.replicaz <= 5\n | ...........^\n",
          },
        ],
      },
    },
  })
  expect(test.get<object>(`${POLICIES}/fine`)).toMatchObject({ status: { observedGeneration: 1, typeChecking: {} } })
})
